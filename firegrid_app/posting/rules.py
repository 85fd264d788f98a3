"""What is shown of a person in public, which papers there are, and when one on a wall is old."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from firegrid_app.maps.rules import rings_of

FIELDS = ("name", "phone", "photo", "duties")
"""Of a contact, each decided by itself (privacy E.4)."""
BASES = ("duty", "consent")
"""A statutory duty with the document's number, or the person's own consent with its date."""
NEEDS_CONSENT = frozenset({"photo"})
"""Off until the person agrees: a duty alone does not put a face on a wall (E.4, F.4)."""

OF_LEVELS: dict[str, tuple[int, ...]] = {
    "board": (2, 3),
    "notice": (2, 3),
    "cards": (2, 3),
    "sign": (3,),
    "pack": (2,),
    "layout": (2, 3),
}
"""Grid board, building notice, contact cards, warning sign, workroom pack (A.1.5), equipment layout
(ZZ-34), with the levels of the grids that have such a paper."""
WITH_MAP = frozenset({"board", "pack", "layout"})
"""Papers that draw the grid: another outline makes them old too (YC-59, YC-61)."""
ABOUT_A_METRE = 5
"""Decimals of a degree an outline is compared by: a wall shows nothing finer."""
LANGUAGES: dict[str, tuple[str, ...]] = {
    "zh": ("zh_CN",),
    "zh+en": ("zh_CN", "en"),
    "zh+ko": ("zh_CN", "ko"),
}
"""In which languages a paper may be wanted; those the catalogue lacks are not offered."""
BADGE_LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Decided:
    """The latest decision about one field of a contact."""

    field: str
    shown: bool
    ends_on: date | None


def shown_fields(
    flags: Mapping[str, bool], decisions: Iterable[Decided], today: date
) -> frozenset[str]:
    """Fields shown on `today`: by their latest decision, without one by the contact's own flags.

    `decisions` come in the order they were made.
    """
    shown = {field for field in FIELDS if flags.get(field, False)}
    for one in decisions:
        if one.shown and (one.ends_on is None or today <= one.ends_on):
            shown.add(one.field)
        else:
            shown.discard(one.field)
    return frozenset(shown)


def fingerprint(facts: Iterable[Iterable[str]]) -> str:
    """16 hex digits of what stands on a paper about people: other facts, another edition."""
    text = "\x1e".join("\x1f".join(line) for line in facts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def outline_print(drawn: Iterable[tuple[str, dict[str, Any] | None]]) -> str:
    """16 hex digits of a map of named outlines, the grid's own first: one moved by a metre or more,
    another name or another number of grids inside is another map."""
    lines = (
        (
            name,
            *(
                f"{round(lon, ABOUT_A_METRE)} {round(lat, ABOUT_A_METRE)}"
                for ring in rings_of(outline)
                # Nothing is drawn there: it keeps one ring apart from the next.
                for lon, lat, *_ in (*ring, (0, 0))
            ),
        )
        for name, outline in drawn
    )
    return fingerprint(lines)


def keeps_words(houses: Iterable[tuple[str, str]]) -> str:
    """What somebody keeps, as it stands beside the name: `1栋、3栋 2单元`; empty for all of it."""
    return "、".join(" ".join(filter(None, house)) for house in houses)


_DANGERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kitchen", ("餐饮", "饭店", "农家乐", "食堂", "烧烤", "酒楼")),
    ("beds", ("旅馆", "宾馆", "民宿", "酒店", "公寓", "养老", "医院", "诊所", "月子")),
    ("song", ("歌舞", "娱乐", "网吧", "酒吧", "影", "棋牌", "美容", "洗浴", "足浴")),
    ("children", ("学校", "幼儿园", "培训", "托管")),
    ("workshop", ("生产", "加工", "作坊", "厂", "维修", "仓")),
    ("shop", ("商店", "超市", "门店", "市场", "商铺", "便利")),
)


def danger_of(category: str) -> str:
    """Which danger the warning sign of such premises names (ZZ-29); `any` for other kinds."""
    for danger, words in _DANGERS:
        if any(word in category for word in words):
            return danger
    return "any"
