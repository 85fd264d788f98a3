"""Use cases of minutes: written item by item, confirmed, then only corrected with a trail."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import audit
from firegrid_app.meetings.doors import being_minuted, own_meeting
from firegrid_app.meetings.tables import AgendaItem, Meeting, MinutesCorrection
from firegrid_app.refusals import Refused


def set_minutes(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    item_id: int,
    *,
    was: str,
    words: str,
    now: datetime,
) -> AgendaItem:
    """The minutes of one item, until they are confirmed. `was` is what the writer saw before.

    Refuses `meetings.changed_meanwhile` when somebody else wrote in between.
    """
    meeting, _ = being_minuted(session, actor, meeting_id)
    item = _item(session, meeting, item_id)
    words = _tidy(words)
    if item.minutes not in (_tidy(was), words):
        raise Refused("meetings.changed_meanwhile")
    item.minutes = words
    audit(session, actor.person_id, "set_minutes", f"meeting:{meeting.id} item:{item.number}", now)
    session.flush()
    return item


def confirm(session: Session, actor: Actor, meeting_id: UUID, now: datetime) -> Meeting:
    """The minutes are right: from now on only a correction changes them.

    Refuses `meetings.not_held`, `meetings.confirmed`, and `meetings.no_minutes` when nothing was
    written of any item.
    """
    meeting, _ = being_minuted(session, actor, meeting_id)
    items = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id))
    if not any(item.minutes for item in items):
        raise Refused("meetings.no_minutes")
    meeting.confirmed_at, meeting.confirmed_by_id = now, actor.person_id
    audit(session, actor.person_id, "confirm_minutes", f"meeting:{meeting.id}", now)
    session.flush()
    return meeting


def correct(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    item_id: int,
    *,
    was: str,
    words: str,
    why: str,
    now: datetime,
) -> MinutesCorrection:
    """Change one item of confirmed minutes; what stood there stays beside it, and why.

    Refuses `meetings.not_confirmed`, `meetings.no_reason`, `meetings.nothing_changed`,
    `meetings.changed_meanwhile`.
    """
    meeting, _ = own_meeting(session, actor, meeting_id)
    if meeting.confirmed_at is None:
        raise Refused("meetings.not_confirmed")
    item = _item(session, meeting, item_id)
    words, why = _tidy(words), " ".join(why.split())
    if len(why) < 2:
        raise Refused("meetings.no_reason")
    if item.minutes != _tidy(was):
        raise Refused("meetings.changed_meanwhile")
    if words == item.minutes:
        raise Refused("meetings.nothing_changed")
    correction = MinutesCorrection(
        meeting_id=meeting.id,
        item_id=item_id,
        before=item.minutes,
        after=words,
        why=why[:200],
        person_id=actor.person_id,
        at=now,
    )
    item.minutes = words
    session.add(correction)
    audit(session, actor.person_id, "correct_minutes", f"meeting:{meeting.id}", now)
    session.flush()
    return correction


def _item(session: Session, meeting: Meeting, item_id: int) -> AgendaItem:
    item = session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise Refused("meetings.unknown_item")
    return item


def _tidy(words: str) -> str:
    """Minutes keep their lines, without blanks at the ends and of one kind of line end."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()[:4000]
