"""The one clock, and what a local day is. Services get `now` passed in; only edges ask here."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day on the wall at `moment`."""
    return moment.astimezone(zone).date()


def whole_day(moment: datetime, zone: ZoneInfo) -> date | None:
    """The day that ends at `moment`, as people say it; None for a moment within a day."""
    local = moment.astimezone(zone)
    return None if local.time() != time.min else local.date() - timedelta(days=1)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """First moment of `day` and of the next day, in UTC; the day is half open."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)
