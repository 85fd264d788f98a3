"""Use case of the log of shouts: what was called out in a grid and below it, on any day."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds
from firegrid_app.desk.service import desk_grids
from firegrid_app.desk.showing import shout_line
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.photos.tables import OF_A_SHOUT, Photo
from firegrid_app.settings import settings
from firegrid_app.shouts.cards import LogAsk, LogView
from firegrid_app.shouts.entries import asked_period
from firegrid_app.shouts.service import cards_of
from firegrid_app.shouts.tables import Shout

PAGE = 30


def shout_log(session: Session, actor: Actor, ask: LogAsk, now: datetime) -> LogView:
    """A page of the shouts of a grid and of all below it, the latest first, with what came along.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `shouts.bad_period`.
    """
    picks = desk_grids(session, actor)
    top = grid_by_code(session, actor, ask.code or picks[0].code, Action.SEE_GRID)
    first, last = asked_period(ask.first, ask.last, now)
    zone = settings().zone
    wanted: list[Any] = [
        col(Grid.path).startswith(top.path, autoescape=True),
        Shout.happened_at >= day_bounds(first, zone)[0],
        Shout.happened_at < day_bounds(last, zone)[1],
    ]
    if ask.only_along:
        came = select(Photo.id).where(
            Photo.record_kind == OF_A_SHOUT,
            Photo.record_id == Shout.id,
            col(Photo.stored_at).is_not(None),
        )
        wanted.append(came.exists())
    joined = select(func.count()).select_from(Shout).join(Grid, col(Grid.id) == Shout.grid_id)
    count = session.exec(joined.where(*wanted)).one()
    pages = max(1, -(-count // PAGE))
    page = min(max(ask.page, 1), pages)
    rows = session.exec(
        select(Shout, Person.name, Grid.name)
        .join(Person, col(Person.id) == Shout.person_id)
        .join(Grid, col(Grid.id) == Shout.grid_id)
        .where(*wanted)
        .order_by(col(Shout.happened_at).desc(), col(Shout.id))
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    offered = [(grid.code, grid.name) for grid in picks]
    if top.code not in dict(offered):
        offered.append((top.code, top.name))
    return LogView(
        code=top.code,
        name=top.name,
        picks=tuple(offered),
        first=first.isoformat(),
        last=last.isoformat(),
        only_along=ask.only_along,
        count=count,
        lines=tuple(shout_line(card, now, zone) for card in cards_of(session, rows)),
        page=page,
        pages=pages,
    )
