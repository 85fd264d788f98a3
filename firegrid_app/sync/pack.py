"""Makes the day pack of one member."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import me
from firegrid_app.clock import local_day
from firegrid_app.duties.service import is_workday, year_is_known
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.lists import open_hazards
from firegrid_app.hazards.rules import CATEGORIES
from firegrid_app.patrols.service import check_points_of, walks_of_day
from firegrid_app.places.service import places_of
from firegrid_app.settings import settings
from firegrid_app.shouts.rules import in_season
from firegrid_app.sync.cards import DayPack, PackCategory, PackGrid
from firegrid_app.visits.service import doors_of

_MOST_GRIDS = 60
"""A community's small grids; whoever is responsible for more works at the desk."""


def my_grids(session: Session, actor: Actor) -> list[Grid]:
    """Grids the actor works or may report in: of each post the grid itself and what is below."""
    scopes = {*actor.scopes(Action.RECORD), *actor.scopes(Action.REPORT_HAZARD)}
    if not scopes:
        return []
    return list(
        session.exec(
            select(Grid)
            .where(or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)))
            .where(col(Grid.valid_to).is_(None))
            .order_by(col(Grid.level).desc(), col(Grid.path))
            .limit(_MOST_GRIDS)
        )
    )


def day_pack(session: Session, actor: Actor, now: datetime) -> DayPack:
    """Everything this member's phone needs today. Only grids of the actor's own scope go in."""
    today = local_day(now, settings().zone)
    grids = my_grids(session, actor)
    working = [grid for grid in grids if actor.may(Action.RECORD, grid.path)]
    parents = {grid.parent_id for grid in grids if grid.parent_id is not None}
    names = {
        grid.id: grid.name for grid in session.exec(select(Grid).where(col(Grid.id).in_(parents)))
    }
    walks, minutes = walks_of_day(session, actor, today)
    return DayPack(
        me=me(session, actor, now),
        day=today.isoformat(),
        timezone=settings().timezone,
        is_workday=is_workday(session, today),
        calendar_known=year_is_known(session, today.year),
        target_minutes=actor.daily_target if is_workday(session, today) else 0,
        minutes=minutes,
        walks=tuple(walks),
        grids=tuple(
            PackGrid(
                code=grid.code,
                name=grid.name,
                level=grid.level,
                parent_name=names.get(grid.parent_id, ""),
                outline=grid.outline,
                supervision_phone=grid.supervision_phone or settings().supervision_phone,
            )
            for grid in grids
        ),
        places=tuple(places_of(session, grids)),
        check_points=tuple(check_points_of(session, working)),
        doors=tuple(doors_of(session, actor, working)),
        hazards=tuple(open_hazards(session, working, today)),
        categories=tuple(PackCategory(c.code, c.severity, c.urgent) for c in CATEGORIES),
        scripts=tuple(script.code for script in in_season(today.month)),
    )
