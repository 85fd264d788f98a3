"""Features (a shape and values each) as a file for other programs: GeoJSON, Shapefile, KML."""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import orjson
import shapefile

FORMATS = {
    "geojson": ("geojson", "application/geo+json"),
    "shapefile": ("zip", "application/zip"),
    "kml": ("kml", "application/vnd.google-earth.kml+xml"),
}
"""Ending and media type of each."""
_WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)

Feature = Mapping[str, Any]
"""As in GeoJSON: `properties` with a `name` among them, and a `geometry`, which may be None."""


def written(kind: str, features: Sequence[Feature], columns: Mapping[str, int], stem: str) -> bytes:
    """The features as a file of `FORMATS`.

    `columns` are their properties with widths in bytes, for a shapefile's table; `stem` is what the
    files in its archive are called.
    """
    if kind == "shapefile":
        return _shapefile(features, columns, stem)
    return _geojson(features) if kind == "geojson" else _kml(features)


def _geojson(features: Sequence[Feature]) -> bytes:
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _shapefile(features: Sequence[Feature], columns: Mapping[str, int], stem: str) -> bytes:
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with warnings.catch_warnings():
        # It warns that longer column names are cut: our import knows them cut.
        warnings.simplefilter("ignore")
        drawn = {one["geometry"]["type"] for one in features if one["geometry"]}
        of_lines = any(kind.endswith("LineString") for kind in drawn)
        shape_type = shapefile.POLYLINE if of_lines else shapefile.POLYGON
        with shapefile.Writer(**parts, shapeType=shape_type, encoding="utf-8") as writer:
            for name, width in columns.items():
                # A digit is a number, anything longer words.
                writer.field(name[:10], "N" if width == 1 else "C", width, 0)
            for one in features:
                if one["geometry"] is None:
                    writer.null()
                else:
                    writer.shape(one["geometry"])
                writer.record(*one["properties"].values())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, part in parts.items():
            archive.writestr(f"{stem}.{ending}", part.getvalue())
        archive.writestr(f"{stem}.prj", _WGS84)
        archive.writestr(f"{stem}.cpg", "UTF-8")
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
        f"{_shape(one['geometry'])}</Placemark>\n"
    )


def _shape(geometry: Mapping[str, Any] | None) -> str:
    if geometry is None:
        return ""
    if geometry["type"] == "MultiLineString":
        lines = "".join(
            f"<LineString><coordinates>{_places(one)}</coordinates></LineString>"
            for one in geometry["coordinates"]
        )
        return f"<MultiGeometry>{lines}</MultiGeometry>"
    is_one = geometry["type"] == "Polygon"
    parts = [geometry["coordinates"]] if is_one else geometry["coordinates"]
    polygons = "".join(
        f"<Polygon>{''.join(_ring(*one) for one in enumerate(p))}</Polygon>" for p in parts
    )
    return polygons if is_one else f"<MultiGeometry>{polygons}</MultiGeometry>"


def _ring(number: int, ring: Sequence[Sequence[float]]) -> str:
    side = "innerBoundaryIs" if number else "outerBoundaryIs"
    return f"<{side}><LinearRing><coordinates>{_places(ring)}</coordinates></LinearRing></{side}>"


def _places(places: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{place[0]!r},{place[1]!r}" for place in places)
