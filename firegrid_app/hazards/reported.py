"""What became of one's own reports, for who works in no grid: the loop closes for them too."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Actor
from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.cards import OwnReport
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard

LOOKED_BACK = timedelta(days=30)
"""So long a report stays on its maker's phone; one that is not closed, until it is. OURS."""
_MOST = 20


def own_reports(
    session: Session, actor: Actor, grid_ids: GridIds, now: datetime
) -> list[OwnReport]:
    """The actor's own reports in these grids, the newest first (YC-64: 处置反馈).

    Residents' reports that the actor took on are not among them.
    """
    rows = session.exec(
        select(Hazard)
        .where(
            col(Hazard.grid_id).in_(grid_ids),
            Hazard.person_id == actor.person_id,
            Hazard.source == "",
            or_(
                col(Hazard.status).in_(UNFINISHED),
                col(Hazard.happened_at) >= now - LOOKED_BACK,
            ),
        )
        .order_by(col(Hazard.happened_at).desc(), col(Hazard.id))
        .limit(_MOST)
    )
    return [
        OwnReport(
            id=str(one.id),
            category=one.category,
            where_words=one.where_words,
            status=one.status,
            due_on=one.due_on.isoformat(),
            happened_at=one.happened_at.isoformat(),
            rung=one.rung,
        )
        for one in rows
    ]
