"""Courses, certificates and drills to begin from."""

from datetime import date
from typing import Any

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.training import certificates, courses, drills
from firegrid_app.training.tables import Certificate, Course, Drill
from tests.cast import COMMUNITY
from tests.factories import NOW

TODAY = date(2026, 11, 23)


def planned(session: Session, actor: Actor, **changes: Any) -> Course:
    """The community's training of its grid staff, today."""
    values: dict[str, Any] = {
        "grid_code": COMMUNITY,
        "kind": "topical",
        "subject": "professional",
        "title": "冬季取暖用电",
        "audience": "grid_staff",
        "day": TODAY,
        "hours": "1.5",
        "trainer": "消防救援大队",
        "place": "社区会议室",
        "now": NOW,
    }
    return courses.plan_course(session, actor, **values | changes)


def held(
    session: Session, actor: Actor, came: list[int], others: str = "", **changes: Any
) -> Course:
    """The same, held with these people."""
    course = planned(session, actor, **changes)
    return courses.note_who_was_there(
        session, actor, course.id or 0, came=came, others=others, now=changes.get("now", NOW)
    )


def certificate(session: Session, actor: Actor, person: int, **changes: Any) -> Certificate:
    """A facility operator's certificate, good for two months more."""
    values: dict[str, Any] = {
        "kind": "facility_operator",
        "number": "XF-2024 0001",
        "issuer": "消防行业职业技能鉴定指导中心",
        "issued_on": date(2024, 1, 20),
        "expires_on": date(2027, 1, 20),
        "now": NOW,
    }
    return certificates.enter_certificate(session, actor, person, **values | changes)


def drill(session: Session, actor: Actor, **changes: Any) -> Drill:
    """An evacuation of the community, planned for today."""
    values: dict[str, Any] = {
        "grid_code": COMMUNITY,
        "kind": "evacuation",
        "place": "1栋",
        "scenario": "1栋2层厨房起火，烟气进入楼梯间。",
        "day": TODAY,
        "now": NOW,
    }
    return drills.plan_drill(session, actor, **values | changes)


def noted(session: Session, actor: Actor, made: Drill, **changes: Any) -> Drill:
    """How it went."""
    values: dict[str, Any] = {
        "people": "46",
        "forces": "微型消防站、物业",
        "arrived_after": "4",
        "went_well": "老人有人搀扶",
        "went_wrong": "3层常闭门打不开",
        "now": NOW,
    }
    return drills.note_drill(session, actor, made.id, **values | changes)
