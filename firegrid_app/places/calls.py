"""What came of calls at premises, folded into the register row; and how places stand by it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.clock import local_day
from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.rules import OpenHazard, Outcome, Stand, stand
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def call_outcome(given: str, *, at_premises: bool) -> str:
    """The outcome to be kept: at premises "checked" where nothing was said, elsewhere none.

    Refuses `places.unknown_outcome`, and an outcome where no premises are.
    """
    if not given:
        return Outcome.CHECKED if at_premises else ""
    if not at_premises or given not in tuple(Outcome):
        raise Refused("places.unknown_outcome")
    return given


def calls_ahead(session: Session, place_ids: Collection[int]) -> None:
    """Lock the places of a batch's calls in one query, in one order for everybody who does so."""
    if place_ids:
        _in_hand(session).update(
            (place.id, place) for place in session.scalars(_LOCKED, {"ids": list(place_ids)})
        )


def _in_hand(session: Session) -> dict[int | None, Place]:
    """The places this transaction has locked ahead."""
    places: dict[int | None, Place] = session.info.setdefault("places_in_hand", {})
    return places


_LOCKED = (
    select(Place)
    .where(col(Place.id).in_(sa.bindparam("ids", expanding=True)))
    .order_by(col(Place.id))
    .with_for_update()
)


def note_call(session: Session, place_id: int, outcome: str, at: datetime) -> None:
    """Fold one call into its place. The latest counts, in whatever order they come in."""
    place = _in_hand(session).get(place_id) or session.get(Place, place_id, with_for_update=True)
    if place is None:
        return
    if place.called_at is None or place.called_at <= at:
        place.outcome, place.called_at = outcome, at
    if outcome == Outcome.CHECKED and (place.checked_at is None or place.checked_at < at):
        place.checked_at = at


def stands_of(session: Session, grid_ids: GridIds, today: date) -> dict[int, Stand]:
    """How every place of these grids stands today, by its id. The caller has checked the grids."""
    zone = settings().zone
    hazards = _open_hazards(session, grid_ids)
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Place.id, Place.checked_at, Place.called_at, Place.outcome, Place.standing
        ).where(col(Place.grid_id).in_(grid_ids))
    )
    return {
        place_id: stand(
            hazards.get(place_id, ()),
            local_day(checked_at, zone) if checked_at else None,
            local_day(called_at, zone) if called_at else None,
            outcome,
            standing,
            today,
        )
        for place_id, checked_at, called_at, outcome, standing in rows
    }


def _open_hazards(session: Session, grid_ids: GridIds) -> dict[int, list[OpenHazard]]:
    found: dict[int, list[OpenHazard]] = defaultdict(list)
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Hazard.place_id, Hazard.severity, Hazard.status, Hazard.due_on
        ).where(
            col(Hazard.grid_id).in_(grid_ids),
            col(Hazard.status).in_(UNFINISHED),
            col(Hazard.place_id).is_not(None),
        )
    )
    for place_id, *described in rows:
        found[place_id].append(OpenHazard(*described))
    return found
