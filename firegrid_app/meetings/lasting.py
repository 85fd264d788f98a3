"""What earlier meetings and drills of a grid decided: the first item of its next meeting."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.meetings.cards import DecisionCard
from firegrid_app.meetings.decisions import decision_cards, is_open
from firegrid_app.meetings.tables import Decision, Meeting

MOST = 300
"""Decisions looked through, the newest first."""


def last_time(session: Session, meeting: Meeting, now: datetime) -> tuple[DecisionCard, ...]:
    """Everything the last such meeting decided, and whatever else of the grid is still open.

    Of any kind of meeting, and of drills: what nobody asks about any more is not done either.
    """
    before = session.exec(
        select(Meeting.id)
        .where(
            Meeting.grid_id == meeting.grid_id,
            Meeting.kind == meeting.kind,
            Meeting.starts_at < meeting.starts_at,
            col(Meeting.held_at).is_not(None),
        )
        .order_by(col(Meeting.starts_at).desc())
        .limit(1)
    ).first()
    rows = session.exec(
        select(Decision)
        .outerjoin(Meeting, col(Meeting.id) == Decision.meeting_id)
        .where(
            Decision.decided_in_id == meeting.grid_id,
            (col(Decision.meeting_id).is_(None)) | (col(Meeting.starts_at) < meeting.starts_at),
        )
        .order_by(col(Decision.decided_at).desc(), col(Decision.id).desc())
        .limit(MOST)
    ).all()
    cards = decision_cards(session, rows, now)
    return tuple(
        card
        for row, card in zip(rows, cards, strict=True)
        if is_open(card) or (before is not None and row.meeting_id == before)
    )


def kept(cards: Sequence[DecisionCard]) -> list[dict[str, Any]]:
    """As kept with the meeting once it was held."""
    return [asdict(card) for card in cards]


def thawed(rows: Sequence[dict[str, Any]]) -> tuple[DecisionCard, ...]:
    """As kept, back to cards."""
    known = {field.name for field in fields(DecisionCard)}
    return tuple(
        DecisionCard(**{name: value for name, value in row.items() if name in known})
        for row in rows
    )
