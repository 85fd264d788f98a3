"""Days that differ from Monday to Friday."""

from datetime import date

from sqlmodel import Field, SQLModel


class CalendarDay(SQLModel, table=True):
    """A public holiday on a weekday, or a make-up workday (调休) on a weekend."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    is_workday: bool
    name: str = Field(default="", max_length=40)
