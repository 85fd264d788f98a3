"""What residents read of rewards: before they report, and where their own stands."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.clock import local_day
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.cards import AmountLine, RewardNote
from firegrid_app.rewards.rules import Stage, stands
from firegrid_app.rewards.schemes import amount_lines, scheme_at
from firegrid_app.rewards.tables import Reward, RewardScheme
from firegrid_app.settings import settings


def offer_in(session: Session, grid: Grid, now: datetime) -> tuple[AmountLine, ...]:
    """What is given in a grid today, the grades with something; empty where nothing is."""
    scheme = scheme_at(session, grid.path, now)
    return tuple(line for line in amount_lines(scheme) if line.most) if scheme else ()


def note_of(session: Session, report: ResidentReport, now: datetime) -> RewardNote | None:
    """Where the reward of a report stands, for its maker; None where there is nothing to say."""
    row = session.get(Reward, report.id)
    if row is None:
        return _of_known(session, report)
    scheme = session.get(RewardScheme, row.scheme_id)
    assert scheme is not None
    zone = settings().zone
    stage = stands(row.stage, row.claim_until, local_day(now, zone))
    return RewardNote(
        stage="checking" if stage == Stage.OPEN else stage,
        amount=row.amount,
        until=row.claim_until.isoformat() if row.claim_until else "",
        collect_at=scheme.collect_at,
        asks_name=scheme.asks_name,
        paid=f"{row.paid_at.astimezone(zone):%Y-%m-%d}" if row.paid_at else "",
        reason=row.reason,
        words=row.words,
    )


def _of_known(session: Session, report: ResidentReport) -> RewardNote | None:
    """Joined to what was known, where rewards were given: only who told first is rewarded."""
    if report.standing != "joined":
        return None
    grid = session.get(Grid, report.grid_id, options=[WITHOUT_OUTLINE])
    if grid is None or scheme_at(session, grid.path, report.received_at) is None:
        return None
    return RewardNote(stage=Stage.DECLINED, reason="not_first")
