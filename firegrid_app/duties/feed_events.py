"""Events of a person's calendar feed besides duties: shifts, meetings, courses and drills."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Event
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.rota.carried import carried
from firegrid_app.settings import settings
from firegrid_app.texts import say
from firegrid_app.training.cards import ComingCard
from firegrid_app.training.coming import coming_for, name_of

USUAL = timedelta(hours=1)
"""How long a meeting is shown: its end is on no record."""


def events_beside_duties(
    session: Session, actor: Actor, language: str, now: datetime
) -> Iterator[Event]:
    """What the phone says under "on duty" and "coming up", for the phone's own calendar."""
    for shift in carried(session, actor, now).shifts:
        if shift.own:
            yield timed_event(
                f"shift-{shift.id}",
                f"{say('rota.on_duty', language)} · {shift.grid_name}",
                datetime.fromisoformat(shift.starts_at),
                datetime.fromisoformat(shift.ends_at),
            )
    for card in coming_for(session, actor, now):
        yield _coming(card, language)


def timed_event(uid: str, summary: str, starts_at: datetime, ends_at: datetime) -> Event:
    """An event from one moment to another."""
    event = Event()
    event.add("uid", f"{uid}@firegrid")
    # Not now: the same content has the same bytes, and an unchanged feed costs nothing.
    event.add("dtstamp", starts_at)
    # In UTC: any other zone would have to be described in the feed.
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", summary)
    return event


def day_event(uid: str, summary: str, day: date) -> Event:
    """An event of a whole day, in which one is not away."""
    event = Event()
    event.add("uid", f"{uid}@firegrid")
    event.add("dtstamp", datetime.combine(day, time.min, settings().zone))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    return event


def _coming(card: ComingCard, language: str) -> Event:
    uid = f"{card.sort}-{card.id}"
    summary = f"{name_of(card, language)} · {card.grid_name}"
    day = date.fromisoformat(card.day)
    if card.time:
        hour = time.fromisoformat(card.time)
        starts_at = datetime.combine(day, hour, settings().zone)
        event = timed_event(uid, summary, starts_at, starts_at + USUAL)
    else:
        event = day_event(uid, summary, day)
    if card.place:
        event.add("location", card.place)
    return event
