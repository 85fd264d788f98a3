"""Hazards as listed and counted for desks and phones."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlmodel import Session, case, col, func, select

from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import HazardCard, HazardCounts
from firegrid_app.hazards.rules import Status, is_overdue
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo


def counts_by_grid(session: Session, grid_ids: list[int], today: date) -> dict[int, HazardCounts]:
    """Hazards not closed per grid; grids without any are missing."""
    rows = session.exec(
        select(
            Hazard.grid_id,
            func.count(),
            func.sum(case((col(Hazard.due_on) < today, 1), else_=0)),
        )
        .where(col(Hazard.grid_id).in_(grid_ids), Hazard.status != Status.CLOSED)
        .group_by(col(Hazard.grid_id))
    )
    return {grid_id: HazardCounts(int(total), int(late or 0)) for grid_id, total, late in rows}


def open_hazards(
    session: Session, grids: list[Grid], today: date, *, limit: int = 500
) -> list[HazardCard]:
    """Hazards of these grids that are not closed, the most overdue first."""
    names = {grid.id: (grid.code, grid.name) for grid in grids}
    hazards = list(
        session.exec(
            select(Hazard)
            .where(col(Hazard.grid_id).in_(names), Hazard.status != Status.CLOSED)
            .order_by(col(Hazard.due_on), col(Hazard.happened_at))
            .limit(limit)
        )
    )
    return _cards(session, hazards, names, today)


def _cards(
    session: Session,
    hazards: list[Hazard],
    names: dict[int | None, tuple[str, str]],
    today: date,
) -> list[HazardCard]:
    person_ids = {h.owner_id for h in hazards} | {h.person_id for h in hazards}
    people = dict(
        session.exec(select(Person.id, Person.name).where(col(Person.id).in_(person_ids))).all()
    )
    photos: dict[UUID, list[Photo]] = defaultdict(list)
    for photo in session.exec(
        select(Photo).where(col(Photo.record_id).in_([hazard.id for hazard in hazards]))
    ):
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
                owner_name=people.get(hazard.owner_id, ""),
                reporter_name=people.get(hazard.person_id, ""),
                photos=tuple(str(photo.id) for photo in found if photo.stored_at),
                photos_awaited=sum(photo.stored_at is None for photo in found),
            )
        )
    return cards
