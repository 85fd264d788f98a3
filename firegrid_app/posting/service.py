"""The page of boards: everything about one grid's walls, and old papers wherever they hang."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.boards.houses import houses_of
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import to_open
from firegrid_app.grids.service import ids_below
from firegrid_app.places.tables import Place
from firegrid_app.posting.badges import badge_lines
from firegrid_app.posting.cards import Choice, PostingView
from firegrid_app.posting.deciding import contact_lines, holders, house_value, unposted
from firegrid_app.posting.editions import standing
from firegrid_app.posting.layout import equipped_places, has_equipment
from firegrid_app.posting.papers import offered_languages
from firegrid_app.posting.rules import keeps_words
from firegrid_app.routes import board as board_address
from firegrid_app.settings import settings

MOST_BUILDINGS = 300
MOST_PLACES = 300


def posting_view(session: Session, actor: Actor, code: str, now: datetime) -> PostingView:
    """The walls of a grid (the first in reach when `code` is empty).

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grid, reach = to_open(session, actor, Action.POST_UP, code, highest=2)
    today = local_day(now, settings().zone)
    may_approve = actor.may(Action.APPROVE_POSTING, grid.path)
    papers = standing(session, actor, now)
    places = session.exec(
        select(Place.id, Place.name)
        .where(Place.grid_id == grid.id)
        .order_by(col(Place.name))
        .limit(MOST_PLACES)
    )
    houses = houses_of(session, grid.id, today)
    return PostingView(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        picks=[(one.code, one.name) for one in reach],
        may_approve=may_approve,
        board=board_address(grid.code),
        languages=offered_languages(),
        buildings=[name for name, unit in houses if not unit][:MOST_BUILDINGS],
        houses=[
            Choice(house_value(*one), keeps_words([one])) for one in houses[: MOST_BUILDINGS * 4]
        ],
        places=[Choice(str(place_id), name) for place_id, name in places],
        equipped=[
            Choice(str(place_id), name)
            for place_id, name in equipped_places(session, grid, MOST_PLACES)
        ],
        has_equipment=has_equipment(session, ids_below(grid)),
        contacts=contact_lines(session, grid, today),
        unposted=unposted(session, grid, today) if may_approve else [],
        holders=holders(session, grid, today) if may_approve else [],
        badges=badge_lines(session, grid, today),
        old=[one for one in papers if one.is_old],
        hanging=[one for one in papers if not one.is_old and one.grid_code == grid.code],
    )
