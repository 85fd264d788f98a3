"""Use cases of shouts: log one; count them per grid and day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.alerts.service import require_here
from firegrid_app.alerts.tables import Alert
from firegrid_app.clock import day_bounds
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.service import note_record
from firegrid_app.places.tables import Place
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.along import Along, along_of
from firegrid_app.shouts.cards import ShoutCard
from firegrid_app.shouts.counts import shouts_between
from firegrid_app.shouts.rules import ALERT, CODES, MEANS
from firegrid_app.shouts.scripts import is_script_of, titles_of
from firegrid_app.shouts.tables import Shout


def log(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    grid_code: str,
    patrol_id: UUID | None,
    script: str = "",
    alert_id: int | None = None,
    alert_edition: int = 0,
    means: str,
    people_reached: int,
    where_words: str,
    seconds: int = 0,
    place_id: int | None = None,
    leaflets: int = 0,
    cards: int = 0,
    now: datetime,
) -> Shout:
    """Log a shout of a script, or of a warning: then it is the receipt that it was passed on.

    Refuses `shouts.unknown_script`, `shouts.unknown_means`, `alerts.unknown`, `alerts.not_here`,
    `places.unknown` for premises of another grid.
    """
    grid = grid_by_code(session, actor, grid_code, Action.RECORD)
    if alert_id is not None:
        require_here(session, alert_id, grid)
        script = ALERT
    elif script not in CODES and not is_script_of(session, script, grid):
        raise Refused("shouts.unknown_script")
    if means not in MEANS:
        raise Refused("shouts.unknown_means")
    if place_id is not None:
        place = session.get(Place, place_id)
        if place is None or place.grid_id != grid.id:
            raise Refused("places.unknown")
    shout = Shout(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,  # type: ignore[arg-type]
        person_id=actor.person_id,
        patrol_id=patrol_id,
        script=script,
        means=means,
        people_reached=people_reached,
        where_words=where_words,
        seconds=seconds,
        alert_id=alert_id,
        alert_edition=0 if alert_id is None else alert_edition,
        place_id=place_id,
        leaflets=leaflets,
        cards=cards,
    )
    session.add(shout)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return shout


def shouts_by_grid(session: Session, grid_ids: list[int], day: date) -> dict[int, int]:
    """Shouts logged in each of these grids on a day; grids without are missing."""
    return shouts_between(session, grid_ids, *day_bounds(day, settings().zone))


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
    ).all()
    return cards_of(session, [(shout, name, grid.name) for shout, name in rows])


def cards_of(session: Session, rows: Sequence[tuple[Shout, str, str]]) -> list[ShoutCard]:
    """Shouts with the names of who called out and of the grid, in their order. The caller has
    checked the grids."""
    titles = titles_of(session, {shout.script for shout, *_ in rows})
    warned = {shout.alert_id for shout, *_ in rows} - {None}
    named = select(Alert.id, Alert.title).where(col(Alert.id).in_(warned))
    warnings = dict(session.exec(named).all())
    along = along_of(session, [shout.id for shout, *_ in rows])
    return [
        ShoutCard(
            script=shout.script,
            means=shout.means,
            people_reached=shout.people_reached,
            seconds=shout.seconds,
            where_words=shout.where_words,
            person_name=name,
            at=shout.happened_at.isoformat(),
            title=titles.get(shout.script) or warnings.get(shout.alert_id, ""),
            grid_name=grid_name,
            photos=along.get(shout.id, Along()).photos,
            sounds=along.get(shout.id, Along()).sounds,
        )
        for shout, name, grid_name in rows
    ]
