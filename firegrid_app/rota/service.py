"""Reading duty lists: the one door to a shift, who is on duty, the list of a month."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid, GridIds
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import OnDuty
from firegrid_app.rota.people import touching
from firegrid_app.rota.rules import month_days
from firegrid_app.rota.tables import Absence, RotaSetting, Shift
from firegrid_app.settings import settings

STREET = 1


def settable_shift(session: Session, actor: Actor, shift_id: int) -> tuple[Shift, Grid]:
    """A shift for who keeps that grid's list. Refuses `rota.unknown`, `access.outside_grid`."""
    shift = session.get(Shift, shift_id)
    if shift is None or shift.dropped_at is not None:
        raise Refused("rota.unknown")
    return shift, grid_by_id(session, actor, shift.grid_id, Action.SET_ROTA)


def grid_of(session: Session, shift: Shift) -> Grid:
    """The grid of a shift one's own; opens no door by itself."""
    grid = session.get(Grid, shift.grid_id, options=[WITHOUT_OUTLINE])
    assert grid is not None
    return grid


def shifts_between(
    session: Session, grid_ids: GridIds, first: datetime, last: datetime
) -> list[Shift]:
    """Shifts that begin between two moments in these grids, in order. The caller has checked."""
    return list(
        session.exec(
            select(Shift)
            .where(
                col(Shift.grid_id).in_(grid_ids),
                Shift.starts_at >= first,
                Shift.starts_at < last,
                col(Shift.dropped_at).is_(None),
            )
            .order_by(col(Shift.starts_at), col(Shift.ends_at), col(Shift.id))
        )
    )


def month_bounds(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """First moment of the month that begins on `first`, and of the next one."""
    days = month_days(first)
    return day_bounds(days[0], zone)[0], day_bounds(days[-1], zone)[1]


def on_duty(session: Session, grid_ids: GridIds, at: datetime) -> list[OnDuty]:
    """Who is on duty in these grids at a moment, with their numbers. The caller has checked."""
    rows = session.exec(
        select(Shift, Person)
        .join(Person, col(Person.id) == col(Shift.person_id))
        .where(
            col(Shift.grid_id).in_(grid_ids),
            Shift.starts_at <= at,
            Shift.ends_at > at,
            col(Shift.dropped_at).is_(None),
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
    )
    return [_on_duty(shift, person) for shift, person in rows]


def first_of_day(
    session: Session, grid_ids: GridIds, day: date
) -> tuple[dict[int, list[OnDuty]], set[int]]:
    """Who begins first that day by grid, and which of the grids keep a list that month at all.

    Whoever is away that day begins nothing.
    """
    zone = settings().zone
    first, last = day_bounds(day, zone)
    rows = session.exec(
        select(Shift, Person)
        .join(Person, col(Person.id) == col(Shift.person_id))
        .where(
            col(Shift.grid_id).in_(grid_ids),
            Shift.starts_at >= first,
            Shift.starts_at < last,
            col(Shift.dropped_at).is_(None),
            col(Shift.person_id).not_in(select(Absence.person_id).where(*touching(day, day))),
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
    )
    found: dict[int, list[OnDuty]] = {}
    for shift, person in rows:
        beginning = found.setdefault(shift.grid_id, [])
        card = _on_duty(shift, person)
        if not beginning or beginning[0].starts_at == card.starts_at:
            beginning.append(card)
    begins, ends = month_bounds(day.replace(day=1), zone)
    listed = session.exec(
        select(Shift.grid_id)
        .where(
            col(Shift.grid_id).in_(grid_ids),
            Shift.starts_at >= begins,
            Shift.starts_at < ends,
            col(Shift.dropped_at).is_(None),
        )
        .distinct()
    )
    return found, set(listed)


def _on_duty(shift: Shift, person: Person) -> OnDuty:
    return OnDuty(
        grid_id=shift.grid_id,
        person_id=shift.person_id,
        name=person.name,
        phone=person.phone,
        starts_at=shift.starts_at.isoformat(),
        ends_at=shift.ends_at.isoformat(),
    )


def names_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Names by person id, whether switched off or not."""
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(set(people))))
    return {person_id: name for person_id, name in rows if person_id is not None}


def hours_words(shift: Shift, zone: ZoneInfo) -> str:
    """`08:30–17:30` on the wall; `20:00–08:00 +1` where it ends the next day."""
    starts, ends = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    over = (ends.date() - starts.date()).days
    return f"{starts:%H:%M}–{ends:%H:%M}{f' +{over}' if over else ''}"


def shift_words(shift: Shift, zone: ZoneInfo) -> str:
    """Day and hours: `12-03 08:30–17:30`."""
    return f"{shift.starts_at.astimezone(zone):%m-%d} {hours_words(shift, zone)}"


def first_day(shift: Shift) -> date:
    """The day on the wall it begins on."""
    return local_day(shift.starts_at, settings().zone)


def is_on_board(session: Session, path: str) -> bool:
    """Do the boards of this grid show who is on duty today? Its street says so."""
    codes = path.strip("/").split("/")
    found = session.exec(
        select(RotaSetting.on_board)
        .join(Grid, col(Grid.id) == col(RotaSetting.grid_id))
        .where(col(Grid.code).in_(codes), Grid.level == STREET)
    )
    return bool(found.first())
