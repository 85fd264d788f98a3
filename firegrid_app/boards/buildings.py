"""Use case of a building's own page (YC-71): who keeps it, what was put right there, for all."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.service import holds_pilot_data
from firegrid_app.alerts.service import posted_alerts
from firegrid_app.boards.cards import BuildingCard
from firegrid_app.boards.contacts import keepers_first, posted
from firegrid_app.boards.fixed import fixed_in_building
from firegrid_app.boards.houses import buildings_of
from firegrid_app.boards.service import above_of, as_posted, posted_grid, spoken, supervision_line
from firegrid_app.clock import local_day
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def building(session: Session, code: str, name: str, now: datetime) -> BuildingCard:
    """The page of a building of a grid. Refuses `boards.unknown` and `boards.no_building`."""
    today = local_day(now, settings().zone)
    grid = posted_grid(session, code, today)
    if name not in buildings_of(session, grid.id, today):
        raise Refused("boards.no_building", name=grid.name)
    above = above_of(session, grid)
    people = posted(session, [grid], today)[grid.id or 0]
    return BuildingCard(
        code=grid.code,
        name=name,
        grid_name=grid.name,
        above=tuple(one.name for one in above),
        place=spoken(above, grid) + name,
        alerts=tuple(posted_alerts(session, grid, now)),
        keepers=tuple(as_posted(one) for one in keepers_first(people, name) if one.houses),
        contacts=tuple(as_posted(one) for one in people if not one.houses),
        supervision_phone=supervision_line(above, grid),
        fixed=fixed_in_building(session, grid, name, now),
        pilot=holds_pilot_data(session),
    )
