"""Metres of a surveyor's map back to degrees: Gauss-Kruger, UTM and Web Mercator.

On CGCS2000 or WGS-84, which are one to us (D.1).

Offices hand over shapefiles in CGCS2000 3-degree strips. Older datums (北京54, 西安80) lie up to a
hundred metres off by figures that are not published: those are refused, not guessed.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from firegrid_app.importing.rules.problems import Bad, Reason

Unproject = Callable[[float, float], tuple[float, float]]
"""From the file's x and y to longitude and latitude."""

_AXIS_M = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_GOOD_DATUM = re.compile(r"WGS_?\s?(19)?84|CHINA_2000|CGCS_?2000|COORDINATE_SYSTEM_2000", re.I)
_NAME = re.compile(r'^\s*(?:PROJCS|GEOGCS)\s*\[\s*"([^"]*)"', re.I)
_DATUM = re.compile(r'DATUM\s*\[\s*"([^"]*)"', re.I)
_PROJECTION = re.compile(r'PROJECTION\s*\[\s*"([^"]*)"', re.I)
_PARAMETER = re.compile(r'PARAMETER\s*\[\s*"([^"]*)"\s*,\s*([-+\d.eE]+)\s*\]', re.I)
_LAST_UNIT = re.compile(r'.*UNIT\s*\[\s*"[^"]*"\s*,\s*([-+\d.eE]+)', re.I | re.S)


def unprojection(wkt: str) -> Unproject | None:
    """How the places of a file with this .prj come to degrees; None where they are degrees already.

    Raises `Bad` with `OTHER_CRS` for a system we cannot bring to WGS-84.
    """
    name = _NAME.match(wkt)
    datum = _DATUM.search(wkt)
    shown = (name[1] if name else wkt.strip())[:80]
    if name is None or datum is None or not _GOOD_DATUM.search(f"{name[1]} {datum[1]}"):
        raise Bad(Reason.OTHER_CRS, crs=shown)
    if wkt.lstrip()[:6].upper() != "PROJCS":
        return None
    projection = _PROJECTION.search(wkt)
    kind = projection[1].lower() if projection else ""
    given = {key.lower(): float(value) for key, value in _PARAMETER.findall(wkt)}
    unit = _LAST_UNIT.match(wkt)
    if unit is None or float(unit[1]) != 1 or given.get("latitude_of_origin", 0) != 0:
        raise Bad(Reason.OTHER_CRS, crs=shown)
    if kind in ("gauss_kruger", "transverse_mercator"):
        return _Strip(
            middle=given.get("central_meridian", 0.0),
            scale=given.get("scale_factor", 1.0),
            east=given.get("false_easting", 0.0),
            north=given.get("false_northing", 0.0),
        )
    if "mercator" in kind and ("auxiliary" in kind or "3857" in wkt or "Pseudo" in shown):
        return _web_mercator
    raise Bad(Reason.OTHER_CRS, crs=shown)


def _web_mercator(x: float, y: float) -> tuple[float, float]:
    lon = math.degrees(x / _AXIS_M)
    return lon, math.degrees(math.atan(math.sinh(y / _AXIS_M)))


@dataclass(frozen=True)
class _Strip:
    """A transverse Mercator strip; Krüger's series to the fourth order, good to a millimetre."""

    middle: float
    scale: float
    east: float
    north: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        n = _FLATTENING / (2 - _FLATTENING)
        radius = _AXIS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64) * self.scale
        beta = (
            n / 2 - 2 / 3 * n**2 + 37 / 96 * n**3 - n**4 / 360,
            n**2 / 48 + n**3 / 15 - 437 / 1440 * n**4,
            17 / 480 * n**3 - 37 / 840 * n**4,
            4397 / 161280 * n**4,
        )
        delta = (
            2 * n - 2 / 3 * n**2 - 2 * n**3 + 116 / 45 * n**4,
            7 / 3 * n**2 - 8 / 5 * n**3 - 227 / 45 * n**4,
            56 / 15 * n**3 - 136 / 35 * n**4,
            4279 / 630 * n**4,
        )
        xi, eta = (y - self.north) / radius, (x - self.east) / radius
        if abs(eta) > 1 or abs(xi) > math.pi:
            # Not of this strip at all: said as what it is, far outside China.
            return x, y
        terms = list(enumerate(beta, start=1))
        flat_xi = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in terms)
        flat_eta = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in terms)
        chi = math.asin(math.sin(flat_xi) / math.cosh(flat_eta))
        lat = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(delta, start=1))
        aside = math.atan2(math.sinh(flat_eta), math.cos(flat_xi))
        return self.middle + math.degrees(aside), math.degrees(lat)
