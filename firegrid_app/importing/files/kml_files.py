"""KML and KMZ: placemarks with outlines or lines and named values; WGS-84 by its standard."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from firegrid_app.importing.files.archives import members_of
from firegrid_app.importing.files.features import table_of
from firegrid_app.importing.rules.columns import FileKind, match_header
from firegrid_app.importing.rules.problems import BadFile, Reason
from firegrid_app.importing.rules.rows import Table


def read_kmz(kind: FileKind, data: bytes, seen: Callable[[int], None], most: int | None) -> Table:
    """Read the KML in an archive. Raises `BadFile`."""
    members = members_of(data, (".kml",), most)
    if not members:
        raise BadFile(Reason.NO_SHAPEFILE)
    # Viewers read doc.kml, else the first.
    name = min(members, key=lambda one: (one.lower() != "doc.kml", one.count("/")))
    return read_kml(kind, members[name], seen)


def read_kml(kind: FileKind, data: bytes, seen: Callable[[int], None]) -> Table:
    """Read the placemarks. Raises `BadFile`, also for XML that would swell or reach elsewhere."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadFile(Reason.XML_WITH_DTD) from error
    except ParseError as error:
        line, at = error.position
        raise BadFile(Reason.BROKEN_XML, line=line, at=at + 1) from error
    except (ValueError, LookupError) as error:
        raise BadFile(Reason.BROKEN_XML, line=1, at=1) from error
    marks = [one for one in root.iter() if _name(one) == "Placemark"]
    return table_of(kind, [_feature(kind, mark) for mark in marks], seen)


def _name(element: Element) -> str:
    """Without its namespace: files in the wild have any of several, or none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if _name(one) == name)


def _feature(kind: FileKind, mark: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in mark.iter():
        if _name(one) == "SimpleData":
            values[one.get("name", "")] = (one.text or "").strip()
        elif _name(one) == "Data":
            value = next(_children(one, "value"), None)
            values[one.get("name", "")] = (value.text or "").strip() if value is not None else ""
    named = next(_children(mark, "name"), None)
    if named is not None and "name" not in match_header(kind, list(values)).names:
        values["name"] = (named.text or "").strip()
    return {"type": "Feature", "properties": values, "geometry": _geometry(mark)}


def _geometry(mark: Element) -> dict[str, Any] | None:
    polygons = [
        [_ring(ring) for ring in _rings(one)] for one in mark.iter() if _name(one) == "Polygon"
    ]
    if polygons:
        kind = "Polygon" if len(polygons) == 1 else "MultiPolygon"
        return {"type": kind, "coordinates": polygons[0] if len(polygons) == 1 else polygons}
    lines = [_ring(one) for one in mark.iter() if _name(one) == "LineString"]
    if lines:
        kind = "LineString" if len(lines) == 1 else "MultiLineString"
        return {"type": kind, "coordinates": lines[0] if len(lines) == 1 else lines}
    other = {"Point", "LinearRing", "Track", "Model"}
    found = next((_name(one) for one in mark.iter() if _name(one) in other), None)
    return {"type": found} if found else None


def _rings(polygon: Element) -> Iterator[Element]:
    for name in ("outerBoundaryIs", "innerBoundaryIs"):
        for boundary in _children(polygon, name):
            yield from _children(boundary, "LinearRing")


def _ring(ring: Element) -> list[list[Any]]:
    text = next((one.text or "" for one in _children(ring, "coordinates")), "")
    return [[_number(part) for part in place.split(",")[:2]] for place in text.split()]


def _number(part: str) -> Any:
    try:
        return float(part)
    except ValueError:
        return part
