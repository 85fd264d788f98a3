"""Check points of the grids."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.points.rules import new_tag


class CheckPoint(SQLModel, table=True):
    """Somewhere worth arriving at: a floor of a stairwell, a roof, premises, a village lane.

    Never deleted, for arrivals refer to it: one that is no longer walked to has a last day.
    """

    __tablename__ = "check_point"
    __table_args__ = (sa.UniqueConstraint("code"), sa.UniqueConstraint("tag"))

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    """The register's key; it follows from what the point stands for."""
    tag: str = Field(default_factory=new_tag, max_length=10)
    """The printed code."""
    grid_id: int = Field(foreign_key="grid.id", index=True)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=20)
    building: str = Field(default="", max_length=30)
    unit: str = Field(default="", max_length=30)
    floor: int | None = None
    """Storey, negative below ground; None for a point that is of no one floor."""
    lat: float | None = None
    lon: float | None = None
    ends_on: date | None = None
    """Its last day; None while it stands."""
    kept_by_hand: bool = False
    """Named or closed at the desk: registers leave that alone from then on."""
    place_id: int | None = Field(default=None, foreign_key="place.id")
