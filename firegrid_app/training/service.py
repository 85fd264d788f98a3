"""What the page of training shows: courses, who is still to come, certificates, one's own."""

from collections import defaultdict
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code, picks_of
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings
from firegrid_app.training.before_post import pre_post_card
from firegrid_app.training.cards import (
    CourseCard,
    CourseLine,
    Coverage,
    Holder,
    Own,
    PersonPick,
    TrainingView,
)
from firegrid_app.training.certificates import certificates_below, own_certificates
from firegrid_app.training.courses import own_course
from firegrid_app.training.people import Held, once_each, posts_on
from firegrid_app.training.rules import COURSES, CertificateStanding, CourseKind, good_until
from firegrid_app.training.tables import Attendance, Course

MOST_LISTED = 60
MOST_NAMED = 60
"""Names of who is still to come, shown at a time; the count is of all."""


def training_view(session: Session, actor: Actor, code: str, now: datetime) -> TrainingView:
    """One's own training and, of a grid one leads, its courses, coverage and certificates.

    Names and certificates only for who keeps the register there. Refuses `grids.unknown` and
    `access.outside_grid`.
    """
    today = local_day(now, settings().zone)
    own = TrainingView(
        own_courses=_own_courses(session, actor),
        own_certificates=tuple(own_certificates(session, actor, now)),
        today=today.isoformat(),
    )
    picks = grids_to_open(session, actor, Action.HOLD_MEETINGS)
    if not picks:
        return own
    grid = grid_by_code(session, actor, code or picks[0].code, Action.HOLD_MEETINGS)
    keeps = actor.may(Action.KEEP_TRAINING, grid.path)
    certificates = certificates_below(session, actor, grid.code, now) if keeps else []
    standings = [one.standing for one in certificates]
    return TrainingView(
        code=grid.code,
        name=grid.name,
        picks=tuple(picks_of(picks)),
        may_hold=True,
        may_keep=keeps,
        courses=course_lines(session, grid, today),
        coverage=coverage_of(session, grid, today, named=keeps),
        certificates=tuple(certificates),
        expired=standings.count(CertificateStanding.EXPIRED),
        soon=standings.count(CertificateStanding.SOON)
        + standings.count(CertificateStanding.COMING),
        holders=_holders(session, grid, today) if keeps else (),
        pre_post=pre_post_card(session, actor, grid),
        own_courses=own.own_courses,
        own_certificates=own.own_certificates,
        today=own.today,
    )


def course_card(session: Session, actor: Actor, course_id: int, now: datetime) -> CourseCard:
    """One course with everybody who may have been there: who held a post here on its day."""
    course, grid = own_course(session, actor, course_id)
    today = local_day(now, settings().zone)
    came = set(session.exec(select(Attendance.person_id).where(Attendance.course_id == course.id)))
    people = once_each(posts_on(session, grid, min(course.held_on, today)))
    return CourseCard(
        id=course.id or 0,
        line=_line(course, today, len(came)),
        people=tuple(
            PersonPick(person.id or 0, person.name, post.role, place.name, person.id in came)
            for person, post, place in people
        ),
    )


def course_lines(session: Session, grid: Grid, today: date) -> tuple[CourseLine, ...]:
    """Courses of a grid, the latest first. The caller has checked the grid."""
    rows = session.exec(
        select(Course)
        .where(Course.grid_id == grid.id)
        .order_by(col(Course.held_on).desc(), col(Course.id).desc())
        .limit(MOST_LISTED)
    ).all()
    counts = dict(
        session.exec(
            select(Attendance.course_id, func.count())
            .where(col(Attendance.course_id).in_({row.id for row in rows}))
            .group_by(col(Attendance.course_id))
        ).all()
    )
    return tuple(_line(row, today, counts.get(row.id or 0, 0)) for row in rows)


def _line(row: Course, today: date, came: int) -> CourseLine:
    return CourseLine(
        id=row.id or 0,
        kind=row.kind,
        subject=row.subject,
        title=row.title,
        audience=row.audience,
        day=row.held_on.isoformat(),
        hours=_hours(row.minutes),
        trainer=row.trainer,
        place=row.place,
        noted=row.noted_at is not None,
        missed=row.noted_at is None and row.held_on < today,
        came=came,
        others=row.others,
    )


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def coverage_of(session: Session, grid: Grid, today: date, *, named: bool) -> tuple[Coverage, ...]:
    """Of each course who needs it here and had it in time, wherever they had it.

    The caller has checked the grid; names only for who keeps the register.
    """
    held = posts_on(session, grid, today)
    latest = _latest(session, {person.id or 0 for person, _, _ in held})
    rows = (_coverage(kind, held, latest, today, named=named) for kind in COURSES if kind.roles)
    return tuple(row for row in rows if row.needed)


def _coverage(
    kind: CourseKind,
    held: list[Held],
    latest: dict[tuple[int, str], date],
    today: date,
    *,
    named: bool,
) -> Coverage:
    needing = once_each([one for one in held if one[1].role in kind.roles])
    missing = []
    for person, _, place in needing:
        had_on = latest.get((person.id or 0, kind.code))
        until = good_until(kind, had_on) if had_on is not None else None
        if had_on is None or (until is not None and until < today):
            missing.append(Holder(person.id or 0, person.name, place.name))
    return Coverage(
        course=kind.code,
        months=kind.months,
        ours=kind.ours,
        source="、".join(kind.sources),
        needed=len(needing),
        had=len(needing) - len(missing),
        missing=tuple(missing[:MOST_NAMED]) if named else (),
    )


def _latest(session: Session, person_ids: set[int]) -> dict[tuple[int, str], date]:
    """When each of these people was last at a course of each kind."""
    found: dict[tuple[int, str], date] = defaultdict(lambda: date.min)
    rows = session.exec(
        select(Attendance.person_id, Course.kind, func.max(Course.held_on))
        .join(Course, col(Course.id) == Attendance.course_id)
        .where(col(Attendance.person_id).in_(person_ids), col(Course.noted_at).is_not(None))
        .group_by(col(Attendance.person_id), col(Course.kind))
    )
    for person_id, kind, day in rows:
        found[person_id, kind] = day
    return dict(found)


def _own_courses(session: Session, actor: Actor) -> tuple[Own, ...]:
    rows = session.exec(
        select(Course)
        .join(Attendance, col(Attendance.course_id) == Course.id)
        .where(Attendance.person_id == actor.person_id)
        .order_by(col(Course.held_on).desc())
        .limit(MOST_LISTED)
    )
    return tuple(
        Own(row.kind, row.title, row.held_on.isoformat(), _hours(row.minutes)) for row in rows
    )


def _holders(session: Session, grid: Grid, today: date) -> tuple[Holder, ...]:
    return tuple(
        Holder(person.id or 0, person.name, place.name)
        for person, _, place in once_each(posts_on(session, grid, today))
    )
