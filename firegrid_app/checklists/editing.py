"""Use cases of who keeps a street's checklists: add, reword, leave out, order, begin anew."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.checklists.cards import ChecklistView, FaultLine, ItemLine, VersionLine
from firegrid_app.checklists.rules import (
    MOST_ITEMS,
    OWN,
    SHIPPED,
    Item,
    Items,
    moved,
    place_of,
    reworded,
    switched,
)
from firegrid_app.checklists.service import (
    STREET,
    item_of,
    kept_of,
    newest,
    words_by_code,
)
from firegrid_app.checklists.shipped import checklists
from firegrid_app.checklists.tables import ChecklistVersion
from firegrid_app.grids.service import grid_by_code, grids_in_scope, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.kinds import CATEGORIES
from firegrid_app.patrols.tables import Arrival
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

LATELY = timedelta(days=90)
MOST_FAULTS = 30
MOST_ARRIVALS = 300
MOST_VERSIONS = 20
_CODES = tuple(category.code for category in CATEGORIES)

Change = Callable[[Items], Items]


def checklist_view(
    session: Session, actor: Actor, code: str, checklist: str, now: datetime
) -> ChecklistView:
    """One list of a street (the first in reach when `code` is empty), and what it found lately.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `checklists.street_only`,
    `checklists.unknown`.
    """
    picks = grids_in_scope(session, actor, Action.SET_DUTIES, level=STREET)
    if not picks:
        raise Refused("access.not_allowed")
    street = _street(session, actor, code or picks[0].code)
    chosen = checklist or SHIPPED[0]
    version, items = _current(session, street, chosen)
    lists = checklists()
    return ChecklistView(
        code=street.code,
        name=street.name,
        picks=[(one.code, one.name) for one in picks],
        lists=[(one, " / ".join(lists[one].name.values())) for one in SHIPPED],
        chosen=chosen,
        source=lists[chosen].source,
        number=version.number if version else 0,
        lines=[
            ItemLine(
                code=item.code,
                zh_CN=item.zh_CN,
                en=item.en,
                ko=item.ko,
                category=item.category,
                source=item.source,
                on=item.on,
                own=item.code.startswith(OWN),
            )
            for item in items
        ],
        versions=_versions(session, street, chosen),
        faults=_faults(session, street, chosen, now),
        categories=list(_CODES),
    )


def word_item(
    session: Session,
    actor: Actor,
    *,
    street: str,
    checklist: str,
    code: str,
    zh_CN: str,
    en: str,
    category: str,
    source: str,
    now: datetime,
    ko: str = "",
) -> ChecklistVersion | None:
    """Put an item into other words, or add one at the end where `code` is empty.

    Other words are another item in its place: what was found under the old ones keeps them.
    Refuses `checklists.bad_words`, `checklists.bad_category`, `checklists.too_many`,
    `checklists.unknown_item`, and what `checklist_view` refuses.
    """
    chinese, english = _words(zh_CN), _words(en or zh_CN)
    korean = _words(ko) if ko.strip() else ""
    if category not in _CODES:
        raise Refused("checklists.bad_category")
    new = Item(
        code=f"{OWN}{uuid4().hex[:10]}",
        zh_CN=chinese,
        en=english,
        ko=korean,
        category=category,
        source=" ".join(source.split())[:40],
    )

    def change(items: Items) -> Items:
        if not code:
            if len(items) >= MOST_ITEMS:
                raise Refused("checklists.too_many", limit=MOST_ITEMS)
            return (*items, new)
        place = _place(items, code)
        old = items[place]
        same = (old.zh_CN, old.en, old.ko, old.category, old.source)
        if same == (new.zh_CN, new.en, new.ko, new.category, new.source):
            return items
        at = Item(**{**kept_of(new), "at": old.at, "on": old.on})
        return reworded(items, place, at)

    return _change(session, actor, street, checklist, change, now)


def switch_item(
    session: Session, actor: Actor, street: str, checklist: str, code: str, now: datetime
) -> ChecklistVersion | None:
    """Leave an item out, or take it in again. The last one in stays: `checklists.nothing_left`.

    Refuses `checklists.unknown_item` and what `checklist_view` refuses.
    """

    def change(items: Items) -> Items:
        found = switched(items, _place(items, code))
        if not any(item.on for item in found):
            raise Refused("checklists.nothing_left")
        return found

    return _change(session, actor, street, checklist, change, now)


def move_item(
    session: Session, actor: Actor, street: str, checklist: str, code: str, up: bool, now: datetime
) -> ChecklistVersion | None:
    """Let an item come one earlier or later. Refuses what `switch_item` refuses."""
    return _change(
        session,
        actor,
        street,
        checklist,
        lambda items: moved(items, _place(items, code), up),
        now,
    )


def as_shipped(
    session: Session, actor: Actor, street: str, checklist: str, now: datetime
) -> ChecklistVersion | None:
    """The list as it ships once more, as a new version. Refuses what `checklist_view` refuses."""
    return _change(session, actor, street, checklist, lambda _: checklists()[checklist].items, now)


def _street(session: Session, actor: Actor, code: str) -> Grid:
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if grid.level != STREET:
        raise Refused("checklists.street_only")
    return grid


def _current(
    session: Session, street: Grid, checklist: str
) -> tuple[ChecklistVersion | None, Items]:
    if checklist not in SHIPPED:
        raise Refused("checklists.unknown")
    version = newest(session, {street.id or 0}).get((street.id or 0, checklist))
    if version is None:
        return None, checklists()[checklist].items
    return version, tuple(item_of(kept) for kept in version.items)


def _change(
    session: Session, actor: Actor, street: str, checklist: str, change: Change, now: datetime
) -> ChecklistVersion | None:
    """The next version, or None where nothing would change."""
    grid = _street(session, actor, street)
    # Two officers at once: the second one's change is made to what the first one left.
    session.exec(select(Grid.id).where(Grid.id == grid.id).with_for_update()).all()
    version, items = _current(session, grid, checklist)
    found = change(items)
    if found == items:
        return None
    made = ChecklistVersion(
        grid_id=grid.id or 0,
        checklist=checklist,
        number=version.number + 1 if version else 1,
        items=[kept_of(item) for item in found],
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(made)
    audit(session, actor.person_id, "set_checklist", f"{grid.code} {checklist} {made.number}", now)
    session.flush()
    return made


def _place(items: Items, code: str) -> int:
    place = place_of(items, code)
    if place is None:
        raise Refused("checklists.unknown_item")
    return place


def _words(words: str) -> str:
    words = " ".join(words.split())
    if not 2 <= len(words) <= 120 or not words.isprintable():
        raise Refused("checklists.bad_words")
    return words


def _versions(session: Session, street: Grid, checklist: str) -> list[VersionLine]:
    rows = session.exec(
        select(ChecklistVersion.number, Person.name, ChecklistVersion.made_at)
        .join(Person, col(Person.id) == col(ChecklistVersion.made_by_id))
        .where(ChecklistVersion.grid_id == street.id, ChecklistVersion.checklist == checklist)
        .order_by(col(ChecklistVersion.number).desc())
        .limit(MOST_VERSIONS)
    )
    zone = settings().zone
    return [
        VersionLine(number, name, f"{at.astimezone(zone):%Y-%m-%d %H:%M}")
        for number, name, at in rows
    ]


def _faults(session: Session, street: Grid, checklist: str, now: datetime) -> list[FaultLine]:
    grids = {grid.id: grid.name for grid in subtree(session, street)}
    rows = session.exec(
        select(Arrival, CheckPoint.name)
        .outerjoin(CheckPoint, col(CheckPoint.id) == col(Arrival.check_point_id))
        .where(
            col(Arrival.grid_id).in_(ids_below(street)),
            Arrival.checklist == checklist,
            col(Arrival.all_fine).is_(False),
            Arrival.happened_at >= now - LATELY,
        )
        .order_by(col(Arrival.happened_at).desc(), col(Arrival.id))
        .limit(MOST_ARRIVALS)
    )
    words, zone = words_by_code(session, street.id or 0, checklist), settings().zone
    found: list[FaultLine] = []
    for arrival, point_name in rows:
        for fault in (arrival.findings or {}).get("faults", ()):
            item = words.get(fault["item"])
            found.append(
                FaultLine(
                    id=f"{arrival.id} {fault['item']}",
                    at=f"{arrival.happened_at.astimezone(zone):%m-%d %H:%M}",
                    grid_name=grids[arrival.grid_id],
                    point_name=point_name or arrival.where_words,
                    words=item.zh_CN if item else fault["item"],
                )
            )
    return found[:MOST_FAULTS]
