"""Use cases of field work: start, arrive, end; minutes of a day per person and per grid."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds
from firegrid_app.grids.service import grid_by_code, grid_by_id, grid_codes
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.cards import CheckPointCard, WalkCard
from firegrid_app.patrols.rules import Walk, field_minutes
from firegrid_app.patrols.tables import Arrival, CheckPoint, Patrol
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def start(session: Session, actor: Actor, stamp: Stamp, *, grid_code: str, now: datetime) -> Patrol:
    """Begin a patrol in a grid. Starting while another is open is fine: overlaps count once."""
    grid = grid_by_code(session, actor, grid_code, Action.RECORD)
    patrol = Patrol(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,  # type: ignore[arg-type]
        person_id=actor.person_id,
        patrol_id=stamp.id,
        last_record_at=stamp.happened_at,
    )
    session.add(patrol)
    return patrol


def own_patrol(session: Session, actor: Actor, patrol_id: UUID) -> Patrol:
    """The one door to a patrol: only the person who walks it.

    Refuses `patrols.unknown` and `patrols.not_yours`.
    """
    patrol = session.get(Patrol, patrol_id)
    if patrol is None:
        raise Refused("patrols.unknown")
    if patrol.person_id != actor.person_id:
        raise Refused("patrols.not_yours")
    return patrol


def note_record(
    session: Session, actor: Actor, patrol_id: UUID | None, happened_at: datetime
) -> None:
    """Something was recorded during this patrol: its open end moves up to that moment.

    A record naming a patrol that never arrived or is somebody else's keeps its name and moves
    nothing: a record is never refused for the patrol it was made in.
    """
    if patrol_id is None:
        return
    patrol = session.get(Patrol, patrol_id)
    if patrol is not None and patrol.person_id == actor.person_id:
        patrol.last_record_at = max(patrol.last_record_at, happened_at)


def arrive(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    patrol_id: UUID,
    check_point_id: int,
    all_fine: bool,
    note: str,
    now: datetime,
) -> Arrival:
    """Arrive at a check point of the grid being walked.

    Refuses `patrols.unknown_check_point`, `patrols.other_grid`, and what `own_patrol` refuses.
    """
    patrol = own_patrol(session, actor, patrol_id)
    point = session.get(CheckPoint, check_point_id)
    if point is None:
        raise Refused("patrols.unknown_check_point")
    if point.grid_id != patrol.grid_id:
        raise Refused("patrols.other_grid", name=point.name)
    grid_by_id(session, actor, point.grid_id, Action.RECORD)
    arrival = Arrival(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=point.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        check_point_id=check_point_id,
        all_fine=all_fine,
        note=note,
    )
    session.add(arrival)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return arrival


def end(
    session: Session, actor: Actor, stamp: Stamp, *, patrol_id: UUID, note: str, now: datetime
) -> Patrol:
    """End one's own patrol at the stamp's moment.

    Refuses `patrols.end_before_start` and `patrols.already_ended`.
    """
    patrol = own_patrol(session, actor, patrol_id)
    if stamp.happened_at < patrol.happened_at:
        raise Refused("patrols.end_before_start")
    if patrol.ended_at is not None:
        raise Refused("patrols.already_ended")
    patrol.ended_at = stamp.happened_at
    patrol.last_record_at = max(patrol.last_record_at, stamp.happened_at)
    patrol.note = note
    return patrol


def _walk(patrol: Patrol) -> Walk:
    return Walk(patrol.happened_at, patrol.ended_at, patrol.last_record_at)


def _patrols_of_day(day: date) -> tuple[datetime, datetime, tuple[object, ...]]:
    start_at, end_at = day_bounds(day, settings().zone)
    touched = (Patrol.happened_at < end_at, Patrol.last_record_at >= start_at)
    return start_at, end_at, touched


def walks_of_day(session: Session, actor: Actor, day: date) -> tuple[list[WalkCard], int]:
    """One's own patrols of a day, and the minutes they make."""
    start_at, end_at, touched = _patrols_of_day(day)
    patrols = list(
        session.exec(
            select(Patrol)
            .where(Patrol.person_id == actor.person_id, *touched)  # type: ignore[arg-type]
            .order_by(col(Patrol.happened_at))
        )
    )
    codes = grid_codes(session, {patrol.grid_id for patrol in patrols})
    cards = [
        WalkCard(
            id=str(patrol.id),
            grid=codes[patrol.grid_id],
            started_at=patrol.happened_at.isoformat(),
            ended_at=patrol.ended_at.isoformat() if patrol.ended_at else None,
            last_record_at=patrol.last_record_at.isoformat(),
        )
        for patrol in patrols
    ]
    return cards, field_minutes(map(_walk, patrols), start_at, end_at)


def minutes_by_grid(session: Session, grid_ids: list[int], day: date) -> dict[int, int]:
    """Minutes of field work in each of these grids on a day, everybody's together.

    Two people walking one grid at the same time count as the time the grid was walked, once.
    """
    start_at, end_at, touched = _patrols_of_day(day)
    walks: dict[int, list[Walk]] = defaultdict(list)
    for patrol in session.exec(
        select(Patrol).where(col(Patrol.grid_id).in_(grid_ids), *touched)  # type: ignore[arg-type]
    ):
        walks[patrol.grid_id].append(_walk(patrol))
    return {grid_id: field_minutes(found, start_at, end_at) for grid_id, found in walks.items()}


def last_patrols(session: Session, grid_ids: list[int]) -> dict[int, datetime]:
    """When each grid was last walked; grids never walked are missing."""
    rows = session.exec(
        select(Patrol.grid_id, func.max(Patrol.last_record_at))
        .where(col(Patrol.grid_id).in_(grid_ids))
        .group_by(col(Patrol.grid_id))
    )
    return {grid_id: moment for grid_id, moment in rows if moment is not None}


def check_points_of(session: Session, grids: list[Grid]) -> list[CheckPointCard]:
    """Check points of these grids, by grid and code. The caller has checked the grids."""
    codes = {grid.id: grid.code for grid in grids}
    rows = session.exec(
        select(CheckPoint)
        .where(col(CheckPoint.grid_id).in_(codes))
        .order_by(col(CheckPoint.grid_id), col(CheckPoint.code))
    )
    return [
        CheckPointCard(id=row.id or 0, grid=codes[row.grid_id], name=row.name, kind=row.kind)
        for row in rows
    ]
