"""What a field of a record may hold: its length, its range, and nothing a database cannot keep."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL character; a body with one is refused here, not by the database."""
Words = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NO_NUL)]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC)),
]
"""Aware, and far enough from the calendar's ends that no time zone pushes it over them."""
Offset = Annotated[int, Field(ge=-(10**12), le=10**12)]
"""Milliseconds; some thirty years are more than any phone's clock is off."""
Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]
