"""Use cases of unannounced checks: what a superior found, beside what the record says (HZ-58)."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import require
from firegrid_app.access.tables import Person
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.patrols.tables import Patrol
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.supervision.cards import SpotCheckLine, WalkPick
from firegrid_app.supervision.tables import SpotCheck

MOST = 20
COMPARED_FOR = timedelta(days=7)


def walks_to_compare(session: Session, actor: Actor, code: str, now: datetime) -> list[WalkPick]:
    """Walks of the last week in one grid, the latest first.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.SUPERVISE)
    rows = session.exec(
        select(Patrol, Person.name)
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .where(Patrol.grid_id == grid.id, Patrol.happened_at >= now - COMPARED_FOR)
        .order_by(col(Patrol.happened_at).desc())
        .limit(MOST)
    )
    zone = settings().zone
    return [WalkPick(str(walk.id), _label(walk, name, zone)) for walk, name in rows]


def check(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    patrol: str,
    agrees: bool,
    found: str,
    now: datetime,
) -> SpotCheck:
    """Write down an unannounced check. It changes no record and counts for nothing.

    Refuses `grids.unknown`, `access.outside_grid`, `patrols.unknown`, `supervision.no_words`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.SUPERVISE)
    walk = _walk_in(session, grid, patrol) if patrol else None
    if not agrees and not found.strip():
        raise Refused("supervision.no_words")
    made = SpotCheck(
        grid_id=grid.id or 0,
        person_id=actor.person_id,
        made_at=now,
        patrol_id=walk.id if walk else None,
        agrees=agrees,
        found=found.strip()[:1000],
    )
    session.add(made)
    session.flush()
    return made


def _walk_in(session: Session, grid: Grid, patrol: str) -> Patrol:
    try:
        walk = session.get(Patrol, UUID(patrol))
    except ValueError:
        walk = None
    if walk is None or walk.grid_id != grid.id:
        raise Refused("patrols.unknown")
    return walk


def last_checks(session: Session, actor: Actor, top: Grid) -> list[SpotCheckLine]:
    """The latest checks in a grid and below it. Refuses `access.outside_grid`."""
    require(actor, Action.SUPERVISE, top)
    grids = {grid.id: grid.name for grid in subtree(session, top)}
    rows = session.exec(
        select(SpotCheck, Person.name)
        .join(Person, col(Person.id) == col(SpotCheck.person_id))
        .where(col(SpotCheck.grid_id).in_(ids_below(top)))
        .order_by(col(SpotCheck.made_at).desc(), col(SpotCheck.id).desc())
        .limit(MOST)
    ).all()
    walks = _labels(session, {one.patrol_id for one, _ in rows if one.patrol_id})
    zone = settings().zone
    return [
        SpotCheckLine(
            id=one.id or 0,
            grid_name=grids[one.grid_id],
            person_name=name,
            at=f"{one.made_at.astimezone(zone):%m-%d %H:%M}",
            walk=walks.get(one.patrol_id, ""),
            agrees=one.agrees,
            found=one.found,
        )
        for one, name in rows
    ]


def _labels(session: Session, ids: set[UUID]) -> dict[UUID | None, str]:
    rows = session.exec(
        select(Patrol, Person.name)
        .join(Person, col(Person.id) == col(Patrol.person_id))
        .where(col(Patrol.id).in_(ids))
    )
    zone = settings().zone
    return {walk.id: _label(walk, name, zone) for walk, name in rows}


def _label(walk: Patrol, name: str, zone: ZoneInfo) -> str:
    began = f"{walk.happened_at.astimezone(zone):%m-%d %H:%M}"
    ended = f"–{walk.ended_at.astimezone(zone):%H:%M}" if walk.ended_at else "–"
    return f"{began}{ended} {name}"
