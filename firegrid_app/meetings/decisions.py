"""What was decided: made a duty of a post, or tied to a hazard; and how it stands.

A decision that names a hazard makes no duty: the hazard has its owner, its deadline and its trail
already, and is done when it is closed (YB-111). Everything else, so the tasks a plan is split into
(YB-21), becomes a dated duty of the owner's
post; ticking that duty is what makes the decision done.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Role, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.duties.asking import ask_once, how_asked_stand
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.meetings.cards import DecisionCard
from firegrid_app.meetings.rules import DecisionStanding, decision_standing
from firegrid_app.meetings.tables import Decision
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def decide_duty(
    session: Session,
    *,
    words: str,
    person_id: int,
    grid_id: int,
    role: str,
    due_on: date,
    earliest: date,
    decided_in_id: int,
    decided_by_id: int,
    meeting_id: UUID | None,
    now: datetime,
) -> Decision:
    """A decision that somebody does something by a day; a duty of their post from today on.

    The caller has checked who may decide, and over whom. Refuses `meetings.owner_left`,
    `meetings.due_before` (before it was decided), `meetings.due_over` (already past today), and
    `duties.no_words`.
    """
    today = local_day(now, settings().zone)
    grid = session.get(Grid, grid_id, options=[WITHOUT_OUTLINE])
    person = session.get(Person, person_id)
    if grid is None or person is None or not _holds(session, person, grid_id, role, today):
        raise Refused("meetings.owner_left", name=person.name if person else "")
    if due_on < earliest:
        raise Refused("meetings.due_before", day=earliest.isoformat())
    if due_on < today:
        raise Refused("meetings.due_over", day=today.isoformat())
    rule = ask_once(
        session,
        grid,
        Role(role),
        words=words,
        due_on=due_on,
        person_id=decided_by_id,
        today=today,
    )
    decision = Decision(
        decided_in_id=decided_in_id,
        meeting_id=meeting_id,
        words=rule.words,
        person_id=person_id,
        grid_id=grid_id,
        role=role,
        due_on=due_on,
        rule_id=rule.id,
        decided_by_id=decided_by_id,
        decided_at=now,
    )
    session.add(decision)
    session.flush()
    return decision


def decide_hazard(
    session: Session,
    hazard: Hazard,
    *,
    words: str,
    decided_in_id: int,
    decided_by_id: int,
    meeting_id: UUID | None,
    now: datetime,
) -> Decision:
    """A decision about an open hazard, followed by the hazard's own deadline and trail.

    The caller has checked the hazard. Refuses `meetings.hazard_closed`, `meetings.hazard_twice`
    and `duties.no_words`.
    """
    words = " ".join(words.split())
    if not 2 <= len(words) <= 120:
        raise Refused("duties.no_words")
    if hazard.status not in UNFINISHED:
        raise Refused("meetings.hazard_closed")
    twin = select(Decision.id).where(
        Decision.meeting_id == meeting_id, Decision.hazard_id == hazard.id
    )
    if session.exec(twin).first() is not None:
        raise Refused("meetings.hazard_twice")
    decision = Decision(
        decided_in_id=decided_in_id,
        meeting_id=meeting_id,
        words=words,
        person_id=hazard.owner_id,
        grid_id=hazard.grid_id,
        role="",
        due_on=hazard.due_on,
        hazard_id=hazard.id,
        decided_by_id=decided_by_id,
        decided_at=now,
    )
    session.add(decision)
    session.flush()
    return decision


def _holds(session: Session, person: Person, grid_id: int, role: str, today: date) -> bool:
    """Does this person, who can still log in, hold this post today?"""
    posts = session.exec(
        select(Post).where(Post.person_id == person.id, Post.grid_id == grid_id, Post.role == role)
    )
    return person.switched_off_at is None and any(
        is_in_force(post.starts_on, post.ends_on, today) for post in posts
    )


def decision_cards(
    session: Session, decisions: Sequence[Decision], now: datetime
) -> tuple[DecisionCard, ...]:
    """How these stand today, in their order. The caller has checked where they were decided."""
    today = local_day(now, settings().zone)
    asked = how_asked_stand(session, [one.rule_id for one in decisions if one.rule_id is not None])
    hazards = {
        hazard.id: hazard
        for hazard in session.exec(
            select(Hazard).where(
                col(Hazard.id).in_({one.hazard_id for one in decisions if one.hazard_id})
            )
        )
    }
    grids = dict(
        session.exec(
            select(Grid.id, Grid.name).where(col(Grid.id).in_({one.grid_id for one in decisions}))
        ).all()
    )
    owners = {one.person_id for one in decisions} | {h.owner_id for h in hazards.values()}
    names = dict(
        session.exec(select(Person.id, Person.name).where(col(Person.id).in_(owners))).all()
    )
    holders = _holders(session, {(one.grid_id, one.role) for one in decisions if one.role}, today)
    cards = []
    for one in decisions:
        hazard = hazards.get(one.hazard_id) if one.hazard_id else None
        if hazard is not None:
            done = hazard.status not in UNFINISHED
            closed_on = (
                local_day(hazard.closed_at, settings().zone) if done and hazard.closed_at else None
            )
            due, owner, note, withdrawn = hazard.due_on, hazard.owner_id, "", False
        else:
            how = asked.get(one.rule_id or 0)
            closed_on = how.done_on if how else None
            done = closed_on is not None
            due, owner = one.due_on, one.person_id
            note, withdrawn = (how.note, how.withdrawn) if how else ("", True)
        now_held = holders.get((one.grid_id, one.role), {})
        cards.append(
            DecisionCard(
                id=one.id or 0,
                words=one.words,
                owner=names.get(owner, "") if owner else "",
                holders="、".join(now_held.values()),
                changed_hands=bool(one.role) and one.person_id not in now_held,
                role=one.role,
                grid_name=grids.get(one.grid_id, ""),
                due=due.isoformat(),
                standing=decision_standing(due, today, done=done, withdrawn=withdrawn),
                done_on=closed_on.isoformat() if closed_on else "",
                note=note,
                hazard=hazard.category if hazard else "",
                hazard_where=hazard.where_words if hazard else "",
                decided_on=local_day(one.decided_at, settings().zone).isoformat(),
            )
        )
    return tuple(cards)


def is_open(card: DecisionCard) -> bool:
    """Is it still to be done?"""
    return card.standing in (DecisionStanding.OPEN, DecisionStanding.OVERDUE)


def _holders(
    session: Session, posts: set[tuple[int, str]], today: date
) -> dict[tuple[int, str], dict[int, str]]:
    """Who holds each of these posts today: names by person."""
    rows = session.exec(
        select(Post, Person)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Post.grid_id).in_({grid_id for grid_id, _ in posts}),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(Post.id))
    )
    found: dict[tuple[int, str], dict[int, str]] = {}
    for post, person in rows:
        if (post.grid_id, post.role) in posts and is_in_force(post.starts_on, post.ends_on, today):
            found.setdefault((post.grid_id, post.role), {})[person.id or 0] = person.name
    return found
