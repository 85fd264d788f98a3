"""What looks odd about where and when a record was made: a question to a person, never a verdict.

Law (国办函〔2026〕12号): no compulsory check-in, no ranking, no penalty by machine. A record is
never refused for its place or time, and nothing is counted from a flag. No browser tells a page
that a location is mocked: nothing here claims to know, a leap or a far place shows crude ones.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import cos, hypot, radians

from geopy.distance import geodesic
from shapely.geometry import Point, shape

FAR_FROM_POINT_M = 200
FAR_FROM_GRID_M = 300
"""Beyond the accuracy the phone gave with its fix: between houses, fixes are off by a block."""
LEAP_M = 5_000
FASTEST_M_S = 25
"""90 km/h: quicker than any way through a town."""
DEGREE_M = 111_700
"""No degree of the ellipsoid is longer."""
CLOCK_OFF = timedelta(minutes=10)


class Reason(StrEnum):
    """Why somebody should look; the sentences are `presence.reason.*`."""

    FAR_FROM_POINT = "far_from_point"
    FAR_FROM_GRID = "far_from_grid"
    LEAP = "leap"
    CLOCK = "clock"
    OTHER_CODE = "other_code"
    NOT_SCANNED = "not_scanned"
    """Tapped in the list while the street asks for a scan; the code may hang there no more."""


class Outcome(StrEnum):
    """What the person who looked at it says."""

    FINE = "fine"
    SPOKEN = "spoken"
    """Spoke with the member about it."""


@dataclass(frozen=True)
class Fix:
    """A place a phone gave: WGS-84 degrees, accuracy in metres (95 %), and when."""

    lat: float
    lon: float
    accuracy_m: float
    at: datetime


def metres(a: Fix, lat: float, lon: float) -> float:
    """Metres along the earth from a fix to a point."""
    return float(geodesic((a.lat, a.lon), (lat, lon)).m)


def surely_within(fix: Fix, lat: float, lon: float, most: float) -> bool:
    """Is a point at most `most` metres away, by a quick reckoning that never says too little?

    Almost every record is where it should be: measuring exactly costs a hundred times as much.
    """
    if most <= 0 or abs(lat - fix.lat) > 1 or abs(lon - fix.lon) > 1:
        return False
    east = (lon - fix.lon) * cos(radians(min(abs(lat), abs(fix.lat))))
    return hypot(lat - fix.lat, east) * DEGREE_M <= most


def far_from_point(fix: Fix, lat: float, lon: float) -> int | None:
    """Metres to the check point, when that is surely too far; else None."""
    if surely_within(fix, lat, lon, FAR_FROM_POINT_M + fix.accuracy_m):
        return None
    away = metres(fix, lat, lon)
    return round(away) if away - fix.accuracy_m > FAR_FROM_POINT_M else None


def far_from_grid(fix: Fix, outline: dict[str, object]) -> int | None:
    """Metres to the nearest edge of the grid, when that is surely too far; else None."""
    grid = shape(outline)
    here = Point(fix.lon, fix.lat)
    if grid.covers(here):
        return None
    nearest = grid.boundary.interpolate(grid.boundary.project(here))
    away = metres(fix, nearest.y, nearest.x)
    return round(away) if away - fix.accuracy_m > FAR_FROM_GRID_M else None


def leap(before: Fix, after: Fix) -> int | None:
    """Metres between two fixes that nobody can have gone in the time between; else None."""
    if surely_within(before, after.lat, after.lon, LEAP_M):
        return None
    away = metres(before, after.lat, after.lon) - before.accuracy_m - after.accuracy_m
    seconds = abs((after.at - before.at).total_seconds())
    return round(away) if away >= LEAP_M and away > seconds * FASTEST_M_S else None


def clock_off(righted_by: timedelta) -> int | None:
    """Whole minutes a phone's clock was off, when that is worth a word; else None."""
    off = abs(righted_by)
    return round(off.total_seconds() / 60) if off >= CLOCK_OFF else None


class Mode(StrEnum):
    """What a street asks of its members at check points."""

    OFF = "off"
    """Nothing: a tap in the list is as good as a scan."""
    OPTIONAL = "optional"
    """A scan is welcome where a code hangs."""
    REQUIRED = "required"
    """A scan is asked for: security or emergency tasks, with a basis, for a stretch of days."""


LONGEST_REQUIRED = timedelta(days=92)


def may_require(basis: str, starts_on: date | None, ends_on: date | None) -> bool:
    """May scanning be required? With a legal basis in words and a stretch of days that ends."""
    if not basis.strip() or starts_on is None or ends_on is None:
        return False
    return timedelta(0) <= ends_on - starts_on <= LONGEST_REQUIRED
