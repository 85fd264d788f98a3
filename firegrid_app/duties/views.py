"""What the desk's page of duties shows: figures a grid, one grid's list, the plan in force."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.duties.cards import (
    DutyBoard,
    DutyTotals,
    GridDuties,
    PlanGrid,
    PlanView,
    RuleCard,
)
from firegrid_app.duties.choosing import rules_of
from firegrid_app.duties.presets import presets
from firegrid_app.duties.rules.obligations import ASKED, Rhythm
from firegrid_app.duties.tables import ObligationRule, PresetChoice
from firegrid_app.grids.service import grid_by_code, grids_in_scope
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings


def totals(board: DutyBoard) -> DutyTotals:
    """The sums of the grids' figures."""
    names = ("overdue", "today", "week", "later", "done")
    return DutyTotals(**{name: sum(getattr(row, name) for row in board.grids) for name in names})


def most_urgent(board: DutyBoard) -> list[GridDuties]:
    """Grids with most overdue first, then most due today; alike in the order of the tree."""
    return sorted(board.grids, key=lambda row: (-row.overdue, -row.today, -row.week))


def plan_grids(session: Session, actor: Actor) -> list[PlanGrid]:
    """Counties and streets whose plan this person may choose, the highest first."""
    grids = grids_in_scope(session, actor, Action.SET_DUTIES, lowest=1)
    return [PlanGrid(grid.code, grid.name, grid.level) for grid in grids]


def plan_view(session: Session, actor: Actor, code: str, now: datetime) -> PlanView:
    """The plan a county or street follows and its rules. Refuses what the grid's door refuses."""
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    assert grid.id is not None
    today = local_day(now, settings().zone)
    choice = session.get(PresetChoice, grid.id)
    above = None
    if choice is None and grid.parent_id is not None:
        above = session.get(PresetChoice, grid.parent_id)
    rows = [row for row in rules_of(session, grid.id, today) if row.code != ASKED]
    if above is not None:
        inherited = session.exec(
            select(ObligationRule)
            .join(Grid, col(Grid.id) == ObligationRule.grid_id)
            .where(
                ObligationRule.grid_id == grid.parent_id,
                ObligationRule.level >= grid.level,
                col(ObligationRule.ends_on).is_(None),
            )
            .order_by(col(ObligationRule.level).desc(), col(ObligationRule.id))
        )
        rows = [*rows, *inherited]
    return PlanView(
        code=grid.code,
        name=grid.name,
        preset=choice.preset if choice else "",
        inherited=above.preset if above else "",
        chosen=choice is not None,
        presets=tuple(presets()),
        rules=tuple(_rule_card(row, grid.id, today) for row in rows),
    )


def _rule_card(row: ObligationRule, grid_id: int, today: date) -> RuleCard:
    begins = row.starts_on if row.rhythm != Rhythm.ONCE else None
    return RuleCard(
        id=row.id or 0,
        kind=row.kind,
        role=row.role,
        level=row.level,
        rhythm=row.rhythm,
        times=row.times,
        target=row.target,
        season=row.season,
        words=row.words,
        source=row.source,
        ours=bool(row.ours),
        own=row.preset == "" and row.grid_id == grid_id,
        starts_on=begins.isoformat() if begins and begins > today else "",
        ends_on=row.ends_on.isoformat() if row.ends_on else "",
        once_on=row.once_on.isoformat() if row.once_on else "",
    )
