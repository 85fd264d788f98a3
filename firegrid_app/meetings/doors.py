"""The one door to a meeting, for who holds it and for who looks; its day and how it stands."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.meetings.rules import AHEAD, LATE, Standing, standing_of
from firegrid_app.meetings.tables import Invitee, Meeting
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def own_meeting(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Meeting, Grid]:
    """The one door to a meeting for who holds it; nobody else changes it until the end.

    Refuses `meetings.unknown` and `access.outside_grid`.
    """
    meeting = session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None:
        raise Refused("meetings.unknown")
    return meeting, grid_by_id(session, actor, meeting.grid_id, Action.HOLD_MEETINGS)


def planned(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Meeting, Grid]:
    """The same for one not held yet. Refuses `meetings.cancelled` and `meetings.held_already`."""
    meeting, grid = own_meeting(session, actor, meeting_id)
    if meeting.cancelled_at is not None:
        raise Refused("meetings.cancelled")
    if meeting.held_at is not None:
        raise Refused("meetings.held_already")
    return meeting, grid


def refuse_confirmed(meeting: Meeting) -> None:
    """Refuse `meetings.cancelled` and `meetings.confirmed`: nothing of those is changed."""
    if meeting.cancelled_at is not None:
        raise Refused("meetings.cancelled")
    if meeting.confirmed_at is not None:
        raise Refused("meetings.confirmed")


def being_minuted(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Meeting, Grid]:
    """The same for one that was held and whose minutes can still be changed.

    Refuses `meetings.cancelled`, `meetings.confirmed` and `meetings.not_held`.
    """
    meeting, grid = own_meeting(session, actor, meeting_id)
    refuse_confirmed(meeting)
    if meeting.held_at is None:
        raise Refused("meetings.not_held")
    return meeting, grid


def day_of(meeting: Meeting) -> date:
    """The day of a meeting on the street's wall."""
    return local_day(meeting.starts_at, settings().zone)


def moment_of(day: date, clock_time: str, now: datetime) -> datetime:
    """Day and wall clock as a moment. Refuses `meetings.bad_time` and `meetings.day_far_off`."""
    try:
        hour, minute = (int(part) for part in clock_time.split(":"))
        at = time(hour, minute)
    except ValueError:
        raise Refused("meetings.bad_time") from None
    today = local_day(now, settings().zone)
    if not today - LATE <= day <= today + AHEAD:
        raise Refused("meetings.day_far_off", late=LATE.days, ahead=AHEAD.days)
    return day_bounds(day, settings().zone)[0] + timedelta(hours=at.hour, minutes=at.minute)


def seen(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Meeting, Grid, Invitee | None]:
    """The same for who only looks: who may look into the grid, and everybody asked to come.

    Refuses `meetings.unknown` and `access.outside_grid`.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise Refused("meetings.unknown")
    grid = session.get(Grid, meeting.grid_id, options=[WITHOUT_OUTLINE])
    asked = session.get(Invitee, (meeting.id, actor.person_id))
    if grid is None or (asked is None and not actor.may(Action.SEE_GRID, grid.path)):
        raise Refused("access.outside_grid")
    return meeting, grid, asked


def standing_now(meeting: Meeting, now: datetime) -> Standing:
    """How it stands today."""
    return standing_of(
        day_of(meeting),
        local_day(now, settings().zone),
        held=meeting.held_at is not None,
        confirmed=meeting.confirmed_at is not None,
        cancelled=meeting.cancelled_at is not None,
    )
