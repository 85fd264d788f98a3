"""Which checklist opens where: the one rule, and what a list is made of."""

from dataclasses import dataclass, replace

BUILDING = frozenset({"stairwell", "roof", "basement", "meter_room", "lift_lobby"})
"""Kinds of check point inside a residential building; each sees its own items of one list."""

_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("elder_care", ("养老", "敬老", "福利院", "护理院", "日间照料")),
    ("construction", ("工地", "施工", "在建")),
    ("farm_house", ("农户", "农房", "农村住宅")),
    ("nine_small", ("农家乐", "小")),
    ("crowded_place", ("商场", "市场", "医院", "学校", "影院", "体育馆", "展览", "车站", "寺")),
    ("street_shop", ("门店", "门市", "商铺", "商店", "店面", "便利店", "超市", "药店")),
)
"""Words in a register's category, asked in this order; registers have no common list."""

_SHOPS = ("小商店", "小门店", "小卖部", "小超市", "小便利店")
"""Nine-small by the word, street shops by what they are (C5-C)."""

SHIPPED = (
    "residence",
    "ebike_shed",
    "lane",
    "nine_small",
    "street_shop",
    "crowded_place",
    "farm_house",
    "construction",
    "elder_care",
)


@dataclass(frozen=True)
class Item:
    """One thing to look at, said as it should be; `category` is the hazard when it is not so."""

    code: str
    zh_CN: str
    en: str
    category: str
    source: str
    at: tuple[str, ...] = ()
    """Kinds of check point where it can be seen; empty for all."""
    ko: str = ""
    """Empty where a street worded it without; phones say it in Chinese then."""
    on: bool = True
    """A street may leave one out without losing it."""


@dataclass(frozen=True)
class Checklist:
    """The list of one kind of place, with where it comes from."""

    code: str
    name: dict[str, str]
    source: str
    items: tuple[Item, ...]


def seen_at(item: Item, kind: str) -> bool:
    """Is this item looked at at such a check point? (`seenAt` in `phone/patrols/checks.js`)"""
    return not item.at or kind in item.at or kind == "other"


def checklist_for(kind: str, category: str = "") -> str:
    """The list for a kind of check point; for premises, by the words of their category.

    Premises of no known category get the list of nine-small places (九小场所), the commonest.
    """
    if kind in BUILDING:
        return "residence"
    if kind in ("ebike_shed", "lane"):
        return kind
    if kind == "other":
        return "residence"
    if category.startswith(_SHOPS):
        return "street_shop"
    for code, words in _WORDS:
        if any(word in category for word in words):
            return code
    return "nine_small"


MOST_ITEMS = 60
"""As many as one arrival can speak of (`sync/kinds/patrols.py`)."""
OWN = "own_"
"""Codes of items a street worded itself begin so."""

Items = tuple[Item, ...]


def place_of(items: Items, code: str) -> int | None:
    """Where in the list an item stands."""
    return next((place for place, item in enumerate(items) if item.code == code), None)


def reworded(items: Items, place: int, new: Item) -> Items:
    """The list with another item in one's place: other words are another code, so that what was
    found under the old ones keeps them."""
    return (*items[:place], new, *items[place + 1 :])


def switched(items: Items, place: int) -> Items:
    """The list with one item left out, or taken in again."""
    return reworded(items, place, replace(items[place], on=not items[place].on))


def moved(items: Items, place: int, up: bool) -> Items:
    """The list with one item a place earlier or later; the ends stay where they are."""
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return items
    found = list(items)
    found[place], found[other] = found[other], found[place]
    return tuple(found)
