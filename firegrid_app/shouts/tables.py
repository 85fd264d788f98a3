"""The log of safety words called out."""

import sqlalchemy as sa
from sqlmodel import Field

from firegrid_app.records import FieldRecord


class Shout(FieldRecord, table=True):
    """One shout: which script, by which means, how many people reached (YC-36)."""

    __table_args__ = (
        sa.Index(None, "grid_id", "happened_at"),
        sa.Index(None, "patrol_id"),
        sa.Index(None, "alert_id"),
    )

    script: str = Field(max_length=40)
    means: str = Field(max_length=20)
    people_reached: int = 0
    where_words: str = Field(default="", max_length=120)
    seconds: int = 0
    """How long it was called out, as the phone counted while it played; 0: nobody counted."""
    alert_id: int | None = Field(default=None, foreign_key="alert.id")
    """The warning called out: this shout is the receipt that it was passed on (YC-46)."""
    alert_edition: int = 0
    place_id: int | None = Field(default=None, foreign_key="place.id")
    """The premises it was called out at, where it was said."""
    leaflets: int = 0
    cards: int = 0
    """Contact cards (联系卡) handed out."""
