"""Grids and their outlines as a file for other programs: GeoJSON, Shapefile, KML; as on any day."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import orjson
import shapefile
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

FORMATS = {
    "geojson": ("geojson", "application/geo+json"),
    "shapefile": ("zip", "application/zip"),
    "kml": ("kml", "application/vnd.google-earth.kml+xml"),
}
"""Ending and media type of each."""
_COLUMNS = {
    "code": 30,
    "name": 180,
    "level": 1,
    "parent_code": 30,
    "kind": 20,
    "supervision_phone": 20,
}
"""As the import names them; the widths of a shapefile's table, in bytes."""
_WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)

Feature = Mapping[str, Any]


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
    body = {"geojson": _geojson, "shapefile": _shapefile, "kml": _kml}[kind](features)
    audit(session, actor.person_id, "grids", f"export {top.code} {kind} {wanted}", now)
    return body, f"{top.name} {wanted}"


def _features(session: Session, top: Grid, on: date | None) -> list[Feature]:
    grids = subtree(session, top, with_outlines=True, on=on)
    then = drawings_on(session, [grid.id or 0 for grid in grids], on) if on else {}
    above = {grid.id for grid in grids} | {grid.parent_id for grid in grids}
    codes = dict(session.exec(select(Grid.id, Grid.code).where(col(Grid.id).in_(above))).all())
    return [
        {
            "type": "Feature",
            "properties": {
                "code": grid.code,
                "name": grid.name,
                "level": grid.level,
                "parent_code": codes.get(grid.parent_id, "") if grid.parent_id else "",
                "kind": grid.kind,
                "supervision_phone": grid.supervision_phone,
            },
            "geometry": then[grid.id or 0].outline if grid.id in then else grid.outline,
        }
        for grid in grids
    ]


def _geojson(features: Sequence[Feature]) -> bytes:
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _shapefile(features: Sequence[Feature]) -> bytes:
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with warnings.catch_warnings():
        # It warns that longer column names are cut: our import knows them cut.
        warnings.simplefilter("ignore")
        with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
            for name, width in _COLUMNS.items():
                if name == "level":
                    writer.field(name, "N", width, 0)
                else:
                    writer.field(name[:10], "C", width)
            for one in features:
                if one["geometry"] is None:
                    writer.null()
                else:
                    writer.shape(one["geometry"])
                writer.record(*one["properties"].values())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, part in parts.items():
            archive.writestr(f"grids.{ending}", part.getvalue())
        archive.writestr("grids.prj", _WGS84)
        archive.writestr("grids.cpg", "UTF-8")
    return out.getvalue()


def _kml(features: Sequence[Feature]) -> bytes:
    marks = "".join(_placemark(one) for one in features)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>\n'
    ).encode()


def _placemark(one: Feature) -> str:
    values = "".join(
        f'<Data name="{name}"><value>{escape(str(value))}</value></Data>'
        for name, value in one["properties"].items()
    )
    name = escape(one["properties"]["name"])
    return (
        f"<Placemark><name>{name}</name><ExtendedData>{values}</ExtendedData>"
        f"{_outline(one['geometry'])}</Placemark>\n"
    )


def _outline(geometry: Mapping[str, Any] | None) -> str:
    if geometry is None:
        return ""
    is_one = geometry["type"] == "Polygon"
    parts = [geometry["coordinates"]] if is_one else geometry["coordinates"]
    polygons = "".join(
        f"<Polygon>{''.join(_ring(*one) for one in enumerate(p))}</Polygon>" for p in parts
    )
    return polygons if is_one else f"<MultiGeometry>{polygons}</MultiGeometry>"


def _ring(number: int, ring: Sequence[Sequence[float]]) -> str:
    side = "innerBoundaryIs" if number else "outerBoundaryIs"
    places = " ".join(f"{place[0]!r},{place[1]!r}" for place in ring)
    return f"<{side}><LinearRing><coordinates>{places}</coordinates></LinearRing></{side}>"
