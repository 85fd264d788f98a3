"""The five entries (五进, YC-23): which community, school, enterprise, village, family was reached
when, counted from the shout log, the courses and the knocks. Nothing of it is typed twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.desk.service import desk_grids
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.cards import EntriesAsk, EntriesView, EntryRow, EntryTally
from firegrid_app.shouts.rules import Entry, entry_of_grid, entry_of_place, period_of
from firegrid_app.shouts.tables import Shout
from firegrid_app.texts import say
from firegrid_app.training.tables import Course
from firegrid_app.visits.rules import REACHED
from firegrid_app.visits.tables import Household, Visit

COMMUNITY = 2
PAGE = 50
COLUMNS = (
    "entry",
    "name",
    "grid",
    "last_on",
    "times",
    "people",
    "leaflets",
    "cards",
    "doors",
    "met",
)
"""Of the file to keep."""


@dataclass
class Target:
    """What is to be reached: a community, village, school, enterprise, the families of a grid."""

    entry: Entry
    name: str
    grid_name: str
    grid_id: int
    """Where it lies; of a community or village, itself."""
    doors: int = 0
    """Of families: how many there are."""
    met: int = 0
    """Of families: at how many doors somebody opened."""
    times: int = 0
    people: int = 0
    leaflets: int = 0
    cards: int = 0
    days: list[date] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Was anybody there in this period?"""
        return self.times > 0


def entries_view(session: Session, actor: Actor, ask: EntriesAsk, now: datetime) -> EntriesView:
    """The five entries of a grid and below, from `ask.first` to `ask.last`, both counted.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `shouts.bad_period`.
    """
    picks = desk_grids(session, actor)
    top = grid_by_code(session, actor, ask.code or picks[0].code, Action.SEE_GRID)
    first, last = asked_period(ask.first, ask.last, now)
    targets = reached_targets(session, subtree(session, top), ids_below(top), first, last)
    entry = Entry(ask.entry) if ask.entry in tuple(Entry) else Entry.COMMUNITY
    chosen = _of(entry, targets)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(ask.page, 1), pages)
    return EntriesView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in picks),
        first=first.isoformat(),
        last=last.isoformat(),
        entry=entry,
        tallies=tallies_of(targets),
        rows=tuple(_row(one) for one in chosen[(page - 1) * PAGE : page * PAGE]),
        page=page,
        pages=pages,
        may_word=bool(actor.scopes(Action.SET_DUTIES)),
    )


def entries_list(
    session: Session, actor: Actor, ask: EntriesAsk, now: datetime, language: str
) -> tuple[str, list[str], list[list[str | int]]]:
    """Name, headings and rows of all five to keep as a file, in the order of the page.

    Refuses what `entries_view` refuses.
    """
    top = grid_by_code(session, actor, ask.code, Action.SEE_GRID)
    first, last = asked_period(ask.first, ask.last, now)
    targets = reached_targets(session, subtree(session, top), ids_below(top), first, last)
    rows: list[list[str | int]] = [
        [say(f"entries.entry.{entry}", language), *_cells(_row(one))]
        for entry in Entry
        for one in _of(entry, targets)
    ]
    name = say("entries.file", language, name=top.name, first=first, last=last)
    return name, [say(f"entries.column.{one}", language) for one in COLUMNS], rows


def asked_period(first: str, last: str, now: datetime) -> tuple[date, date]:
    """The days asked for, both counted. Refuses `shouts.bad_period`."""
    period = period_of(first, last, local_day(now, settings().zone))
    if period is None:
        raise Refused("shouts.bad_period")
    return period


def _of(entry: Entry, targets: list[Target]) -> list[Target]:
    """Those of one of the five; those nobody came to, what the table is for, first."""
    chosen = [one for one in targets if one.entry is entry]
    return sorted(chosen, key=lambda one: (one.reached, max(one.days, default=date.min), one.name))


def _cells(row: EntryRow) -> list[str | int]:
    numbers = (row.times, row.people, row.leaflets, row.cards, row.doors, row.met)
    return [row.name, row.grid_name, row.last_on, *numbers]


def reached_targets(
    session: Session, grids: Iterable[Grid], grid_ids: GridIds, first: date, last: date
) -> list[Target]:
    """Every target of these grids with what the records say of it. The caller has checked them."""
    found = {grid.id or 0: grid for grid in grids if grid.level >= COMMUNITY}
    over = {grid_id: _community(grid, found) for grid_id, grid in found.items()}
    names = {grid_id: grid.name for grid_id, grid in found.items()}
    communities = {
        grid_id: Target(entry_of_grid(found[grid_id].kind), names[grid_id], "", grid_id)
        for grid_id in sorted(set(over.values()))
    }
    places = {
        place_id: Target(entry_of_place(category), name, names[grid_id], grid_id)
        for place_id, name, category, grid_id in session.exec(
            select(Place.id, Place.name, Place.category, Place.grid_id)
            .where(col(Place.grid_id).in_(grid_ids))
            .order_by(Place.code)
        )
    }
    _count_shouts(session, grid_ids, over, communities, places, first, last)
    for course in session.exec(
        select(Course).where(
            col(Course.grid_id).in_(grid_ids),
            Course.held_on >= first,
            Course.held_on <= last,
            col(Course.noted_at).is_not(None),
        )
    ):
        target = communities[over[course.grid_id]]
        target.times += 1
        target.days.append(course.held_on)
    families = _families(session, names, grid_ids, first, last)
    return [*communities.values(), *places.values(), *families]


def _community(grid: Grid, found: dict[int, Grid]) -> int:
    """The community or village a grid counts for; a small grid looked at alone is its own."""
    parent = grid.parent_id or 0
    return parent if grid.level > COMMUNITY and parent in found else grid.id or 0


def _count_shouts(
    session: Session,
    grid_ids: GridIds,
    over: dict[int, int],
    communities: dict[int, Target],
    places: dict[int | None, Target],
    first: date,
    last: date,
) -> None:
    """Each shout counts once: for the premises it names, else for the community it was heard in."""
    zone = settings().zone
    rows = session.exec(
        select(Shout).where(
            col(Shout.grid_id).in_(grid_ids),
            Shout.happened_at >= day_bounds(first, zone)[0],
            Shout.happened_at < day_bounds(last, zone)[1],
        )
    )
    for shout in rows:
        target = places.get(shout.place_id) or communities[over[shout.grid_id]]
        target.times += 1
        target.people += shout.people_reached
        target.leaflets += shout.leaflets
        target.cards += shout.cards
        target.days.append(local_day(shout.happened_at, zone))


def _families(
    session: Session, names: dict[int, str], grid_ids: GridIds, first: date, last: date
) -> list[Target]:
    zone = settings().zone
    doors = session.exec(
        select(Household.grid_id, func.count())
        .where(col(Household.grid_id).in_(grid_ids), col(Household.ended_at).is_(None))
        .group_by(col(Household.grid_id))
    )
    found = {
        grid_id: Target(Entry.FAMILY, names[grid_id], "", grid_id, doors=count)
        for grid_id, count in doors
    }
    rows = session.exec(
        select(
            Household.grid_id,
            func.count(func.distinct(Visit.household_id)),
            func.count(),
            func.max(Visit.happened_at),
        )
        .join(Household, col(Household.id) == Visit.household_id)
        .where(
            col(Household.grid_id).in_(grid_ids),
            col(Household.ended_at).is_(None),
            Visit.outcome == REACHED,
            Visit.happened_at >= day_bounds(first, zone)[0],
            Visit.happened_at < day_bounds(last, zone)[1],
        )
        .group_by(col(Household.grid_id))
    )
    for grid_id, met, times, latest in rows:
        target = found[grid_id]
        found[grid_id] = replace(target, met=met, times=times, days=[local_day(latest, zone)])
    return list(found.values())


def tallies_of(targets: list[Target]) -> tuple[EntryTally, ...]:
    """The five in their order: how many there are, how many were reached, with what."""
    return tuple(
        _tally(one, [target for target in targets if target.entry is one]) for one in Entry
    )


def _tally(entry: Entry, targets: list[Target]) -> EntryTally:
    """Of families doors are counted, of all others the targets themselves."""
    family = entry is Entry.FAMILY
    return EntryTally(
        entry=entry,
        of=sum(one.doors for one in targets) if family else len(targets),
        reached=sum(one.met if family else one.reached for one in targets),
        times=sum(one.times for one in targets),
        people=sum(one.people for one in targets),
        leaflets=sum(one.leaflets for one in targets),
        cards=sum(one.cards for one in targets),
    )


def _row(one: Target) -> EntryRow:
    return EntryRow(
        name=one.name,
        grid_name=one.grid_name,
        times=one.times,
        last_on=max(one.days).isoformat() if one.days else "",
        people=one.people,
        leaflets=one.leaflets,
        cards=one.cards,
        doors=one.doors,
        met=one.met,
    )
