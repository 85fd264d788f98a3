"""Roads as a file for other programs, to be brought in again."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.feature_files import FORMATS, Feature, written
from firegrid_app.grids.service import grid_by_code
from firegrid_app.refusals import Refused
from firegrid_app.roads.service import reach, roads_in

_COLUMNS = {"name": 180, "kind": 20}
"""As the import names them, with their widths in bytes."""


def export_roads(
    session: Session, actor: Actor, code: str, kind: str, now: datetime
) -> tuple[bytes, str]:
    """All roads on the map of a grid, whole, as a file of `FORMATS`; and the name of the grid. Who
    manages the grids may have them.

    Refuses `grids.no_such_format`, `grids.unknown`, `access.outside_grid`.
    """
    if kind not in FORMATS:
        raise Refused("grids.no_such_format")
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    box = reach(session, top)
    found = roads_in(session, box, most=None) if box else []
    features: list[Feature] = [
        {"type": "Feature", "properties": {"name": name, "kind": of}, "geometry": line}
        for name, of, line in found
    ]
    audit(session, actor.person_id, "roads", f"export {top.code} {kind}", now)
    return written(kind, features, _COLUMNS, "roads"), top.name
