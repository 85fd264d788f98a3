"""Use cases of who leads a grid: plan a meeting, move it, call it off."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.meetings.cards import MeetingDraft
from firegrid_app.meetings.doors import (
    day_of,
    moment_of,
    own_meeting,
    planned,
    refuse_confirmed,
)
from firegrid_app.meetings.rules import (
    AHEAD,
    KIND,
    MOST_INVITED,
    MOST_ITEMS,
    ItemKind,
    MeetingKind,
    Tag,
    period_for,
)
from firegrid_app.meetings.tables import AgendaItem, Invitee, Meeting
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_RANK = tuple(Role)
"""In which post somebody with several is asked: the highest."""


def plan(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    kind: str,
    title: str,
    day: date,
    clock_time: str,
    place: str,
    first_on: date | None,
    roles: Collection[str],
    items: Collection[tuple[str, str]],
    now: datetime,
) -> Meeting:
    """Plan a meeting of a grid; its agenda begins with the last decisions and the figures.

    `items` are own ones: what it is about (`Tag`) and its words. A meeting that was held already is
    planned on its day and then said to be held. Refuses `meetings.unknown_kind`,
    `meetings.wrong_level`, `meetings.bad_time`, `meetings.day_far_off`, `meetings.bad_period`,
    `meetings.nobody_invited`, `meetings.too_many_invited`, `meetings.bad_item`,
    `meetings.there_already` and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.HOLD_MEETINGS)
    found = _kind_at(kind, grid)
    starts_at = moment_of(day, clock_time, now)
    _refuse_twin(session, grid, kind, day)
    first = _period(session, grid, found, day, first_on)
    own = [_own_item(tag, words) for tag, words in items if words.strip()]
    if len(own) > MOST_ITEMS:
        raise Refused("meetings.bad_item")
    asked = _people(session, grid, roles, day)
    meeting = Meeting(
        id=uuid4(),
        grid_id=grid.id or 0,
        kind=kind,
        title=" ".join(title.split())[:80],
        place=" ".join(place.split())[:80],
        starts_at=starts_at,
        first_on=first,
        last_on=day,
        planned_by_id=actor.person_id,
        planned_at=now,
    )
    session.add(meeting)
    session.flush()
    agenda = [(ItemKind.LAST_TIME, Tag.NONE, ""), (ItemKind.FIGURES, Tag.NONE, "")]
    agenda += [(ItemKind.OWN, tag, words) for tag, words in own]
    for number, (what, tag, words) in enumerate(agenda, start=1):
        session.add(
            AgendaItem(meeting_id=meeting.id, number=number, kind=what, tag=tag, title=words)
        )
    for person_id, post, held_in in asked:
        session.add(
            Invitee(
                meeting_id=meeting.id, person_id=person_id, grid_id=held_in.id or 0, role=post.role
            )
        )
    audit(session, actor.person_id, "plan_meeting", f"grid:{grid.code} {kind} {day}", now)
    session.flush()
    return meeting


def draft_of(
    session: Session, actor: Actor, grid_code: str, kind: str, now: datetime
) -> MeetingDraft:
    """What the form of a new meeting begins with. Refuses what `plan` refuses of grid and kind."""
    grid = grid_by_code(session, actor, grid_code, Action.HOLD_MEETINGS)
    found = _kind_at(kind, grid)
    today = local_day(now, settings().zone)
    there = {
        role for _, post, _ in _posts(session, grid, tuple(Role), today) for role in [post.role]
    }
    offered = tuple(str(role) for role in _RANK if role in there)
    return MeetingDraft(
        kind=kind,
        day=today.isoformat(),
        first=period_for(kind, today, _reported_to(session, grid, kind))[0].isoformat(),
        roles=tuple(role for role in offered if role in found.invites),
        offered=offered,
    )


def move(
    session: Session, actor: Actor, meeting_id: UUID, day: date, clock_time: str, now: datetime
) -> Meeting:
    """Another day or hour; the figures then reach to that day. Refuses as `plan` does of a day."""
    meeting, grid = planned(session, actor, meeting_id)
    starts_at = moment_of(day, clock_time, now)
    if day != day_of(meeting):
        _refuse_twin(session, grid, meeting.kind, day)
    if day < meeting.first_on:
        raise Refused("meetings.bad_period")
    meeting.starts_at, meeting.last_on = starts_at, day
    audit(session, actor.person_id, "move_meeting", f"meeting:{meeting.id} {day}", now)
    session.flush()
    return meeting


def call_off(session: Session, actor: Actor, meeting_id: UUID, why: str, now: datetime) -> Meeting:
    """It will not be held; it stays in the list with the reason. Refuses `meetings.no_reason`."""
    meeting, _ = planned(session, actor, meeting_id)
    why = " ".join(why.split())
    if len(why) < 2:
        raise Refused("meetings.no_reason")
    meeting.cancelled_at, meeting.cancelled_why = now, why[:200]
    audit(session, actor.person_id, "call_off_meeting", f"meeting:{meeting.id}", now)
    session.flush()
    return meeting


def add_item(
    session: Session, actor: Actor, meeting_id: UUID, tag: str, words: str, now: datetime
) -> AgendaItem:
    """One more item, before or after it was held: something always comes up.

    Refuses `meetings.bad_item`, `meetings.cancelled`, `meetings.confirmed`.
    """
    meeting, _ = own_meeting(session, actor, meeting_id)
    refuse_confirmed(meeting)
    last = session.exec(
        select(func.max(AgendaItem.number)).where(AgendaItem.meeting_id == meeting.id)
    ).one()
    if (last or 0) >= MOST_ITEMS + 2:
        raise Refused("meetings.bad_item")
    about, title = _own_item(tag, words)
    item = AgendaItem(
        meeting_id=meeting.id, number=(last or 0) + 1, kind=ItemKind.OWN, tag=about, title=title
    )
    session.add(item)
    audit(session, actor.person_id, "add_item", f"meeting:{meeting.id}", now)
    session.flush()
    return item


def _kind_at(kind: str, grid: Grid) -> MeetingKind:
    if kind not in KIND:
        raise Refused("meetings.unknown_kind")
    if grid.level not in KIND[kind].levels:
        raise Refused("meetings.wrong_level")
    return KIND[kind]


def _own_item(tag: str, words: str) -> tuple[Tag, str]:
    words = " ".join(words.split())
    if tag not in tuple(Tag) or not 2 <= len(words) <= 120:
        raise Refused("meetings.bad_item")
    return Tag(tag), words


def _refuse_twin(session: Session, grid: Grid, kind: str, day: date) -> None:
    start_at, end_at = day_bounds(day, settings().zone)
    twin = session.exec(
        select(Meeting.id).where(
            Meeting.grid_id == grid.id,
            Meeting.kind == kind,
            Meeting.starts_at >= start_at,
            Meeting.starts_at < end_at,
            col(Meeting.cancelled_at).is_(None),
        )
    ).first()
    if twin is not None:
        raise Refused("meetings.there_already")


def _reported_to(session: Session, grid: Grid, kind: str) -> date | None:
    """Last day of the figures of the last such meeting held."""
    return session.exec(
        select(func.max(Meeting.last_on)).where(
            Meeting.grid_id == grid.id,
            Meeting.kind == kind,
            col(Meeting.held_at).is_not(None),
        )
    ).first()


def _period(
    session: Session, grid: Grid, kind: MeetingKind, day: date, first_on: date | None
) -> date:
    if first_on is None:
        return period_for(kind.code, day, _reported_to(session, grid, kind.code))[0]
    if not day - AHEAD <= first_on <= day:
        raise Refused("meetings.bad_period")
    return first_on


def _posts(
    session: Session, grid: Grid, roles: Collection[Role], day: date
) -> list[tuple[int, Post, Grid]]:
    """Posts in force on a day in this grid and below, of people who can log in."""
    rows = session.exec(
        select(Post, Grid)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Grid.path).startswith(grid.path, autoescape=True),
            col(Post.role).in_(roles),
            Post.starts_on <= day,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= day),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(Grid.path), col(Post.id))
    )
    return [(post.person_id, post, held_in) for post, held_in in rows]


def _people(
    session: Session, grid: Grid, roles: Collection[str], day: date
) -> list[tuple[int, Post, Grid]]:
    wanted = [role for role in _RANK if role in roles]
    found: dict[int, tuple[int, Post, Grid]] = {}
    for one in sorted(
        _posts(session, grid, wanted, day), key=lambda one: _RANK.index(Role(one[1].role))
    ):
        found.setdefault(one[0], one)
    if not found:
        raise Refused("meetings.nobody_invited")
    if len(found) > MOST_INVITED:
        raise Refused("meetings.too_many_invited", limit=MOST_INVITED)
    return list(found.values())
