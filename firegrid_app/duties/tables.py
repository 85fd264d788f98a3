"""The calendar, the rules of a grid, the dated duties they make, and the ticks."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from firegrid_app.database import UtcDateTime
from firegrid_app.records import FieldRecord


class CalendarDay(SQLModel, table=True):
    """A public holiday on a weekday, or a make-up workday (调休) on a weekend."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    is_workday: bool
    name: str = Field(default="", max_length=40)


class SeasonSpan(SQLModel, table=True):
    """A season's own span in one year, as a yearly order sets it, in a grid and all below."""

    __tablename__ = "season_span"
    __table_args__ = (sa.UniqueConstraint("grid_id", "code", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    code: str = Field(max_length=30)
    year: int
    first_on: date
    last_on: date


class PresetChoice(SQLModel, table=True):
    """Which plan's rules a grid and all below it follow; a street's choice goes before the
    county's. Empty is none."""

    __tablename__ = "preset_choice"

    grid_id: int = Field(primary_key=True, foreign_key="grid.id")
    preset: str = Field(max_length=30)
    chosen_by_id: int | None = Field(default=None, foreign_key="person.id")
    chosen_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]


class ObligationRule(SQLModel, table=True):
    """One rule in force in a grid and all below it. Never changed: it ends and another begins."""

    __tablename__ = "obligation_rule"
    __table_args__ = (sa.Index(None, "grid_id", "ends_on"),)

    id: int | None = Field(default=None, primary_key=True)
    grid_id: int = Field(foreign_key="grid.id")
    preset: str = Field(default="", max_length=30)
    """Empty for a rule an office wrote itself."""
    code: str = Field(max_length=40)
    kind: str = Field(max_length=20)
    role: str = Field(max_length=30)
    level: int
    rhythm: str = Field(max_length=20)
    times: int = 1
    target: int = 0
    season: str = Field(default="", max_length=30)
    starts_on: date
    ends_on: date | None = None
    once_on: date | None = None
    words: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=30)
    ours: str = Field(default="", max_length=60)
    """What of it the plan leaves open, commas between."""
    made_by_id: int | None = Field(default=None, foreign_key="person.id")


class Duty(SQLModel, table=True):
    """Something due in one grid in one period. It belongs to the grid and the rule's role: who
    holds the post sees it, also when the post changes hands meanwhile.

    No foreign keys: rows are made by one statement from the very rows they would point to, which
    are never deleted; on PostgreSQL checking each of 400,000 again costs as much as making them.
    """

    __table_args__ = (sa.Index(None, "grid_id", "due_on"),)

    rule_id: int = Field(primary_key=True)
    grid_id: int = Field(primary_key=True)
    first_on: date = Field(primary_key=True)
    number: int = Field(default=1, primary_key=True)
    last_on: date
    due_on: date


class DutyHorizon(SQLModel, table=True):
    """How far ahead duties are made; one row."""

    __tablename__ = "duty_horizon"

    id: int = Field(default=1, primary_key=True)
    made_to: date


class CalendarFeed(SQLModel, table=True):
    """The secret address of a person's calendar feed; only its hash is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (sa.UniqueConstraint("token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    language: str = Field(max_length=10)
    made_at: datetime = Field(sa_type=UtcDateTime)  # type: ignore[call-overload]
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # type: ignore[call-overload]


class DutyTick(FieldRecord, table=True):
    """A person says that a duty is done. It names the duty by rule, grid and period, because a
    phone may tick offline while the row is made anew. The first tick counts, later ones stay."""

    __tablename__ = "duty_tick"
    __table_args__ = (sa.Index(None, "grid_id", "first_on"),)

    rule_id: int = Field(foreign_key="obligation_rule.id")
    first_on: date
    number: int = 1
    note: str = Field(default="", max_length=500)
