"""Who looks after whom: neighbours paired with households that need help to get out (YB-70)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime


class NeighbourPair(SQLModel, table=True):
    """A neighbour who looks after a household with a care mark. Ended, never deleted; what was
    known of the neighbour is gone then (privacy E.3)."""

    __tablename__ = "neighbour_pair"

    id: int | None = Field(default=None, primary_key=True)
    household_id: int = Field(foreign_key="household.id", index=True)
    helper_id: int | None = Field(default=None, foreign_key="household.id", index=True)
    """The neighbour's door; None: somebody who lives elsewhere, known by name."""
    name: str = Field(default="", max_length=20)
    phone: str = Field(default="", max_length=20)
    note: str = Field(default="", max_length=80)
    """How to get out together: which stair, what to take. No diagnosis."""
    agreed_on: date
    """The day the neighbour agreed to be on the list."""
    made_by_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]
