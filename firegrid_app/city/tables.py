"""Systems that may send in, and what they sent."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.records import LetIn


class CityPartner(LetIn, table=True):
    """Another system that may send reports and read them back."""

    __tablename__ = "city_partner"
    __table_args__ = (sa.UniqueConstraint("key_hash"),)

    key_hash: str = Field(max_length=64)


class CityRequest(SQLModel, table=True):
    """A report that came from another system: it may read back what it sent itself."""

    __tablename__ = "city_request"

    report_id: UUID = Field(primary_key=True, foreign_key="resident_report.id")
    partner_id: int = Field(foreign_key="city_partner.id", index=True)
    lat: float | None = None
    lon: float | None = None
    """Where it was said to be, in WGS-84."""
