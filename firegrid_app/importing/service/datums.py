"""Outlines of a file beside those that are stored: are they measured by another datum?"""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.grids import GridItem
from firegrid_app.importing.rules.problems import Problem, Reason
from firegrid_app.importing.rules.shifted import looks_shifted
from firegrid_app.importing.service.known import PER_QUERY
from firegrid_app.maps.rules.datum import Datum

DATUM_NAMES = {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}


def suspicion(session: Session, items: Sequence[GridItem]) -> Problem | None:
    """That a file whose datum nobody named lies like a shifted map, beside what is stored."""
    drawn = [(i.code, i.parent_code, i.outline.geojson) for i in items if i.outline is not None]
    codes = {code for pair in drawn for code in pair[:2] if code}
    standing = {
        grid.code: grid.outline for grid in _stored(session, codes) if grid.outline is not None
    }
    datum = looks_shifted(drawn, standing)
    if datum is None:
        return None
    return Problem(Reason.LOOKS_SHIFTED, None, "geometry", "", {"datum": DATUM_NAMES[datum]})


def _stored(session: Session, codes: Iterable[str]) -> list[Grid]:
    wanted = sorted(codes)
    return [
        grid
        for at in range(0, len(wanted), PER_QUERY)
        for grid in session.exec(
            select(Grid).where(col(Grid.code).in_(wanted[at : at + PER_QUERY]))
        )
    ]
