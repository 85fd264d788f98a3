"""Orders of the hotline 12345, and the reports they became."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class HotlineOrder(SQLModel, table=True):
    """An order of the hotline 12345 (YB-73), by its number: the report it became, and until when
    the hotline wants an answer."""

    __tablename__ = "hotline_order"
    __table_args__ = (sa.UniqueConstraint("number"),)

    report_id: UUID = Field(primary_key=True, foreign_key="resident_report.id")
    number: str = Field(max_length=40)
    due_on: date | None = None
    content_hash: str = Field(max_length=64)
    """Over what it says: the same number with other content is told, not taken."""
    partner_id: int | None = Field(default=None, foreign_key="city_partner.id")
    """The system that sent it; None: from a file."""
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
