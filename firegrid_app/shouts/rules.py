"""Scripts to call out and the means of calling them; texts stand in the catalogues."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from firegrid_app.places.rules import SmallKind, kind_of

MEANS = (
    "own_voice",
    "phone_speaker",
    "loudhailer",
    "village_loudspeaker",
    "face_to_face",
    "door_to_door",
    "group_chat",
)
"""How a shout was made (YC-46: shout, chat, door)."""
HEARD_BELOW = frozenset({"village_loudspeaker", "group_chat"})
"""Means that reach all grids below the one they are used for; a voice is heard where it is."""
ALERT = "alert"
"""The script of a shout that called out a warning: its words are the warning's own."""

MOST_PEOPLE = 100_000


class Entry(StrEnum):
    """The five entries (五进, YC-23); the text is `entries.entry.<entry>`."""

    COMMUNITY = "community"
    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    VILLAGE = "village"
    FAMILY = "family"


USUAL_DAYS = 90
"""The table begins so long ago unless another period is asked for; a season, ours."""
LONGEST_DAYS = 3 * 366


def entry_of_grid(kind: str) -> Entry:
    """A village is entered as one, every other grid as a community."""
    return Entry.VILLAGE if kind == "village" else Entry.COMMUNITY


def entry_of_place(category: str) -> Entry:
    """Schools and nurseries are schools, all other premises enterprises."""
    return Entry.SCHOOL if kind_of(category) == SmallKind.SCHOOL else Entry.ENTERPRISE


def period_of(first: str, last: str, today: date) -> tuple[date, date] | None:
    """The days asked for, both counted; empty ones are filled in. None: they are no period."""
    try:
        until = date.fromisoformat(last) if last else today
        since = date.fromisoformat(first) if first else until - timedelta(days=USUAL_DAYS)
    except (ValueError, OverflowError):
        return None
    fits = since <= until <= today and (until - since).days <= LONGEST_DAYS
    return (since, until) if fits else None


@dataclass(frozen=True)
class Script:
    """A script by code. Its words are the text `shouts.script.<code>`; `basis` names its source."""

    code: str
    basis: str
    months: tuple[int, ...] = ()
    """Months in which it comes first; empty means all year."""


SCRIPTS = (
    Script("three_clear_three_off", "YB-94"),
    Script("ebike", "YB-64"),
    Script("exits", "消防法 28"),
    Script("gas_power", "YB-94", (11, 12, 1, 2)),
    Script("winter_heating", "LY-51", (11, 12, 1, 2, 3)),
    Script("fireworks", "LY-57", (1, 2)),
    Script("qingming", "LY-51", (3, 4)),
    Script("harvest", "LY-51", (9, 10, 11)),
    Script("nine_small", "ZZ-05"),
    Script("report_119", "消防法 44"),
)

CODES = frozenset(script.code for script in SCRIPTS)

LONGEST_DIALECT = 20
"""Signs of the name of a way of speaking, on a script or a recording."""
OWN = "own_"
"""Codes of scripts a street worded itself begin so; the row's id follows."""
SPOKEN = ("zh_CN", "ko", "en")
"""Languages a script can be in; a dialect is Chinese with a label of its own."""
AUDIENCES = ("all", "elderly", "children", "shops", "drivers", "villagers", "tenants")
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def own_code(script_id: int | None) -> str:
    """What records name it by."""
    return f"{OWN}{script_id}"


def own_id(code: str) -> int | None:
    """The row a code names, if it is one of a street's own."""
    number = code.removeprefix(OWN)
    fits = number != code and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if fits else None


def is_day(text: str) -> bool:
    """A day of any year: `11-15`."""
    return _DAY.fullmatch(text) is not None


def in_window(first: str, last: str, today: date) -> bool:
    """Is it the season of a script? Both ends count; 11-15 to 02-20 goes over the new year."""
    if not first:
        return True
    day = f"{today:%m-%d}"
    return first <= day <= last if first <= last else day >= first or day <= last


def season_of(first: str, last: str, today: date) -> str:
    """`now`, `other`, or `all_year` for a script without days of its own."""
    if not first:
        return "all_year"
    return "now" if in_window(first, last, today) else "other"


def in_season(month: int) -> tuple[Script, ...]:
    """All scripts, those of this month first; the order is otherwise kept."""
    return tuple(sorted(SCRIPTS, key=lambda script: month not in script.months))
