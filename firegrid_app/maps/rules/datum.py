"""From one datum to another: WGS-84, GCJ-02 (高德, 腾讯) and BD-09 (百度), to the centimetre.

Positions are stored in WGS-84; they are shifted at the edge only, where a provider's map is drawn
over, a provider is asked, or a file of another datum comes in. CGCS2000 counts as WGS-84 (D.1).
The browser shifts alike (`assets/map/datum.js`), held to this by shared cases.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, sin, sqrt


class Datum(StrEnum):
    """What longitude and latitude are measured by."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


DATUMS = {one.value: one for one in Datum} | {"cgcs2000": Datum.WGS84}
"""By the names people give them."""
Place = tuple[float, float]
"""Longitude, latitude in degrees."""

_A = 6_378_245.0
_EE = 0.00669342162296594323
_LON, _LAT = (72.004, 137.8347), (0.8293, 55.8271)
"""Outside this box nothing is shifted (D.2)."""
_CLOSE = 1e-9
"""Degrees: a tenth of a millimetre."""
_MOST_ROUNDS = 10


def is_shifted(lon: float, lat: float) -> bool:
    """Is a place where Chinese maps are shifted?"""
    return _LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]


def _to_gcj(lon: float, lat: float) -> Place:
    if not is_shifted(lon, lat):
        return lon, lat
    x, y = lon - 105, lat - 35
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y / 30 * pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    angle = lat / 180 * pi
    m = 1 - _EE * sin(angle) ** 2
    return (
        lon + east * 180 / (_A / sqrt(m) * cos(angle) * pi),
        lat + north * 180 / (_A * (1 - _EE) / (m * sqrt(m)) * pi),
    )


def _gcj_to_bd(lon: float, lat: float) -> Place:
    if not is_shifted(lon, lat):
        return lon, lat
    z = hypot(lon, lat) + 0.00002 * sin(lat * pi * 3000 / 180)
    turn = atan2(lat, lon) + 0.000003 * cos(lon * pi * 3000 / 180)
    return z * cos(turn) + 0.0065, z * sin(turn) + 0.006


def _back(forward: Callable[[float, float], Place], lon: float, lat: float) -> Place:
    """Where `forward` came from. The formulas' one-step inverses are up to 3 m off (D.2)."""
    if not is_shifted(lon, lat):
        return lon, lat
    x, y = lon, lat
    for _ in range(_MOST_ROUNDS):
        there = forward(x, y)
        aside, up = there[0] - lon, there[1] - lat
        x, y = x - aside, y - up
        if abs(aside) < _CLOSE and abs(up) < _CLOSE:
            break
    return x, y


def from_wgs84(lon: float, lat: float, datum: Datum) -> Place:
    """A place in WGS-84 as a map of this datum has it."""
    if datum is Datum.WGS84:
        return lon, lat
    shifted = _to_gcj(lon, lat)
    return shifted if datum is Datum.GCJ02 else _gcj_to_bd(*shifted)


def to_wgs84(lon: float, lat: float, datum: Datum) -> Place:
    """A place of this datum in WGS-84."""
    if datum is Datum.WGS84:
        return lon, lat
    if datum is Datum.BD09:
        lon, lat = _back(_gcj_to_bd, lon, lat)
    return _back(_to_gcj, lon, lat)
