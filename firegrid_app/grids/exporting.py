"""Grids and their outlines as a file for other programs: GeoJSON, Shapefile, KML; as on any day."""

from datetime import date, datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.feature_files import FORMATS, Feature, written
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.service import grid_by_code, grids_above, ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_COLUMNS = {
    "code": 30,
    "name": 180,
    "level": 1,
    "parent_code": 30,
    "kind": 20,
    "supervision_phone": 20,
}
"""As the import names them, with their widths in bytes."""


def export(
    session: Session, actor: Actor, code: str, kind: str, day: date | None, now: datetime
) -> tuple[bytes, str]:
    """The grid and all below it as a file of `FORMATS`, and the file's name without its ending.

    `day`: as they were drawn then; None for today. Who manages the grids may have them. Refuses
    `grids.unknown`, `access.outside_grid`, `grids.no_such_format`, `desk.no_such_day`.
    """
    if kind not in FORMATS:
        raise Refused("grids.no_such_format")
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    today = local_day(now, settings().zone)
    wanted = day or today
    if wanted > today:
        raise Refused("desk.no_such_day")
    features = _features(session, top, None if wanted == today else wanted)
    body = written(kind, features, _COLUMNS, "grids")
    audit(session, actor.person_id, "grids", f"export {top.code} {kind} {wanted}", now)
    return body, f"{top.name} {wanted}"


def _features(session: Session, top: Grid, on: date | None) -> list[Feature]:
    grids = subtree(session, top, with_outlines=True, on=on)
    then = drawings_on(session, ids_below(top, on=on), on) if on else {}
    above = grids_above(session, top, on=on)
    return [
        {
            "type": "Feature",
            "properties": {
                "code": grid.code,
                "name": grid.name,
                "level": grid.level,
                "parent_code": above[grid.parent_id].code if grid.parent_id in above else "",
                "kind": grid.kind,
                "supervision_phone": grid.supervision_phone,
            },
            "geometry": then[grid.id or 0].outline if grid.id in then else grid.outline,
        }
        for grid in grids
    ]
