"""Days that sun and moon set: lunar dates by `lunardate`, Qingming by the sun's longitude.

`lunardate` knows the years to 2099; beyond `YEARS` nothing here is asked.
"""

import math
from datetime import UTC, date, datetime, timedelta, timezone

from lunardate import LunarDate

YEARS = range(2000, 2099)
_BEIJING = timezone(timedelta(hours=8))
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)


def lunar_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day in the lunar year that begins in `year`; never a leap month's."""
    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _sun_longitude(moment: datetime) -> float:
    """Apparent longitude of the sun in degrees, to about 0.01 degrees (15 minutes of time).

    Meeus, Astronomical Algorithms, chapter 25, low accuracy.
    """
    century = (moment - _J2000) / timedelta(days=36525)
    mean = 280.46646 + 36000.76983 * century + 0.0003032 * century**2
    anomaly = math.radians(357.52911 + 35999.05029 * century - 0.0001537 * century**2)
    centre = (
        (1.914602 - 0.004817 * century) * math.sin(anomaly)
        + (0.019993 - 0.000101 * century) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * century)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def qingming(year: int) -> date:
    """The day in China on which the sun reaches 15 degrees: 4, 5 or 6 April."""
    for day in range(3, 8):
        midnight = datetime(year, 4, day + 1, tzinfo=_BEIJING)
        if 15 <= _sun_longitude(midnight) < 180:
            return date(year, 4, day)
    raise ValueError(f"no Qingming in {year}")
