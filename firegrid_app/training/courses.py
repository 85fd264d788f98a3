"""Use cases of courses: plan one, say who was there, put it right, drop what was only planned."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.people import once_each, posts_on
from firegrid_app.training.rules import (
    AHEAD,
    COURSE,
    LATE,
    MOST_HOURS,
    MOST_PEOPLE,
    Audience,
    Subject,
)
from firegrid_app.training.tables import Attendance, Course


def plan_course(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    subject: str,
    title: str,
    audience: str,
    day: date,
    hours: str,
    trainer: str,
    place: str,
    now: datetime,
) -> Course:
    """Put a course on the plan; one that was held already is planned on its day.

    Refuses `training.unknown_course`, `training.unknown_subject`, `training.unknown_audience`,
    `training.day_far_off`, `training.bad_hours`, `training.there_already` and what the grid's door
    refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.HOLD_MEETINGS)
    if kind not in COURSE:
        raise Refused("training.unknown_course")
    if subject not in tuple(Subject):
        raise Refused("training.unknown_subject")
    if audience not in tuple(Audience):
        raise Refused("training.unknown_audience")
    refuse_far_off(day, now)
    title = " ".join(title.split())[:80]
    twin = select(Course.id).where(
        Course.grid_id == grid.id,
        Course.kind == kind,
        Course.held_on == day,
        Course.title == title,
        Course.audience == audience,
    )
    if session.exec(twin).first() is not None:
        raise Refused("training.there_already")
    course = Course(
        grid_id=grid.id or 0,
        kind=kind,
        subject=subject,
        title=title,
        audience=audience,
        held_on=day,
        minutes=_minutes(hours),
        trainer=" ".join(trainer.split())[:80],
        place=" ".join(place.split())[:80],
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(course)
    audit(session, actor.person_id, "plan_course", f"grid:{grid.code} {kind} {day}", now)
    session.flush()
    return course


def note_who_was_there(
    session: Session,
    actor: Actor,
    course_id: int,
    *,
    came: Collection[int],
    others: str,
    now: datetime,
) -> Course:
    """It was held, and these were there; said again, it puts that right.

    Only who held a post here on that day can have been there. From here on it does the training
    duty of its grid. Refuses `training.not_yet`, `training.nobody_came`, `training.bad_count`,
    `training.not_in_post`.
    """
    course, grid = own_course(session, actor, course_id)
    if course.held_on > local_day(now, settings().zone):
        raise Refused("training.not_yet", day=course.held_on.isoformat())
    number = whole_number(others)
    if not came and not number:
        raise Refused("training.nobody_came")
    there = {
        person.id: (post, held_in)
        for person, post, held_in in once_each(posts_on(session, grid, course.held_on))
    }
    if not set(came) <= set(there):
        raise Refused("training.not_in_post")
    session.exec(delete(Attendance).where(col(Attendance.course_id) == course.id))
    for person_id in sorted(set(came)):
        post, held_in = there[person_id]
        session.add(
            Attendance(
                course_id=course.id or 0,
                person_id=person_id,
                grid_id=held_in.id or 0,
                role=post.role,
            )
        )
    course.others = number
    course.noted_at, course.noted_by_id = now, actor.person_id
    audit(session, actor.person_id, "note_course", f"course:{course.id}", now)
    session.flush()
    return course


def drop_course(session: Session, actor: Actor, course_id: int, now: datetime) -> None:
    """Take a course off the plan. Refuses `training.held_already`: what was held stays."""
    course, _ = own_course(session, actor, course_id)
    if course.noted_at is not None:
        raise Refused("training.held_already")
    session.delete(course)
    audit(session, actor.person_id, "drop_course", f"course:{course_id}", now)
    session.flush()


def own_course(session: Session, actor: Actor, course_id: int) -> tuple[Course, Grid]:
    """The one door to a course. Refuses `training.unknown` and `access.outside_grid`."""
    course = session.get(Course, course_id, with_for_update=True)
    if course is None:
        raise Refused("training.unknown")
    return course, grid_by_id(session, actor, course.grid_id, Action.HOLD_MEETINGS)


def refuse_far_off(day: date, now: datetime) -> None:
    """Refuse `training.day_far_off`: the year is wrong then."""
    today = local_day(now, settings().zone)
    if not today - LATE <= day <= today + AHEAD:
        raise Refused("training.day_far_off")


def whole_number(text: str) -> int:
    """How many people; empty is none. Refuses `training.bad_count`."""
    text = text.strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= MOST_PEOPLE):
        raise Refused("training.bad_count", most=MOST_PEOPLE)
    return int(text)


def _minutes(hours: str) -> int:
    """1.5 hours are 90 minutes. Refuses `training.bad_hours`."""
    try:
        found = float(hours.strip())
    except ValueError:
        raise Refused("training.bad_hours", most=MOST_HOURS) from None
    if not 0.25 <= found <= MOST_HOURS:
        raise Refused("training.bad_hours", most=MOST_HOURS)
    return round(found * 60)
