"""What everybody sees of the exposure board.

Nothing has to take a line down: what is closed, delisted or past its day is not read any more.
"""

from datetime import datetime

from sqlmodel import Session, col, func, select

from firegrid_app.clock import local_day
from firegrid_app.exposure.cards import ExposedBoard, ExposedCard
from firegrid_app.exposure.rules import APPROVALS
from firegrid_app.exposure.service import grid_above, why_not_now
from firegrid_app.exposure.tables import Exposure, ExposureApproval
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.rules.steps import UNFINISHED, Step
from firegrid_app.hazards.tables import Hazard, HazardEvent, HazardListing
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST = 200


def exposed_board(session: Session, code: str, now: datetime) -> ExposedBoard:
    """The public page of a street or county. Refuses `boards.unknown`."""
    top = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(Grid.code == code[:30], Grid.level <= 1, col(Grid.valid_to).is_(None))
    ).first()
    if top is None:
        raise Refused("boards.unknown")
    today = local_day(now, settings().zone)
    yes = (
        select(ExposureApproval.exposure_id)
        .group_by(col(ExposureApproval.exposure_id))
        .having(func.count() >= APPROVALS)
    )
    rows = session.exec(
        select(Exposure, Hazard, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Hazard, col(Hazard.id) == col(Exposure.hazard_id))
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            col(Grid.path).startswith(top.path, autoescape=True),
            col(Exposure.id).in_(yes),
            col(Exposure.taken_down_at).is_(None),
            col(Exposure.ends_on) >= today,
            col(Hazard.status).in_(UNFINISHED),
            Hazard.listing != "",
        )
        .order_by(col(Hazard.due_on), col(Exposure.id))
        .limit(MOST)
    ).all()
    # A deadline set anew takes a line off as well.
    lines = [
        _line(session, row, hazard, grid)
        for row, hazard, grid in rows
        if not why_not_now(hazard, today)
    ]
    return ExposedBoard(
        code=top.code,
        name=top.name,
        lines=tuple(lines),
        supervision_phone=top.supervision_phone or settings().supervision_phone,
    )


def _line(session: Session, row: Exposure, hazard: Hazard, grid: Grid) -> ExposedCard:
    listing = session.exec(
        select(HazardListing).where(
            HazardListing.hazard_id == hazard.id, HazardListing.number == hazard.listing
        )
    ).one()
    corrected = None
    if hazard.status == "corrected":
        corrected = session.exec(
            select(HazardEvent.at)
            .where(HazardEvent.hazard_id == hazard.id, HazardEvent.step == Step.CORRECTED)
            .order_by(col(HazardEvent.number).desc())
        ).first()
    zone = settings().zone
    return ExposedCard(
        name=row.name,
        grid_name=grid_above(session, grid, 2).name,
        category=hazard.category,
        listing=hazard.listing,
        listed_on=listing.listed_on.isoformat(),
        due_on=hazard.due_on.isoformat(),
        urged=hazard.urges,
        corrected_on=local_day(corrected, zone).isoformat() if corrected else "",
        until=row.ends_on.isoformat(),
    )
