"""Use cases of shouts: log one; count them per grid and day."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.service import note_record
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.cards import ShoutCard
from firegrid_app.shouts.rules import CODES, MEANS
from firegrid_app.shouts.tables import Shout


def log(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    grid_code: str,
    patrol_id: UUID | None,
    script: str,
    means: str,
    people_reached: int,
    where_words: str,
    now: datetime,
) -> Shout:
    """Log a shout. Refuses `shouts.unknown_script` and `shouts.unknown_means`."""
    grid = grid_by_code(session, actor, grid_code, Action.RECORD)
    if script not in CODES:
        raise Refused("shouts.unknown_script")
    if means not in MEANS:
        raise Refused("shouts.unknown_means")
    shout = Shout(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,  # type: ignore[arg-type]
        person_id=actor.person_id,
        patrol_id=patrol_id,
        script=script,
        means=means,
        people_reached=people_reached,
        where_words=where_words,
    )
    session.add(shout)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return shout


def shouts_by_grid(session: Session, grid_ids: list[int], day: date) -> dict[int, int]:
    """Shouts logged in each of these grids on a day; grids without are missing."""
    start_at, end_at = day_bounds(day, settings().zone)
    rows = session.exec(
        select(Shout.grid_id, func.count())
        .where(
            col(Shout.grid_id).in_(grid_ids),
            Shout.happened_at >= start_at,
            Shout.happened_at < end_at,
        )
        .group_by(col(Shout.grid_id))
    )
    return dict(rows.all())


def shouts_of_day(session: Session, grid: Grid, day: date, *, limit: int = 50) -> list[ShoutCard]:
    """The shouts of a day in one grid, the latest first. The caller has checked the grid."""
    start_at, end_at = day_bounds(day, settings().zone)
    rows = session.exec(
        select(Shout, Person.name)
        .join(Person, col(Person.id) == Shout.person_id)
        .where(
            Shout.grid_id == grid.id,
            Shout.happened_at >= start_at,
            Shout.happened_at < end_at,
        )
        .order_by(col(Shout.happened_at).desc(), col(Shout.id))
        .limit(limit)
    )
    return [
        ShoutCard(
            script=shout.script,
            means=shout.means,
            people_reached=shout.people_reached,
            where_words=shout.where_words,
            person_name=name,
            at=shout.happened_at.isoformat(),
        )
        for shout, name in rows
    ]
