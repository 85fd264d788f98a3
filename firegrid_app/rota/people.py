"""Who may be put on a grid's duty list: whoever holds a post there or below it that day."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Role, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.rules import Moments, overlaps
from firegrid_app.rota.tables import Absence, Shift

_ORDER = tuple(Role)


@dataclass(frozen=True)
class Candidate:
    """Somebody with a post in the grid or below it."""

    id: int
    name: str
    phone: str
    role: str
    """The highest of the posts."""
    level: int
    """Grid level that post is held at."""
    spans: tuple[tuple[date, date | None], ...]
    away: tuple[tuple[date, date], ...] = ()
    """Days on which they are sent elsewhere or on leave."""

    def is_here(self, day: date) -> bool:
        """Is a post held that day, by somebody who is not away?"""
        return any(is_in_force(starts, ends, day) for starts, ends in self.spans) and not any(
            first <= day <= last for first, last in self.away
        )


def candidates(
    session: Session, grid: Grid, first: date, last: date, *, only: set[int] | None = None
) -> dict[int, Candidate]:
    """By person id, in order of their posts; nobody who is switched off. `only` these people."""
    query = (
        select(Person, Post, Grid.level)
        .join(Post, col(Post.person_id) == col(Person.id))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(
            col(Grid.path).startswith(grid.path, autoescape=True),
            col(Person.switched_off_at).is_(None),
            Post.starts_on <= last,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= first),
        )
    )
    if only is not None:
        query = query.where(col(Person.id).in_(only))
    found: dict[int, list[tuple[Person, Post, int]]] = {}
    for person, post, level in session.exec(query.order_by(col(Person.id), col(Post.id))):
        found.setdefault(person.id or 0, []).append((person, post, level))
    away: dict[int, list[tuple[date, date]]] = {}
    for one in session.exec(
        select(Absence).where(col(Absence.person_id).in_(found), *touching(first, last))
    ):
        away.setdefault(one.person_id, []).append((one.first_on, one.last_on))
    made = [_candidate(rows, tuple(away.get(key, ()))) for key, rows in found.items()]
    made.sort(key=lambda one: (one.level, _ORDER.index(Role(one.role)), one.id))
    return {one.id: one for one in made}


def touching(first: date, last: date) -> list[sa.ColumnElement[bool]]:
    """Marks of who is away that hold on one of these days."""
    return [
        col(Absence.first_on) <= last,
        col(Absence.last_on) >= first,
        col(Absence.last_on) >= col(Absence.first_on),
    ]


def _candidate(
    rows: list[tuple[Person, Post, int]], away: tuple[tuple[date, date], ...]
) -> Candidate:
    person, post, level = min(rows, key=lambda row: (row[2], _ORDER.index(Role(row[1].role))))
    spans = tuple((one.starts_on, one.ends_on) for _, one, _ in rows)
    return Candidate(person.id or 0, person.name, person.phone, post.role, level, spans, away)


def hold(session: Session, people: set[int]) -> None:
    """Nobody else changes these people's shifts until this transaction ends.

    Two desks could put one person on duty twice at the same hours otherwise; SQLite has one writer
    anyway.
    """
    rows = select(Person.id).where(col(Person.id).in_(people)).order_by(col(Person.id))
    session.exec(rows.with_for_update()).all()


def shifts_of(
    session: Session, people: set[int], first: datetime, last: datetime
) -> dict[int, list[Shift]]:
    """What these people have on any list between two moments."""
    found: dict[int, list[Shift]] = {person: [] for person in people}
    rows = session.exec(
        select(Shift).where(
            col(Shift.person_id).in_(people),
            Shift.starts_at < last,
            Shift.ends_at > first,
            col(Shift.dropped_at).is_(None),
        )
    )
    for shift in rows:
        found[shift.person_id].append(shift)
    return found


def refuse_unfit(
    session: Session,
    grid: Grid,
    person_id: int,
    day: date,
    moments: Moments,
    *,
    but: frozenset[int] = frozenset(),
) -> Candidate:
    """The person, if they may be on duty there then. `but` are shifts that are about to be theirs
    no more.

    Refuses `rota.not_here` (no post in the grid that day, or switched off), `rota.away` and
    `rota.overlap`.
    """
    hold(session, {person_id})
    person = candidates(session, grid, day, day, only={person_id}).get(person_id)
    if person is None:
        known = session.get(Person, person_id)
        name = known.name if known is not None and _was_here(session, grid, person_id) else "?"
        raise Refused("rota.not_here", name=name, day=day.isoformat())
    if not person.is_here(day):
        raise Refused("rota.away", name=person.name, day=day.isoformat())
    for shift in shifts_of(session, {person_id}, *moments)[person_id]:
        if shift.id not in but and overlaps((shift.starts_at, shift.ends_at), moments):
            raise Refused("rota.overlap", name=person.name, day=day.isoformat())
    return person


def _was_here(session: Session, grid: Grid, person_id: int) -> bool:
    """Is the name known to who keeps this list? Nobody learns names by trying numbers."""
    held = (
        select(Post.id)
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(
            Post.person_id == person_id,
            col(Grid.path).startswith(grid.path, autoescape=True),
        )
        .limit(1)
    )
    return session.exec(held).first() is not None
