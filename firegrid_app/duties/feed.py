"""What a person has to do as an iCalendar feed behind a secret address: web push does not arrive.

The address says who, so it is shown once, kept as a hash, and can be taken back. In the feed stand
what is due or on the plan, when and where; no person's name, no number, no note.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar
from sqlmodel import Session, col, or_, select

from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.rules import Actor, Held, Role
from firegrid_app.access.service import audit, posts_in_force
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.duties.evidence import Dated, key_of, progress_of
from firegrid_app.duties.feed_events import day_event, events_beside_duties
from firegrid_app.duties.lists import first_ticks
from firegrid_app.duties.rules.obligations import DAILY, HELD
from firegrid_app.duties.tables import CalendarFeed, Duty, ObligationRule
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import say

BACK, AHEAD = timedelta(days=7), timedelta(days=60)
MOST = 500
"""Events in one feed."""


def make_feed(session: Session, actor: Actor, language: str, now: datetime) -> str:
    """A new secret for one's own feed; an older one ends. The secret is seen this once."""
    end_feed(session, actor, now)
    token = new_token()
    session.add(
        CalendarFeed(
            token_hash=hash_token(token),
            person_id=actor.person_id,
            language=language,
            made_at=now,
        )
    )
    audit(session, actor.person_id, "make_feed", "", now)
    session.flush()
    return token


def end_feed(session: Session, actor: Actor, now: datetime) -> None:
    """Whoever has the address gets nothing from now on. Nothing to do is fine."""
    for row in _open_feeds(session, actor.person_id):
        row.ended_at = now
        audit(session, actor.person_id, "end_feed", "", now)


def has_feed(session: Session, actor: Actor) -> bool:
    """Is there an address in force?"""
    return bool(_open_feeds(session, actor.person_id))


def _open_feeds(session: Session, person_id: int) -> list[CalendarFeed]:
    return list(
        session.exec(
            select(CalendarFeed).where(
                CalendarFeed.person_id == person_id, col(CalendarFeed.ended_at).is_(None)
            )
        )
    )


def feed(session: Session, token: str, now: datetime) -> bytes:
    """The feed behind this secret.

    Refuses `duties.unknown_feed`, in the same words for a guessed one, one taken back, and that of
    somebody switched off.
    """
    found = session.exec(
        select(CalendarFeed, Person)
        .join(Person, col(Person.id) == CalendarFeed.person_id)
        .where(
            CalendarFeed.token_hash == hash_token(token[:200]),
            col(CalendarFeed.ended_at).is_(None),
            col(Person.switched_off_at).is_(None),
        )
    ).first()
    if found is None:
        raise Refused("duties.unknown_feed")
    row, person = found
    assert person.id is not None
    posts = posts_in_force(session, [person.id], now)[person.id]
    held = tuple(Held(Role(post.role), post.grid_id, grid.path, grid.level) for post, grid in posts)
    # Nobody is logged in: the secret stands for the person, with the posts held now.
    actor = Actor(person_id=person.id, name="", session_id=0, posts=held)
    return _calendar(session, actor, row.language, now)


def _calendar(session: Session, actor: Actor, language: str, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//FireGrid//duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("duties.title", language))
    calendar.add("x-published-ttl", "PT6H")
    for duty, rule, grid in _due(session, actor.posts, now):
        period = f"{duty.rule_id}-{grid.code}-{duty.first_on:%Y%m%d}-{duty.number}"
        what = rule.words or say(f"duties.kind.{rule.kind}", language)
        event = day_event(period, f"{what} · {grid.name}", duty.due_on)
        rhythm = say(f"duties.rhythm.{rule.rhythm}", language)
        event.add("description", " · ".join(filter(None, (rhythm, rule.source))))
        calendar.add_component(event)
    for event in events_beside_duties(session, actor, language, now):
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found


def _due(
    session: Session, held: Sequence[Held], now: datetime
) -> list[tuple[Duty, ObligationRule, Grid]]:
    """What is due around today, neither ticked nor held. What is daily would fill every day: no."""
    if not held:
        return []
    today = local_day(now, settings().zone)
    mine = or_(
        *(
            (col(ObligationRule.role) == post.role) & (col(Grid.path) == post.grid_path)
            for post in held
        )
    )
    rows = list(
        session.exec(
            select(Duty, ObligationRule, Grid)
            .options(WITHOUT_OUTLINE)
            .join(ObligationRule, col(ObligationRule.id) == Duty.rule_id)
            .join(Grid, col(Grid.id) == Duty.grid_id)
            .where(
                mine,
                col(ObligationRule.rhythm).not_in(DAILY),
                col(Grid.valid_to).is_(None),
                Duty.due_on >= today - BACK,
                Duty.due_on <= today + AHEAD,
            )
            .order_by(col(Duty.due_on), col(Grid.path), col(Duty.rule_id), col(Duty.number))
            .limit(MOST)
        )
    )
    ticked = first_ticks(session, (key_of(duty) for duty, _, _ in rows))
    dated = [Dated(duty, rule, grid.path) for duty, rule, grid in rows if rule.kind in HELD]
    on_record = {key for key, how in progress_of(session, dated).items() if how.finished}
    return [row for row in rows if key_of(row[0]) not in on_record | set(ticked)]
