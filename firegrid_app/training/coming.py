"""What comes up for one person: meetings they are asked to, courses for their post, drills (YB-44).

Every phone carries it in its day pack, so that nobody is asked by telephone what is on record.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.meetings.tables import Invitee, Meeting
from firegrid_app.settings import settings
from firegrid_app.texts import say
from firegrid_app.training.cards import ComingCard
from firegrid_app.training.rules import COURSE, GRID_STAFF_ROLES, Audience
from firegrid_app.training.tables import Course, Drill

AHEAD = timedelta(days=45)
MOST = 20


def coming_for(session: Session, actor: Actor, now: datetime) -> list[ComingCard]:
    """What is on the plan for this person from today on, the next first."""
    found = [
        *_meetings(session, actor, now),
        *_courses(session, actor, now),
        *_drills(session, actor, now),
    ]
    return sorted(found, key=lambda one: (one.day, one.time or "99", one.sort, one.id))[:MOST]


def name_of(card: ComingCard, language: str) -> str:
    """What it is called: by its title, or by its kind."""
    if card.title:
        return card.title
    if card.sort == "meeting":
        return say(f"meetings.kind.{card.kind}", language)
    if card.sort == "course":
        return say(f"training.course.{card.kind}", language)
    return say(f"training.drill.{card.kind}", language)


def _meetings(session: Session, actor: Actor, now: datetime) -> list[ComingCard]:
    zone = settings().zone
    rows = session.exec(
        select(Meeting, Grid.name)
        .join(Invitee, col(Invitee.meeting_id) == col(Meeting.id))
        .join(Grid, col(Grid.id) == col(Meeting.grid_id))
        .where(
            Invitee.person_id == actor.person_id,
            col(Meeting.held_at).is_(None),
            col(Meeting.cancelled_at).is_(None),
            # One that is late is still to come; one of yesterday is over or was missed.
            Meeting.starts_at >= now - timedelta(hours=12),
            Meeting.starts_at < now + AHEAD,
        )
        .order_by(col(Meeting.starts_at))
        .limit(MOST)
    )
    return [
        ComingCard(
            sort="meeting",
            id=str(row.id),
            kind=row.kind,
            title=row.title,
            day=local_day(row.starts_at, zone).isoformat(),
            time=f"{row.starts_at.astimezone(zone):%H:%M}",
            place=row.place,
            grid_name=name,
        )
        for row, name in rows
        if local_day(row.starts_at, zone) >= local_day(now, zone)
    ]


def _courses(session: Session, actor: Actor, now: datetime) -> list[ComingCard]:
    paths = _above(actor)
    if not paths:
        return []
    today = local_day(now, settings().zone)
    rows = session.exec(
        select(Course, Grid)
        .join(Grid, col(Grid.id) == col(Course.grid_id))
        .where(
            col(Grid.path).in_(paths),
            col(Course.noted_at).is_(None),
            Course.held_on >= today,
            Course.held_on <= today + AHEAD,
        )
        .order_by(col(Course.held_on), col(Course.id))
    )
    return [
        ComingCard(
            sort="course",
            id=str(row.id),
            kind=row.kind,
            title=row.title,
            day=row.held_on.isoformat(),
            place=row.place,
            grid_name=grid.name,
        )
        for row, grid in rows
        if _is_for(row, grid, actor)
    ]


def _is_for(course: Course, grid: Grid, actor: Actor) -> bool:
    """Is the course meant for a post this person holds in its grid or below?"""
    roles = set(COURSE[course.kind].roles)
    if course.audience == Audience.GRID_STAFF:
        roles |= GRID_STAFF_ROLES
    return any(post.role in roles and post.grid_path.startswith(grid.path) for post in actor.posts)


def _drills(session: Session, actor: Actor, now: datetime) -> list[ComingCard]:
    paths = _above(actor)
    if not paths:
        return []
    today = local_day(now, settings().zone)
    rows = session.exec(
        select(Drill, Grid.name)
        .join(Grid, col(Grid.id) == col(Drill.grid_id))
        .where(
            col(Grid.path).in_(paths),
            col(Drill.noted_at).is_(None),
            Drill.held_on >= today,
            Drill.held_on <= today + AHEAD,
        )
        .order_by(col(Drill.held_on))
    )
    return [
        ComingCard(
            sort="drill",
            id=str(row.id),
            kind=row.kind,
            title="",
            day=row.held_on.isoformat(),
            place=row.place,
            grid_name=name,
        )
        for row, name in rows
    ]


def _above(actor: Actor) -> set[str]:
    """Paths of the grids one holds a post in, and of all above them."""
    found = set()
    for post in actor.posts:
        codes = post.grid_path.strip("/").split("/")
        found |= {"/".join(codes[: level + 1]) + "/" for level in range(len(codes))}
    return found
