"""Duty lists to begin from."""

from datetime import date, datetime, time

import pytest
from sqlmodel import Session, col, select

from firegrid_app.refusals import Refused
from firegrid_app.rota.changing import add_shift
from firegrid_app.rota.drawing import draw_up
from firegrid_app.rota.patterns import pattern_of
from firegrid_app.rota.tables import Shift
from firegrid_app.settings import settings
from tests.cast import A, Cast
from tests.factories import NOW

DECEMBER = "2026-12"
DAYTIME = (("08:30", "17:30"),)
NIGHT = (("20:00", "08:00"),)


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$".replace(".", r"\."))


def pattern(cast: Cast, *who: str, hours=DAYTIME, days="workdays", turn="day", at_once=1):
    return pattern_of([cast.people[one] for one in who], hours, days, turn, at_once)


def draw(session: Session, cast: Cast, *who: str, by="head_a", grid=A, month=DECEMBER, **more):
    """The list of a month in grid a, drawn up by its head."""
    ways = {key: more.pop(key) for key in ("hours", "days", "turn", "at_once") if key in more}
    people = who or ("head_a", "member_a")
    given = {"now": NOW} | more
    return draw_up(session, cast.actor(by), grid, month, pattern(cast, *people, **ways), **given)


def add(session: Session, cast: Cast, who="member_a", by="head_a", **changes) -> Shift:
    """A shift of member_a in grid a, on Tuesday 24 November by day."""
    given = {
        "grid_code": A,
        "day": date(2026, 11, 24),
        "starts": "08:30",
        "ends": "17:30",
        "person_id": cast.people[who],
        "now": NOW,
    }
    return add_shift(session, cast.actor(by), **given | changes)


def listed(session: Session, cast: Cast, grid="a") -> list[tuple[str, str]]:
    """Day and who, in order, of what stands."""
    names = {person_id: name for name, person_id in cast.people.items()}
    rows = session.exec(
        select(Shift)
        .where(Shift.grid_id == cast.grids[grid], col(Shift.dropped_at).is_(None))
        .order_by(col(Shift.starts_at), col(Shift.id))
    )
    zone = settings().zone
    return [(f"{row.starts_at.astimezone(zone):%m-%d}", names[row.person_id]) for row in rows]


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the wall."""
    return datetime.combine(day, time(hour, minute), settings().zone)
