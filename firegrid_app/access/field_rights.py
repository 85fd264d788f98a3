"""Whose post gives no field rights yet: the training before the post is not on record (YB-31).

A street or its county says from which day on it is asked for. Posts begun before stay as they are:
nobody who walks today is locked out by a setting.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import NEEDS_PRE_POST, Role
from firegrid_app.grids.tables import Grid
from firegrid_app.training.tables import Attendance, Certificate, Course, PrePostRule

PRE_POST = "pre_post"
"""Kind of the course and of the certificate that prove it (`training/rules.py`)."""


_RULES = (
    select(Grid.path, PrePostRule)
    .join(PrePostRule, col(PrePostRule.grid_id) == col(Grid.id))
    .order_by(col(PrePostRule.id))
)


def rules_in_force(session: Session) -> list[tuple[str, PrePostRule]]:
    """The newest rule of each grid that has one, with its path, the lowest first; read once."""
    if "pre_post_rules" not in session.info:
        with session.no_autoflush:
            rows = session.exec(_RULES).all()
        newest = {path: (path, rule) for path, rule in rows}
        session.info["pre_post_rules"] = sorted(newest.values(), key=lambda one: -len(one[0]))
    found: list[tuple[str, PrePostRule]] = session.info["pre_post_rules"]
    return found


def rule_of(session: Session, path: str) -> PrePostRule | None:
    """What is asked for in the grid with this path: its own rule or the nearest above."""
    return next((rule for at, rule in rules_in_force(session) if path.startswith(at)), None)


def untrained(session: Session, held: Sequence[Any], today: date) -> set[int]:
    """Ids of those of these posts that give no field rights yet.

    Each with its `id`, `person_id`, `role` and `starts_on`, and the `path` of its grid.
    """
    waiting: dict[int, set[int]] = {}
    for post in held:
        if Role(post.role) not in NEEDS_PRE_POST:
            continue
        rule = rule_of(session, post.path)
        if rule is not None and rule.since_on is not None and post.starts_on >= rule.since_on:
            waiting.setdefault(post.person_id, set()).add(post.id)
    for person_id in trained(session, waiting, today) if waiting else ():
        waiting.pop(person_id, None)
    return {post_id for posts in waiting.values() for post_id in posts}


def trained(session: Session, people: Collection[int], today: date) -> set[int]:
    """Those of these people whose training before the post is on record, by course or paper."""
    came = (
        select(Attendance.person_id)
        .join(Course, col(Course.id) == Attendance.course_id)
        .where(
            col(Attendance.person_id).in_(people),
            Course.kind == PRE_POST,
            col(Course.noted_at).is_not(None),
        )
    )
    proven = select(Certificate.person_id).where(
        col(Certificate.person_id).in_(people),
        Certificate.kind == PRE_POST,
        col(Certificate.ended_on).is_(None),
        or_(col(Certificate.expires_on).is_(None), col(Certificate.expires_on) >= today),
    )
    with session.no_autoflush:
        return {*session.exec(came), *session.exec(proven)}
