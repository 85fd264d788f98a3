"""Hazards as listed and counted for desks and phones."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, case, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.database import MANY
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.hazards.cards import HazardCard, HazardCounts
from firegrid_app.hazards.rules.deadlines import is_overdue
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo


def counts_by_grid(session: Session, grid_ids: GridIds, today: date) -> dict[int, HazardCounts]:
    """Hazards not closed per grid; grids without any are missing."""
    rows = session.exec(
        select(
            Hazard.grid_id,
            func.count(),
            func.sum(case((col(Hazard.due_on) < today, 1), else_=0)),
        )
        .where(col(Hazard.grid_id).in_(grid_ids), col(Hazard.status).in_(UNFINISHED))
        .group_by(col(Hazard.grid_id))
    )
    return {grid_id: HazardCounts(int(total), int(late or 0)) for grid_id, total, late in rows}


def counts_at(
    session: Session, grid_ids: GridIds, end_at: datetime, day: date
) -> dict[int, HazardCounts]:
    """The same for the end of a day that is over: found by `end_at`, not closed before it.

    Overdue goes by the last day each has now: an earlier one, set anew when it was graded, is in
    the trail only.
    """
    rows = session.exec(
        select(
            Hazard.grid_id,
            func.count(),
            func.sum(case((col(Hazard.due_on) < day, 1), else_=0)),
        )
        .where(
            col(Hazard.grid_id).in_(grid_ids),
            Hazard.happened_at < end_at,
            or_(col(Hazard.closed_at).is_(None), col(Hazard.closed_at) >= end_at),
        )
        .group_by(col(Hazard.grid_id))
    )
    return {grid_id: HazardCounts(int(total), int(late or 0)) for grid_id, total, late in rows}


def open_hazards(
    session: Session,
    grid_ids: GridIds,
    today: date,
    *,
    reader: Actor | None = None,
    limit: int | None = None,
) -> list[HazardCard]:
    """Hazards of these grids that are not closed, the most overdue first; all unless limited."""
    rows = session.exec(
        select(Hazard, Grid.code, Grid.name)
        .join(Grid, col(Grid.id) == Hazard.grid_id)
        .where(col(Hazard.grid_id).in_(grid_ids), col(Hazard.status).in_(UNFINISHED))
        .order_by(col(Hazard.due_on), col(Hazard.happened_at), col(Hazard.id))
        .limit(limit)
    ).all()
    names: dict[int | None, tuple[str, str]] = {
        hazard.grid_id: (code, name) for hazard, code, name in rows
    }
    return cards_of(session, [hazard for hazard, _, _ in rows], names, today, reader)


HIDDEN = "***"
"""In place of a whistleblower's name."""


def may_know(hazard: Hazard, reader: Actor | None, grid_path: str | None) -> bool:
    """May this reader know who reported? A leader's of a building is for who leads there."""
    if not hazard.sheltered:
        return True
    return (
        reader is not None
        and grid_path is not None
        and (reader.person_id == hazard.person_id or reader.may(Action.CLOSE_HAZARD, grid_path))
    )


def reporter_of(
    hazard: Hazard, people: dict[int | None, str], reader: Actor | None, grid_path: str | None
) -> str:
    """The reporter's name, where the reader may know it; none for a resident's report."""
    if hazard.source:
        return ""
    if not may_know(hazard, reader, grid_path):
        return HIDDEN
    return people.get(hazard.person_id, "")


def cards_of(
    session: Session,
    hazards: list[Hazard],
    names: dict[int | None, tuple[str, str]],
    today: date,
    reader: Actor | None,
) -> list[HazardCard]:
    """These hazards as cards; `names` has code and name of each of their grids."""
    paths = dict(
        session.exec(
            select(Grid.id, Grid.path).where(col(Grid.id).in_({h.grid_id for h in hazards}))
        ).all()
    )
    person_ids = {h.owner_id for h in hazards} | {h.person_id for h in hazards}
    people = dict(
        session.exec(select(Person.id, Person.name).where(col(Person.id).in_(person_ids))).all()
    )
    photos: dict[UUID, list[Photo]] = defaultdict(list)
    ids = [hazard.id for hazard in hazards]
    # So many at a time: a database takes only so many values in one statement.
    for first in range(0, len(ids), MANY):
        some = ids[first : first + MANY]
        query = (
            select(Photo)
            .where(col(Photo.record_id).in_(some))
            .order_by(col(Photo.taken_at), col(Photo.id))
        )
        for photo in session.exec(query):
            photos[photo.record_id].append(photo)
    cards = []
    for hazard in hazards:
        code, name = names[hazard.grid_id]
        found = photos[hazard.id]
        cards.append(
            HazardCard(
                id=str(hazard.id),
                grid=code,
                grid_name=name,
                category=hazard.category,
                severity=hazard.severity,
                urgent=hazard.urgent,
                words=hazard.words,
                where_words=hazard.where_words,
                status=hazard.status,
                due_on=hazard.due_on.isoformat(),
                overdue=is_overdue(hazard.status, hazard.due_on, today),
                happened_at=hazard.happened_at.isoformat(),
                owner_name=people.get(hazard.owner_id, "") if hazard.owner_id else "",
                owner_id=hazard.owner_id,
                reporter_name=reporter_of(hazard, people, reader, paths.get(hazard.grid_id)),
                source=hazard.source,
                photos=tuple(str(photo.id) for photo in found if photo.stored_at),
                photos_awaited=sum(photo.stored_at is None for photo in found),
                rung=hazard.rung,
                step_ups=hazard.step_ups,
                urges_open=hazard.urges_open,
                listing=hazard.listing,
                place_id=hazard.place_id,
                lat=hazard.lat,
                lon=hazard.lon,
            )
        )
    return cards
