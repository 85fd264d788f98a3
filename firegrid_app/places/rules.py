"""Premises: their risk colour and next check, what comes of a call, the nine small kinds.

The three inputs of the colour and its four shapes are ours (C.13); the months of a check follow the
colour, as where the practice comes from. Nothing here counts or compares people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from firegrid_app.hazards.rules.deadlines import is_overdue
from firegrid_app.hazards.rules.kinds import Severity


class Colour(StrEnum):
    """How a place stands (C.13). Shown as word and shape too: `places.colour.<colour>`."""

    RED = "red"
    """A hazard that is major or may be, or a general one past its day."""
    YELLOW = "yellow"
    """Any hazard open, or the check is overdue."""
    GREEN = "green"
    GREY = "grey"
    """Never checked."""


class Standing(StrEnum):
    """How closely a place is supervised (LY-71, LY-73)."""

    ORDINARY = ""
    KEY_UNIT = "key_unit"
    HIGH_RISK = "high_risk"


class Outcome(StrEnum):
    """What came of a call at a place; its name is the text `places.outcome.<outcome>`."""

    CHECKED = "checked"
    LOCKED = "locked"
    REFUSED = "refused"
    VACANT = "vacant"
    CLOSED = "closed"
    MOVED = "moved"


NOT_REACHED = frozenset({Outcome.LOCKED, Outcome.REFUSED})
"""The place comes back in the list: somebody has to call again."""
GONE = frozenset({Outcome.VACANT, Outcome.CLOSED, Outcome.MOVED})
"""Nothing is left to be checked there, until somebody finds it open again (ZZ-30)."""

EVERY: dict[Colour, timedelta] = {
    Colour.RED: timedelta(days=7),
    Colour.YELLOW: timedelta(days=15),
    Colour.GREEN: timedelta(days=30),
}
"""How soon a place is checked again: the month is of the plan (LY-52), shorter terms are ours."""
CLOSELY = timedelta(days=15)
"""The longest term of key units and high-risk units (LY-74: stricter); the figure is ours."""
CALL_AGAIN = timedelta(days=2)
"""After a locked door or a refusal; ours."""


@dataclass(frozen=True)
class OpenHazard:
    """A hazard of the place that is not closed: its grade, where it stands, its last day."""

    severity: str
    status: str
    due_on: date


def hazard_colour(hazards: Iterable[OpenHazard], today: date) -> Colour:
    """The colour by hazards alone: red, yellow or green."""
    found = Colour.GREEN
    for one in hazards:
        late = is_overdue(one.status, one.due_on, today) and one.severity != Severity.MINOR
        if one.severity in (Severity.SUSPECTED_MAJOR, Severity.MAJOR) or late:
            return Colour.RED
        found = Colour.YELLOW
    return found


def next_check(checked_on: date | None, by_hazards: Colour, standing: str) -> date | None:
    """The day by which the place is to be checked again; None: never checked, so at once."""
    if checked_on is None:
        return None
    term = EVERY[by_hazards]
    return checked_on + (min(term, CLOSELY) if standing else term)


def colour(
    hazards: Iterable[OpenHazard], checked_on: date | None, standing: str, today: date
) -> Colour:
    """How a place stands today. `checked_on` is the day of its last check, None: there was none.

    A hazard speaks before the calendar: a place with one is never grey.
    """
    by_hazards = hazard_colour(hazards, today)
    if by_hazards is not Colour.GREEN:
        return by_hazards
    due_on = next_check(checked_on, by_hazards, standing)
    if due_on is None:
        return Colour.GREY
    return Colour.YELLOW if due_on < today else Colour.GREEN


@dataclass(frozen=True)
class Stand:
    """A place today: its colour, by when it is to be checked, whether it is on today's list."""

    colour: Colour
    due_on: date | None
    """None: at once, or nothing is left to be checked (`gone`)."""
    due: bool
    gone: bool


def stand(
    hazards: Iterable[OpenHazard],
    checked_on: date | None,
    called_on: date | None,
    outcome: str,
    standing: str,
    today: date,
) -> Stand:
    """All that follows from the records: `outcome` is that of the last call, on `called_on`."""
    found = list(hazards)
    shade = colour(found, checked_on, standing, today)
    if outcome in GONE:
        return Stand(shade, None, due=False, gone=True)
    due_on = next_check(checked_on, hazard_colour(found, today), standing)
    if outcome in NOT_REACHED and called_on is not None:
        again = called_on + CALL_AGAIN
        due_on = again if due_on is None else min(due_on, again)
        # Whoever stood before a locked door today has been there; tomorrow it is on the list.
        return Stand(shade, due_on, due=called_on < today, gone=False)
    return Stand(shade, due_on, due=due_on is None or due_on <= today, gone=False)


class Paper(StrEnum):
    """What lies in a place's file; its name is the text `places.paper.<paper>`."""

    LETTER = "letter"
    """The responsibility letter (责任书, HZ-06)."""
    PERSONS = "persons"
    """Who answers for fire safety, filed (LY-72)."""
    MAINTENANCE = "maintenance"
    """Upkeep of the fire facilities, filed (LY-72)."""
    ABILITIES = "abilities"
    """The place's own assessment of its four abilities (四个能力, LY-40)."""
    ASSESSMENT = "assessment"
    """By a qualified agency, for high-risk units (LY-75)."""
    TRAINING = "training"
    """Its own people trained: on entry, at intervals, on a new post (YB-98), as the note says."""
    CARD = "card"
    """The grid's contact card was handed over (服务联系卡, YC-69)."""


PARTIES = ("investor", "owner", "tenancy", "operator", "builder", "organiser")
"""The six that sign responsibility letters (HZ-06)."""
ABILITIES = ("remove_hazards", "fight_fire", "evacuate", "teach")
"""The four abilities in the plan's order (LY-40)."""
MET = "ypn"
"""Of each: yes, partly, no. It is the place that is assessed, nobody in it."""
GOOD_FOR = timedelta(days=365)
"""Where a paper names no end of its own; ours."""
LONGEST_PAPER = timedelta(days=5 * 366)
EXPIRES_SOON = timedelta(days=30)
LONGEST_FOCUS = timedelta(days=2 * 366)


class PaperStanding(StrEnum):
    """How a paper stands; `none` where there is no such paper at all."""

    GOOD = "good"
    SOON = "soon"
    EXPIRED = "expired"
    NONE = "none"


def paper_standing(expires_on: date | None, today: date) -> PaperStanding:
    """Its last day counts as good."""
    if expires_on is None:
        return PaperStanding.NONE
    if expires_on < today:
        return PaperStanding.EXPIRED
    return PaperStanding.SOON if expires_on <= today + EXPIRES_SOON else PaperStanding.GOOD


def needs_card(given_on: date | None, today: date) -> bool:
    """Every business has the card of who answers for its grid (YC-69); after a year it gets
    another, for people change. The year is ours."""
    return given_on is None or given_on + GOOD_FOR < today


class Focus(StrEnum):
    """How an entry of the list of places to be watched stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    TURNED_DOWN = "turned_down"
    LIFTED = "lifted"
    OVER = "over"


def focus_standing(agreed: bool | None, lifted: bool, ends_on: date, today: date) -> Focus:
    """Its last day is still in force; one nobody decided in time is over too."""
    if lifted:
        return Focus.LIFTED
    if agreed is False:
        return Focus.TURNED_DOWN
    if ends_on < today:
        return Focus.OVER
    return Focus.IN_FORCE if agreed else Focus.PROPOSED


class SmallKind(StrEnum):
    """The nine kinds of small places (九小场所, C.5.1); the text is `places.kind.<kind>`."""

    SHOP = "shop"
    FOOD = "food"
    HOTEL = "hotel"
    ENTERTAINMENT = "entertainment"
    LEISURE = "leisure"
    CLINIC = "clinic"
    SCHOOL = "school"
    WORKSHOP = "workshop"
    FLAMMABLES = "flammables"


OTHER_KIND = "other"
KINDS = (*SmallKind, OTHER_KIND)

_WORDS: tuple[tuple[SmallKind, tuple[str, ...]], ...] = (
    (SmallKind.FLAMMABLES, ("易燃", "易爆", "加油", "加气", "液化气", "烟花", "油漆")),
    (SmallKind.SCHOOL, ("学校", "幼儿园", "教学", "培训", "托育", "托管", "补习")),
    (SmallKind.CLINIC, ("诊所", "医院", "医疗", "卫生", "养老", "敬老", "福利院", "护理")),
    (SmallKind.ENTERTAINMENT, ("歌舞", "娱乐", "影院", "影视", "棋牌", "KTV", "ktv", "游艺")),
    (
        SmallKind.LEISURE,
        ("网吧", "美容", "洗浴", "足浴", "桑拿", "健身", "休闲", "茶", "咖啡", "酒吧", "美发"),
    ),
    (SmallKind.HOTEL, ("旅馆", "宾馆", "酒店", "民宿", "招待所", "农家乐", "客栈")),
    (SmallKind.FOOD, ("餐", "饭", "食堂", "小吃", "火锅", "烧烤")),
    (SmallKind.WORKSHOP, ("生产", "加工", "作坊", "工厂", "厂房", "仓", "维修")),
    (SmallKind.SHOP, ("商", "店", "超市", "市场", "门市", "小卖部")),
)
"""Words in a register's category, asked in this order; registers have no common list."""


def kind_of(category: str) -> str:
    """Which of the nine kinds a register's category is, or `other`."""
    for kind, words in _WORDS:
        if any(word in category for word in words):
            return kind
    return OTHER_KIND


LONGEST_TITLE = 30
LONGEST_LETTER = 2_000
"""Signs: what an owner reads on a phone before signing."""
MOST_LINES = 40


@dataclass(frozen=True)
class Wording:
    """A letter in one language."""

    title: str
    lines: tuple[str, ...]


def wording_wrong(said: Mapping[str, Wording], needed: str) -> dict[str, int] | None:
    """What fills the gaps of the refusal of a letter that lacks the `needed` language, or title or
    text in one, or is too long; None for one that can be signed."""
    whole = needed in said and all(
        2 <= len(one.title) <= LONGEST_TITLE
        and 10 <= sum(map(len, one.lines)) <= LONGEST_LETTER
        and len(one.lines) <= MOST_LINES
        for one in said.values()
    )
    longest = max((sum(map(len, one.lines)) for one in said.values()), default=0)
    return (
        None
        if whole
        else {"title": LONGEST_TITLE, "most": LONGEST_LETTER, "lines": MOST_LINES, "count": longest}
    )
