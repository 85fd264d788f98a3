"""Which grid am I in: by the words of an address, or by standing in it. For everybody.

Nothing is kept of what was asked: a position is looked up and forgotten.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.clock import local_day
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.searching import asked_words, hits
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.residents.reporting import LEVELS
from firegrid_app.settings import settings
from firegrid_app.wayfinding.cards import FoundGrid

MOST = 20
"""Grids shown at a time: enough to choose from, too few to copy a street."""
MOST_NEAR = 4


def by_words(session: Session, words: str, now: datetime) -> tuple[FoundGrid, ...]:
    """Grids whose name, or premises or a building in which, have every one of these words.

    Refuses `residents.too_few_words`.
    """
    asked = asked_words(words)
    if not asked:
        raise Refused("residents.too_few_words")
    today = local_day(now, settings().zone)
    some = hits(session, asked, today, MOST, levels=LEVELS, kinds=("grid", "place", "building"))
    rows = session.exec(
        select(Grid).options(WITHOUT_OUTLINE).where(col(Grid.id).in_({hit.grid_id for hit in some}))
    )
    grids = {grid.id: grid for grid in rows}
    found: dict[str, tuple[Grid, str]] = {}
    for hit in some:
        grid = grids[hit.grid_id]
        # By a name of before: that one is shown, it is what the resident knows.
        found.setdefault(
            grid.code, (grid, hit.formerly or ("" if hit.kind == "grid" else hit.name))
        )
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
