"""What other city systems may ask and send, checked: services, dates, positions, standing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from firegrid_app.residents.rules import OFFERED

SERVICES = OFFERED
"""Codes of the services: the kinds a resident can report."""
MOST_REQUESTS = 1000
"""Requests of one answer, as GeoReport v2 has it."""
LONGEST_SPAN = timedelta(days=90)
PER_PAGE = 50
OPEN, CLOSED = "open", "closed"
TOP_LEVEL = 1
"""Jurisdictions are streets (1) and counties (0)."""


def codes_in(text: str, most: int = 50) -> tuple[str, ...]:
    """The parts of a list with commas, blanks left out."""
    return tuple(part.strip() for part in text[:2000].split(",") if part.strip())[:most]


def moment_in(text: str) -> datetime | None:
    """An ISO 8601 moment with its zone; None for what is none."""
    try:
        # A plus of a zone that was not escaped arrives as a blank.
        moment = datetime.fromisoformat(text[:40].strip().replace(" ", "+"))
        # Whatever lies outside of what a database takes is none either.
        return moment if moment.tzinfo and 2000 <= moment.year < 2100 else None
    except ValueError:
        return None


def span_of(
    start: datetime | None, end: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """The stretch that is looked at: 90 days at most, up to now without an end."""
    if end is None:
        end = start + LONGEST_SPAN if start else now
    return (start or end - LONGEST_SPAN), end


def degrees_in(fields: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude in WGS-84; None where none or nonsense is given."""
    try:
        lat, lon = float(fields.get("lat", "")), float(fields.get("long", ""))
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def name_in(fields: Mapping[str, str]) -> str:
    """Last and first name, as names are said here."""
    return " ".join(f"{fields.get('last_name', '')}{fields.get('first_name', '')}".split())
