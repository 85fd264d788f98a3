"""Meetings and decisions of a grid as lists to keep: rows of words in the reader's language."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.meetings.cards import DecisionCard
from firegrid_app.meetings.lists import decisions_of, meetings_view
from firegrid_app.texts import say

MEETING_COLUMNS = (
    "day",
    "kind",
    "title",
    "place",
    "standing",
    "invited",
    "came",
    "decided",
    "open",
)
DECISION_COLUMNS = (
    "decided_on",
    "words",
    "owner",
    "role",
    "grid",
    "due",
    "standing",
    "done_on",
    "note",
    "hazard",
)

List = tuple[str, list[str], list[list[str | int]]]
"""Name, headings, rows."""


def list_of_meetings(
    session: Session, actor: Actor, code: str, language: str, now: datetime
) -> List:
    """The meetings of a grid one leads. Refuses what the grid's door refuses."""
    grid = grid_by_code(session, actor, code, Action.HOLD_MEETINGS)
    rows: list[list[str | int]] = [
        [
            f"{line.day} {line.time}",
            say(f"meetings.kind.{line.kind}", language),
            line.title,
            line.place,
            say(f"meetings.standing.{line.standing}", language),
            line.invited,
            line.came,
            line.decisions,
            line.open_decisions,
        ]
        for line in meetings_view(session, actor, code, now).meetings
    ]
    return _named(grid, "meetings", MEETING_COLUMNS, rows, language)


def list_of_decisions(
    session: Session, actor: Actor, code: str, language: str, now: datetime
) -> List:
    """What meetings and drills of a grid decided, the newest first (YB-99).

    Refuses what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.HOLD_MEETINGS)
    rows = [_decision(card, language) for card in decisions_of(session, grid, now)]
    return _named(grid, "decisions", DECISION_COLUMNS, rows, language)


def _decision(card: DecisionCard, language: str) -> list[str | int]:
    return [
        card.decided_on,
        card.words,
        card.owner,
        say(f"access.role.{card.role}", language) if card.role else "",
        card.grid_name,
        card.due,
        say(f"meetings.decision.{card.standing}", language),
        card.done_on,
        card.note,
        say(f"hazards.category.{card.hazard}", language) if card.hazard else "",
    ]


def _named(
    grid: Grid, what: str, columns: tuple[str, ...], rows: list[list[str | int]], language: str
) -> List:
    headings = [say(f"meetings.column.{column}", language) for column in columns]
    return say(f"meetings.file.{what}", language, name=grid.name), headings, rows
