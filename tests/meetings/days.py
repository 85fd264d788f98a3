"""Meetings ready to be held, and the days around them."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from firegrid_app.access.rules import Actor
from firegrid_app.meetings import holding, planning
from firegrid_app.meetings.tables import AgendaItem, Meeting
from tests.cast import STREET
from tests.factories import NOW

TODAY = date(2026, 11, 23)
ROLES = ("street_officer", "department_handler", "community_secretary")


def planned(session: Session, actor: Actor, **changes: Any) -> Meeting:
    """The street's monthly risk meeting of today, with one item of its own."""
    values: dict[str, Any] = {
        "grid_code": STREET,
        "kind": "risk_analysis",
        "title": "",
        "day": TODAY,
        "clock_time": "14:30",
        "place": "街道三楼会议室",
        "first_on": None,
        "roles": ROLES,
        "items": [("facilities", "小桥子社区消火栓缺水")],
        "now": NOW,
    }
    return planning.plan(session, actor, **values | changes)


def held(
    session: Session, actor: Actor, came: list[int], now: datetime = NOW, **changes: Any
) -> Meeting:
    """The same, held with these people."""
    meeting = planned(session, actor, now=now, **changes)
    return holding.hold(session, actor, meeting.id, came=came, guests="", now=now)


def items_of(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """Its agenda in order."""
    return list(
        session.exec(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.number)  # type: ignore[arg-type]
        )
    )


def decide(
    session: Session, actor: Actor, meeting: Meeting, person: int | None, **changes: Any
) -> Any:
    """A decision for this person, due in a week."""
    values: dict[str, Any] = {
        "words": "补齐3栋消火栓水带",
        "person_id": person,
        "due_on": TODAY + timedelta(days=7),
        "hazard_id": None,
        "now": NOW,
    }
    return holding.decide(session, actor, meeting.id, **values | changes)
