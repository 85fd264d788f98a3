"""Neighbours who look after somebody: paired, parted, and the list for an evacuation (YB-70)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit, require
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.households.cards import DoorCard, EvacuationList, EvacuationRow, NeighbourLine
from firegrid_app.households.one_door import door_card, own_door
from firegrid_app.households.tables import NeighbourPair
from firegrid_app.places.filing import clean_phone, line_in
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household

MOST_NEIGHBOURS = 3
"""Of one household: more is nobody's business in the end."""
MOST_ROWS = 2_000
LIST_HOLDS = timedelta(days=30)
"""A printed list is destroyed after that, and printed anew (privacy E.3; the days are ours)."""


def door_with_neighbours(session: Session, actor: Actor, door_id: int, now: datetime) -> DoorCard:
    """One door with who looks after it, for who may see care marks.

    Refuses `visits.unknown_door` and `access.outside_grid`.
    """
    card = door_card(session, actor, door_id, now)
    if not card.care_mark:
        return card
    door, _ = own_door(session, actor, door_id)
    others = session.exec(
        select(Household)
        .where(Household.grid_id == door.grid_id, col(Household.ended_at).is_(None))
        .where(Household.id != door.id)
        .order_by(col(Household.building), col(Household.id))
    )
    return replace(
        card,
        neighbours=pairs_of(session, [door_id]).get(door_id, []),
        doors=[_name(one) for one in others],
    )


def pair(
    session: Session,
    actor: Actor,
    door_id: int,
    *,
    door: str,
    name: str,
    phone: str,
    note: str,
    agreed_on: date | None,
    now: datetime,
) -> NeighbourPair:
    """Pair a household that carries a care mark with a neighbour, who agreed to it.

    The neighbour is a door of the grid by its name (`3栋 1单元 302`), or somebody by name. Refuses
    `households.not_in_care`, `households.no_neighbour`, `households.same_door`,
    `households.paired_already`, `households.too_many_neighbours`, `households.no_consent_day`,
    `places.bad_phone`, `places.too_long`, `visits.unknown_door`, and what the door refuses.
    """
    looked_after, grid = own_door(session, actor, door_id)
    require(actor, Action.SEE_CARE, grid)
    if not looked_after.care_mark:
        raise Refused("households.not_in_care")
    wanted, name = " ".join(door.split()), line_in(name, 20)
    if not wanted and not name:
        raise Refused("households.no_neighbour")
    helper = _door_named(session, grid, wanted) if wanted else None
    if helper == door_id:
        raise Refused("households.same_door")
    standing = session.exec(_standing([door_id])).all()
    if any((one.helper_id, one.name) == (helper, name) for one in standing):
        raise Refused("households.paired_already")
    if len(standing) >= MOST_NEIGHBOURS:
        raise Refused("households.too_many_neighbours", most=MOST_NEIGHBOURS)
    if agreed_on is None or agreed_on > local_day(now, settings().zone):
        raise Refused("households.no_consent_day")
    made = NeighbourPair(
        household_id=door_id,
        helper_id=helper,
        name=name,
        phone=clean_phone(phone),
        note=line_in(note, 80),
        agreed_on=agreed_on,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(made)
    audit(session, actor.person_id, "pair_neighbours", f"grid:{grid.code} door:{door_id}", now)
    session.flush()
    return made


def part(session: Session, actor: Actor, pair_id: int, now: datetime) -> NeighbourPair:
    """The neighbour looks after them no more; nothing is kept of who it was.

    Refuses `households.unknown_pair`, also the second time, and what the door refuses.
    """
    row = session.get(NeighbourPair, pair_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        raise Refused("households.unknown_pair")
    _, grid = own_door(session, actor, row.household_id)
    require(actor, Action.SEE_CARE, grid)
    row.name = row.phone = row.note = ""
    row.ended_at = now
    subject = f"grid:{grid.code} door:{row.household_id}"
    audit(session, actor.person_id, "part_neighbours", subject, now)
    session.flush()
    return row


def evacuation_list(
    session: Session, actor: Actor, code: str, why: str, now: datetime
) -> EvacuationList:
    """Every household with a care mark below a grid and who gets it out: for paper, and logged.

    A list by name leaves only for an evacuation plan, with its reason and its last day (privacy
    E.3). Refuses `households.no_reason`, `places.too_long` and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.SEE_CARE)
    require(actor, Action.KEEP_DOORS, grid)
    why = line_in(why, 40)
    if len(why) < 2:
        raise Refused("households.no_reason")
    names = {one.id: one.name for one in subtree(session, grid)}
    doors = session.exec(
        select(Household)
        .where(
            col(Household.grid_id).in_(ids_below(grid)),
            Household.care_mark != "",
            col(Household.ended_at).is_(None),
        )
        .order_by(
            col(Household.grid_id), col(Household.building), col(Household.unit),
            col(Household.floor).desc(), col(Household.id),
        )
        .limit(MOST_ROWS)
    ).all()  # fmt: skip
    pairs = pairs_of(session, [one.id or 0 for one in doors])
    audit(session, actor.person_id, "print_evacuation", f"grid:{grid.code} {why}", now)
    today = local_day(now, settings().zone)
    return EvacuationList(
        name=grid.name,
        why=why,
        printed_by=actor.name,
        day=today.isoformat(),
        until=(today + LIST_HOLDS).isoformat(),
        rows=[
            EvacuationRow(names[one.grid_id], _name(one), one.care_mark, pairs.get(one.id or 0, []))
            for one in doors
        ],
        alone=sum((one.id or 0) not in pairs for one in doors),
    )


def pairs_of(session: Session, doors: Collection[int]) -> dict[int, list[NeighbourLine]]:
    """Who looks after each of these doors, those that have somebody. The caller has checked that
    the care marks there may be seen, and notes the look."""
    rows = session.exec(_standing(doors)).all()
    helpers = {
        one.id: _name(one)
        for one in session.exec(
            select(Household).where(col(Household.id).in_({row.helper_id for row in rows} - {None}))
        )
    }
    found: dict[int, list[NeighbourLine]] = defaultdict(list)
    for row in rows:
        door = helpers.get(row.helper_id, "")
        line = NeighbourLine(row.id or 0, door, row.name, row.phone, row.note)
        found[row.household_id].append(line)
    return dict(found)


def _standing(doors: Collection[int]):  # type: ignore[no-untyped-def]
    return (
        select(NeighbourPair)
        .where(col(NeighbourPair.household_id).in_(doors), col(NeighbourPair.ended_at).is_(None))
        .order_by(col(NeighbourPair.id))
    )


def _door_named(session: Session, grid: Grid, wanted: str) -> int:
    doors = session.exec(
        select(Household).where(Household.grid_id == grid.id, col(Household.ended_at).is_(None))
    )
    for one in doors:
        if _name(one) == wanted:
            return one.id or 0
    raise Refused("visits.unknown_door")


def _name(door: Household) -> str:
    return " ".join(filter(None, (door.building, door.unit, door.room)))
