"""The ledger of contact cards (YC-69): which premises were given one, and when last."""

from datetime import date

from sqlmodel import Session, col, func, select

from firegrid_app.clock import local_day
from firegrid_app.grids.tables import GridIds
from firegrid_app.places.rules import Paper
from firegrid_app.places.tables import Place, PlacePaper
from firegrid_app.settings import settings
from firegrid_app.shouts.tables import Shout


def cards_given(session: Session, grid_ids: GridIds) -> dict[int, date]:
    """The last day each place was given a card, on a round or noted in its file.

    Places that never were are missing. The caller has checked the grids.
    """
    places = select(Place.id).where(col(Place.grid_id).in_(grid_ids))
    rounds = session.exec(
        select(Shout.place_id, func.max(Shout.happened_at))
        .where(col(Shout.place_id).in_(places), Shout.cards > 0)
        .group_by(col(Shout.place_id))
    )
    given = {place_id or 0: local_day(at, settings().zone) for place_id, at in rounds}
    noted = session.exec(
        select(PlacePaper.place_id, func.max(PlacePaper.signed_on))
        .where(
            PlacePaper.kind == Paper.CARD,
            col(PlacePaper.taken_out_at).is_(None),
            col(PlacePaper.place_id).in_(places),
        )
        .group_by(col(PlacePaper.place_id))
    )
    for place_id, day in noted:
        given[place_id] = max(day, given.get(place_id, day))
    return given
