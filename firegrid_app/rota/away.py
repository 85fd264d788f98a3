"""Who is away from the field: sent elsewhere by village or community, or on leave (YC-75, YC-88).

A mark with its days, made by whoever keeps the duty list. Where everybody of a post is away, the
day's minutes are asked of nobody: no walk is late, no duty of minutes is owed, no target stands on
the phone. What is walked all the same counts as ever. Why somebody is on leave is nobody's business
here and is not kept.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, Role, is_in_force
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import AwayLine, AwayToday
from firegrid_app.rota.people import candidates, hold, touching
from firegrid_app.rota.rules import LONGEST_AWAY, Why, away_problem
from firegrid_app.rota.service import names_of, shifts_between
from firegrid_app.rota.tables import Absence, Shift
from firegrid_app.settings import settings

WALKERS = frozenset({Role.GRID_HEAD, Role.GRID_MEMBER})
"""Whose walks fill a small grid's day."""


def note_away(
    session: Session,
    actor: Actor,
    *,
    code: str,
    person_id: int,
    why: str,
    words: str,
    first_on: date,
    last_on: date,
    now: datetime,
) -> Absence:
    """Somebody of this grid is away on these days, both included.

    Refuses `grids.unknown`, `access.outside_grid`, `rota.not_here`, `rota.bad_away` (the days),
    `rota.no_away_words` (sent elsewhere, and not where to), `rota.away_twice`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_ROTA)
    words = " ".join(words.split())[:60]
    if problem := away_problem(first_on, last_on, why, words, local_day(now, settings().zone)):
        raise Refused(problem, days=LONGEST_AWAY.days)
    hold(session, {person_id})
    person = candidates(session, grid, first_on, last_on, only={person_id}).get(person_id)
    if person is None:
        raise Refused("rota.not_here", name="?", day=first_on.isoformat())
    if person.away:
        raise Refused("rota.away_twice", name=person.name)
    made = Absence(
        person_id=person_id,
        why=why,
        words=words if why == Why.SENT else "",
        first_on=first_on,
        last_on=last_on,
        noted_by_id=actor.person_id,
        noted_at=now,
    )
    session.add(made)
    audit(session, actor.person_id, "note_away", f"person:{person_id} {first_on} {last_on}", now)
    session.flush()
    return made


def end_away(session: Session, actor: Actor, code: str, absence_id: int, now: datetime) -> None:
    """Back from today on; a mark that has not begun is taken back whole.

    Refuses `grids.unknown`, `access.outside_grid`, `rota.unknown_away`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_ROTA)
    row = session.get(Absence, absence_id)
    today = local_day(now, settings().zone)
    if row is None or row.last_on < max(today, row.first_on):
        raise Refused("rota.unknown_away")
    if not candidates(session, grid, row.first_on, row.last_on, only={row.person_id}):
        raise Refused("rota.unknown_away")
    # A span that ends before it begins holds on no day: it stays as the trail of what was noted.
    row.last_on = max(today, row.first_on) - timedelta(days=1)
    audit(session, actor.person_id, "end_away", f"person:{row.person_id} {row.last_on}", now)
    session.flush()


def absences(
    session: Session, people: Iterable[int], first: date, last: date
) -> list[tuple[Absence, str]]:
    """Marks of these people that touch the days, with their names; the earliest first."""
    rows = session.exec(
        select(Absence, Person.name)
        .join(Person, col(Person.id) == col(Absence.person_id))
        .where(col(Absence.person_id).in_(set(people)), *touching(first, last))
        .order_by(col(Absence.first_on), col(Absence.id))
    )
    return [(row, name) for row, name in rows]


def away_lines(
    session: Session,
    people: Iterable[int],
    first: date,
    last: date,
    *,
    shifts: Iterable[Shift],
    now: datetime,
) -> list[AwayLine]:
    """The same as the desk shows them beside a list's shifts. The caller has checked."""
    marks = absences(session, people, first, last)
    names = names_of(session, {row.noted_by_id for row, _ in marks})
    zone = settings().zone
    begin = [(one.person_id, local_day(one.starts_at, zone)) for one in shifts if one.ends_at > now]
    return [
        AwayLine(
            id=row.id or 0,
            name=name,
            why=row.why,
            words=row.words,
            first=row.first_on.isoformat(),
            last=row.last_on.isoformat(),
            noted_by=names[row.noted_by_id],
            is_over=row.last_on < local_day(now, zone),
            shifts=sum(person == row.person_id and row.holds(day) for person, day in begin),
        )
        for row, name in marks
    ]


def away_on(session: Session, person_id: int, day: date) -> Absence | None:
    """The mark that keeps this person away that day; None for somebody who is there."""
    return next((row for row, _ in absences(session, {person_id}, day, day)), None)


def away_by_grid(
    session: Session, grid_ids: GridIds, roles: Collection[str], day: date
) -> dict[int, list[AwayToday]]:
    """Who is away that day of those that hold one of these posts in a grid or are on its list.

    Only grids that have somebody away. The caller has checked, also who may read why.
    """
    marks = session.exec(
        select(Absence, Person)
        .join(Person, col(Person.id) == col(Absence.person_id))
        .where(*touching(day, day), col(Person.switched_off_at).is_(None))
        .order_by(col(Absence.person_id))
    ).all()
    if not marks:
        return {}
    gone = {person.id for _, person in marks}
    posts = session.exec(
        select(Post).where(
            col(Post.person_id).in_(gone),
            col(Post.grid_id).in_(grid_ids),
            col(Post.role).in_(roles),
        )
    )
    held = {
        (one.grid_id, one.person_id)
        for one in posts
        if is_in_force(one.starts_on, one.ends_on, day)
    }
    shifts = shifts_between(session, grid_ids, *day_bounds(day, settings().zone))
    listed = {(one.grid_id, one.person_id) for one in shifts if one.person_id in gone}
    found: dict[int, list[AwayToday]] = {}
    for mark, person in marks:
        for grid_id, person_id in sorted(held | listed):
            if person_id == person.id:
                is_listed = (grid_id, person_id) in listed
                card = AwayToday(
                    person.name, mark.why, mark.words, mark.last_on.isoformat(), is_listed
                )
                found.setdefault(grid_id, []).append(card)
    return found


def days_without(
    session: Session, grid_ids: GridIds, roles: Collection[str], first: date, last: date
) -> dict[int, set[date]]:
    """Days on which somebody holds one of these posts in a grid and all who do are away.

    Only grids that have such days; where a post is nobody's, nobody is away. The caller has
    checked.
    """
    away = session.exec(select(Absence).where(*touching(first, last))).all()
    if not away:
        return {}
    touched = select(Post.grid_id).where(col(Post.person_id).in_({one.person_id for one in away}))
    posts = session.exec(
        select(Post)
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.grid_id).in_(grid_ids),
            col(Post.grid_id).in_(touched),
            col(Post.role).in_(roles),
            col(Person.switched_off_at).is_(None),
        )
    ).all()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    gone = {(one.person_id, day) for one in away for day in days if one.holds(day)}
    found: dict[int, set[date]] = {}
    for grid_id in {post.grid_id for post in posts}:
        held = [post for post in posts if post.grid_id == grid_id]
        for day in days:
            there = {one.person_id for one in held if is_in_force(one.starts_on, one.ends_on, day)}
            if there and all((person, day) in gone for person in there):
                found.setdefault(grid_id, set()).add(day)
    return found
