"""Meetings as a page lists them: those of a grid one leads, and those one is asked to."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code, picks_of
from firegrid_app.grids.tables import Grid
from firegrid_app.meetings.cards import DecisionCard, MeetingLine, MeetingsView
from firegrid_app.meetings.decisions import decision_cards, is_open
from firegrid_app.meetings.doors import day_of, standing_now
from firegrid_app.meetings.rules import KINDS
from firegrid_app.meetings.tables import Decision, Invitee, Meeting
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_LISTED = 60
MOST_DECISIONS = 2000


def meetings_view(session: Session, actor: Actor, code: str, now: datetime) -> MeetingsView:
    """The meetings of a grid one may look into, and those of any grid one is asked to.

    Who is asked to a meeting but leads no grid sees those alone. Refuses `access.not_allowed` for
    who has nothing here, `grids.unknown`, `access.outside_grid`.
    """
    asked = _asked(session, actor, now)
    picks = grids_to_open(session, actor, Action.HOLD_MEETINGS)
    if not picks:
        if not asked:
            raise Refused("access.not_allowed")
        return MeetingsView(asked=asked)
    grid = grid_by_code(session, actor, code or picks[0].code, Action.HOLD_MEETINGS)
    rows = session.exec(
        select(Meeting)
        .where(Meeting.grid_id == grid.id)
        .order_by(col(Meeting.starts_at).desc())
        .limit(MOST_LISTED)
    ).all()
    return MeetingsView(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        picks=tuple(picks_of(picks)),
        may_plan=True,
        kinds=tuple(kind.code for kind in KINDS if grid.level in kind.levels),
        meetings=_lines(session, rows, {grid.id: grid.name}, actor, now),
        asked=tuple(line for line in asked if line.id not in {str(row.id) for row in rows}),
        open=tuple(card for card in decisions_of(session, grid, now) if is_open(card)),
    )


def _asked(session: Session, actor: Actor, now: datetime) -> tuple[MeetingLine, ...]:
    rows = session.exec(
        select(Meeting)
        .join(Invitee, col(Invitee.meeting_id) == Meeting.id)
        .where(Invitee.person_id == actor.person_id)
        .order_by(col(Meeting.starts_at).desc())
        .limit(MOST_LISTED)
    ).all()
    grids = select(Grid.id, Grid.name).where(col(Grid.id).in_({row.grid_id for row in rows}))
    names = dict(session.exec(grids).all())
    return _lines(session, rows, names, actor, now)


def _lines(
    session: Session,
    rows: Sequence[Meeting],
    names: dict[int | None, str],
    actor: Actor,
    now: datetime,
) -> tuple[MeetingLine, ...]:
    ids = [row.id for row in rows]
    zone = settings().zone
    invitees = session.exec(select(Invitee).where(col(Invitee.meeting_id).in_(ids))).all()
    decisions = session.exec(select(Decision).where(col(Decision.meeting_id).in_(ids))).all()
    cards = decision_cards(session, decisions, now)
    lines = []
    for row in rows:
        asked = [one for one in invitees if one.meeting_id == row.id]
        decided = [
            card for one, card in zip(decisions, cards, strict=True) if one.meeting_id == row.id
        ]
        lines.append(
            MeetingLine(
                id=str(row.id),
                kind=row.kind,
                title=row.title,
                grid_name=names.get(row.grid_id, ""),
                day=day_of(row).isoformat(),
                time=f"{row.starts_at.astimezone(zone):%H:%M}",
                place=row.place,
                standing=standing_now(row, now),
                invited=len(asked),
                came=sum(one.came for one in asked),
                decisions=len(decided),
                open_decisions=sum(map(is_open, decided)),
                to_read=row.held_at is not None
                and any(
                    one.person_id == actor.person_id and not one.came and one.read_at is None
                    for one in asked
                ),
            )
        )
    return tuple(lines)


def decisions_of(session: Session, grid: Grid, now: datetime) -> tuple[DecisionCard, ...]:
    """What meetings and drills of a grid decided, the newest first. The caller has checked it."""
    found = session.exec(
        select(Decision)
        .where(Decision.decided_in_id == grid.id)
        .order_by(col(Decision.decided_at).desc(), col(Decision.id).desc())
        .limit(MOST_DECISIONS)
    ).all()
    return decision_cards(session, found, now)
