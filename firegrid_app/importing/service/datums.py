"""What a file draws beside what is stored: is it measured by another datum?"""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import shape
from sqlmodel import Session, col, func, select

from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.grids import GridItem
from firegrid_app.importing.rules.problems import Problem, Reason
from firegrid_app.importing.rules.roads import RoadItem, shape_of
from firegrid_app.importing.rules.shifted import MOST_SAMPLES, datum_of, looks_shifted
from firegrid_app.importing.service.known import PER_QUERY
from firegrid_app.importing.service.write_roads import joined, standing
from firegrid_app.maps.rules.datum import Datum
from firegrid_app.roads.rules import METRE

DATUM_NAMES = {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}
_WIDTH_M = 30
"""A road drawn anew may lie so far beside its old line."""


def suspicion(session: Session, items: Sequence[GridItem]) -> Problem | None:
    """That a file whose datum nobody named lies like a shifted map, beside what is stored."""
    drawn = [(i.code, i.parent_code, i.outline.geojson) for i in items if i.outline is not None]
    codes = {code for pair in drawn for code in pair[:2] if code}
    known = {
        grid.code: grid.outline for grid in _stored(session, codes) if grid.outline is not None
    }
    return _told(looks_shifted(drawn, known))


def suspicion_of_roads(session: Session, items: Sequence[RoadItem]) -> Problem | None:
    """The same of roads: beside those known by the same name, else the ground of all grids."""
    known = {
        key: shapely.union_all([shape(row.line) for row in rows]).buffer(_WIDTH_M * METRE)
        for key, rows in standing(session, joined(items[:MOST_SAMPLES])).items()
    }
    level = session.exec(select(func.min(Grid.level)).where(col(Grid.label_lat).is_not(None))).one()
    outlines = select(Grid.outline).where(Grid.level == level, col(Grid.valid_to).is_(None))
    ground = shapely.union_all([shape(dict(one)) for one in session.exec(outlines) if one])
    pairs = [(shape_of(item.parts), known.get(item.key, ground)) for item in items[:MOST_SAMPLES]]
    return _told(datum_of([pair for pair in pairs if not pair[1].is_empty]))


def _told(datum: Datum | None) -> Problem | None:
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
