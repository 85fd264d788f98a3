"""Which grid am I in: by the words of an address, or by standing in it. For everybody.

Nothing is kept of what was asked: a position is looked up and forgotten.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from firegrid_app.clock import local_day
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import FoundGrid
from firegrid_app.residents.reporting import LEVELS
from firegrid_app.settings import settings

MOST = 20
"""Grids shown at a time: enough to choose from, too few to copy a street."""
MOST_NEAR = 4


def by_words(session: Session, words: str, now: datetime) -> tuple[FoundGrid, ...]:
    """Grids whose name, or a place in which, has every one of these words in name or address.

    Refuses `residents.too_few_words`.
    """
    asked = words[:60].split()[:4]
    if sum(map(len, asked)) < 2:
        raise Refused("residents.too_few_words")
    of_place = [
        or_(
            col(Place.name).icontains(word, autoescape=True),
            col(Place.address).icontains(word, autoescape=True),
        )
        for word in asked
    ]
    named = [col(Grid.name).icontains(word, autoescape=True) for word in asked]
    in_force = _in_force(now)
    grids = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(*in_force, *named)
        .order_by(col(Grid.level).desc(), col(Grid.path))
        .limit(MOST)
    ).all()
    places = session.exec(
        select(Place.name, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == Place.grid_id)
        .where(*in_force, *of_place)
        .order_by(col(Place.name), col(Place.id))
        .limit(MOST)
    ).all()
    found: dict[str, tuple[Grid, str]] = {grid.code: (grid, "") for grid in grids}
    for name, grid in places:
        found.setdefault(grid.code, (grid, name))
    return _cards(session, list(found.values())[:MOST])


def by_position(
    session: Session, lat: float, lon: float, accuracy_m: float
) -> tuple[FoundGrid, ...]:
    """The small grid this position lies in, and those an edge nearby makes possible; nearest first.

    WGS-84 degrees and metres. Empty where no grid is near. Refuses `grids.no_place`.
    """
    here = [one.code for one in grids_at(session, lat, lon, accuracy_m)[:MOST_NEAR]]
    rows = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(col(Grid.code).in_(here)))
    by_code = {grid.code: grid for grid in rows}
    return _cards(session, [(by_code[code], "") for code in here if code in by_code])


def _in_force(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    today = local_day(now, settings().zone)
    return (
        col(Grid.level).in_(LEVELS),
        col(Grid.valid_from) <= today,
        or_(col(Grid.valid_to).is_(None), col(Grid.valid_to) >= today),
    )


def _cards(session: Session, found: list[tuple[Grid, str]]) -> tuple[FoundGrid, ...]:
    over = {path for grid, _ in found for path in paths_over(grid.path)[1:-1]}
    names = dict(session.exec(select(Grid.path, Grid.name).where(col(Grid.path).in_(over))).all())
    return tuple(
        FoundGrid(
            code=grid.code,
            name=grid.name,
            above=" · ".join(names.get(path, "") for path in paths_over(grid.path)[1:-1]),
            place=place,
        )
        for grid, place in found
    )
