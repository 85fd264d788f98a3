"""Keeps what can be searched of each hazard, in the transaction that writes the words themselves.

Names of kinds and grids are not in it: `searching.py` reads them as they are called today.
"""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session, col, func, select, update

from firegrid_app.clock import local_day
from firegrid_app.database import MANY
from firegrid_app.hazards.rules.search import LONGEST_TEXT, folded, paper_number, searchable
from firegrid_app.hazards.rules.trail import read
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardText
from firegrid_app.places.tables import Place
from firegrid_app.settings import settings


def number_of(hazard: Hazard) -> str:
    """The number a hazard has on paper."""
    day = local_day(hazard.happened_at, settings().zone)
    return paper_number(f"{day:%Y%m%d}", str(hazard.id))


def write_report(session: Session, hazard: Hazard, place: Place | None) -> None:
    """A new hazard can be searched."""
    session.add(HazardText(hazard_id=hazard.id, text=searchable(_first(hazard, place))))


def add_words(session: Session, hazard: Hazard, note: str, listing: str) -> None:
    """So can what was said of it later, and its number on a list of major hazards."""
    more = "".join(f"\n{one}" for one in map(folded, (note, listing)) if one)
    if not more:
        return
    session.exec(
        update(HazardText)
        .where(
            col(HazardText.hazard_id) == hazard.id,
            func.length(HazardText.text) <= LONGEST_TEXT - len(more),
        )
        .values(text=col(HazardText.text) + more)
    )


def renamed(session: Session, place: Place) -> None:
    """A place has another name: its hazards are found by the new one."""
    found = session.exec(select(Hazard).where(Hazard.place_id == place.id))
    _write_anew(session, list(found))


def write_all(session: Session) -> Iterator[int]:
    """Write every hazard's text anew, stretch by stretch; how many each held."""
    reached: UUID | None = None
    while True:
        query = select(Hazard).order_by(col(Hazard.id)).limit(MANY)
        if reached is not None:
            query = query.where(col(Hazard.id) > reached)
        hazards = list(session.exec(query))
        if not hazards:
            return
        reached = hazards[-1].id
        _write_anew(session, hazards)
        session.flush()
        session.expunge_all()
        yield len(hazards)


def _write_anew(session: Session, hazards: list[Hazard]) -> None:
    ids = [one.id for one in hazards]
    places = {
        one.id: one
        for one in session.exec(
            select(Place).where(col(Place.id).in_({one.place_id for one in hazards}))
        )
    }
    told: dict[UUID, list[str]] = {one: [] for one in ids}
    for event in session.exec(
        select(HazardEvent)
        .where(col(HazardEvent.hazard_id).in_(ids))
        .order_by(col(HazardEvent.hazard_id), col(HazardEvent.number))
    ):
        told[event.hazard_id] += [event.note, str(read(event.facts).get("listing", ""))]
    rows = session.exec(select(HazardText).where(col(HazardText.hazard_id).in_(ids)))
    kept = {one.hazard_id: one for one in rows}
    for one in hazards:
        text = searchable((*_first(one, places.get(one.place_id)), *told[one.id]))
        if one.id in kept:
            kept[one.id].text = text
        else:
            session.add(HazardText(hazard_id=one.id, text=text))


def _first(hazard: Hazard, place: Place | None) -> tuple[str, ...]:
    return (
        hazard.words,
        hazard.where_words,
        place.name if place else "",
        number_of(hazard),
    )
