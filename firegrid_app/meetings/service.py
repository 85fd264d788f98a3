"""One meeting in full, as its page and its minutes show it; and that the minutes were read."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.service import ids_below
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.lists import open_hazards
from firegrid_app.meetings import figures, lasting
from firegrid_app.meetings.cards import (
    CorrectionCard,
    Figures,
    HazardPick,
    InviteeCard,
    ItemCard,
    MeetingCard,
)
from firegrid_app.meetings.decisions import decision_cards
from firegrid_app.meetings.doors import day_of, seen, standing_now
from firegrid_app.meetings.rules import KIND, Standing
from firegrid_app.meetings.tables import (
    AgendaItem,
    Decision,
    Invitee,
    Meeting,
    MinutesCorrection,
)
from firegrid_app.photos.service import photos_of
from firegrid_app.routes import meeting_sheet
from firegrid_app.settings import settings

MOST_LISTED = 60
MOST_HAZARDS = 100


def meeting_card(session: Session, actor: Actor, meeting_id: UUID, now: datetime) -> MeetingCard:
    """One meeting in full, for who may look into its grid and for everybody asked to come.

    Before it is held the figures are today's, and only for who may look into the grid.
    Refuses `meetings.unknown` and `access.outside_grid`.
    """
    meeting, grid, _ = seen(session, actor, meeting_id)
    invitees = _invitees(session, meeting, now)
    decisions = session.exec(
        select(Decision).where(Decision.meeting_id == meeting.id).order_by(col(Decision.id))
    ).all()
    standing = standing_now(meeting, now)
    leads = actor.may(Action.HOLD_MEETINGS, grid.path)
    people = _names(
        session, Person, {meeting.planned_by_id, meeting.held_by_id, meeting.confirmed_by_id}
    )
    held = meeting.held_at is not None
    today = local_day(now, settings().zone)
    return MeetingCard(
        id=str(meeting.id),
        code=grid.code,
        grid_name=grid.name,
        kind=meeting.kind,
        title=meeting.title,
        day=day_of(meeting).isoformat(),
        time=f"{meeting.starts_at.astimezone(settings().zone):%H:%M}",
        place=meeting.place,
        guests=meeting.guests,
        standing=standing,
        planned_by=people.get(meeting.planned_by_id, ""),
        held_by=people.get(meeting.held_by_id, ""),
        confirmed_by=people.get(meeting.confirmed_by_id, ""),
        confirmed_on=_day(meeting.confirmed_at),
        cancelled_why=meeting.cancelled_why,
        source=KIND[meeting.kind].source,
        may_hold=leads,
        agenda=_items(session, meeting),
        invitees=invitees,
        invited=len(invitees),
        came=sum(one.came for one in invitees),
        last_time=lasting.thawed(meeting.last_time)
        if meeting.last_time is not None
        else lasting.last_time(session, meeting, now),
        decisions=decision_cards(session, decisions, now),
        figures=_figures(session, actor, meeting, grid, now),
        hazards=_hazards(session, grid, now) if leads and standing is Standing.HELD else (),
        photos=photos_of(session, meeting.id) if held else (),
        sheet=meeting_sheet(str(meeting.id)) if held else "",
        earliest=max(day_of(meeting), today).isoformat(),
    )


def note_read(session: Session, actor: Actor, meeting_id: UUID, now: datetime) -> bool:
    """Somebody who was absent has opened the minutes; True when that was new."""
    meeting, _, asked = seen(session, actor, meeting_id)
    if meeting.held_at is None or asked is None or asked.came or asked.read_at is not None:
        return False
    asked.read_at = now
    session.flush()
    return True


def _figures(
    session: Session, actor: Actor, meeting: Meeting, grid: Grid, now: datetime
) -> Figures:
    if meeting.figures is not None:
        return figures.thawed(meeting.figures)
    if not actor.may(Action.SEE_GRID, grid.path) or meeting.cancelled_at is not None:
        return Figures()
    today = local_day(now, settings().zone)
    last = max(min(meeting.last_on, today), meeting.first_on)
    return figures.figures_of(session, actor, grid, meeting.first_on, last, now)


def _invitees(session: Session, meeting: Meeting, now: datetime) -> tuple[InviteeCard, ...]:
    today = local_day(now, settings().zone)
    rows = session.exec(
        select(Invitee, Person, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Person, col(Person.id) == Invitee.person_id)
        .join(Grid, col(Grid.id) == Invitee.grid_id)
        .where(Invitee.meeting_id == meeting.id)
        .order_by(col(Grid.path), col(Person.id))
    ).all()
    held = session.exec(
        select(Post).where(col(Post.person_id).in_({one.person_id for one, _, _ in rows}))
    ).all()
    in_force = {
        (post.person_id, post.grid_id, post.role)
        for post in held
        if is_in_force(post.starts_on, post.ends_on, today)
    }
    return tuple(
        InviteeCard(
            person=one.person_id,
            name=person.name,
            role=one.role,
            grid_name=grid.name,
            came=one.came,
            read=one.read_at is not None,
            left=person.switched_off_at is not None
            or (one.person_id, one.grid_id, one.role) not in in_force,
        )
        for one, person, grid in rows
    )


def _items(session: Session, meeting: Meeting) -> tuple[ItemCard, ...]:
    changes = session.exec(
        select(MinutesCorrection, Person.name)
        .join(Person, col(Person.id) == MinutesCorrection.person_id)
        .where(MinutesCorrection.meeting_id == meeting.id)
        .order_by(col(MinutesCorrection.id))
    ).all()
    items = session.exec(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(col(AgendaItem.number))
    )
    return tuple(
        ItemCard(
            id=item.id or 0,
            number=item.number,
            kind=item.kind,
            tag=item.tag,
            title=item.title,
            minutes=item.minutes,
            corrections=tuple(
                CorrectionCard(one.before, one.after, one.why, name, _day(one.at))
                for one, name in changes
                if one.item_id == item.id
            ),
        )
        for item in items
    )


def _hazards(session: Session, grid: Grid, now: datetime) -> tuple[HazardPick, ...]:
    today = local_day(now, settings().zone)
    found = open_hazards(session, ids_below(grid), today, limit=MOST_HAZARDS)
    return tuple(
        HazardPick(one.id, one.category, one.where_words, one.grid_name, one.due_on, one.overdue)
        for one in found
    )


def _day(moment: datetime | None) -> str:
    return local_day(moment, settings().zone).isoformat() if moment else ""


def _names(
    session: Session, table: type[Grid] | type[Person], ids: set[int | None]
) -> dict[int | None, str]:
    rows = session.exec(select(table.id, table.name).where(col(table.id).in_(ids - {None})))
    return dict(rows.all())
