"""What the desk's page of warnings shows: the list below a grid, and one of them with receipts."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.alerts.cards import (
    AlertLine,
    AlertView,
    LevelRow,
    TaskLine,
    TrailChange,
    TrailLine,
)
from firegrid_app.alerts.forms import wall_minute
from firegrid_app.alerts.issuing import tasks_code
from firegrid_app.alerts.measures import SMALL_GRID
from firegrid_app.alerts.receipts import (
    Ground,
    along_passings,
    day_of,
    own_reached,
    receipts,
    rows_of,
    tally,
)
from firegrid_app.alerts.rules import phase_of, touches
from firegrid_app.alerts.service import targets_of
from firegrid_app.alerts.tables import Alert, AlertEvent, AlertSender, AlertTarget
from firegrid_app.duties.brought import brought
from firegrid_app.grids.cards import GridPick
from firegrid_app.grids.service import grid_by_code, grids_in_scope, picks_of
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

PAGE = 10
MOST_ROWS = 60
"""Grids sent at a time; the sums are of all."""
_MOMENTS = frozenset({"ends_at", "deadline_at"})


def homes_to_issue_in(session: Session, actor: Actor) -> list[GridPick]:
    """Grids with others below them that this person may issue a warning in, in tree order."""
    return picks_of(grids_in_scope(session, actor, Action.ALERT, lowest=SMALL_GRID - 1))


def targets_in(session: Session, actor: Actor, code: str) -> list[GridPick]:
    """Grids directly below one, to narrow a warning to. Refuses what the grid's door refuses."""
    home = grid_by_code(session, actor, code, Action.ALERT)
    below = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(Grid.parent_id == home.id, col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
    )
    return picks_of(below)


def alerts_below(
    session: Session, actor: Actor, code: str, page: int, now: datetime
) -> tuple[list[AlertLine], int, int]:
    """Warnings that concern a grid or some grid below it, those in force first, the newest first.

    Gives the lines, how many there are in all, and the page they are of. Refuses `grids.unknown`
    and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    above = top.path.strip("/").split("/")
    concerned = (
        sa.select(1)
        .select_from(AlertTarget)
        .join(Grid, col(Grid.id) == col(AlertTarget.grid_id))
        .where(
            col(AlertTarget.alert_id) == col(Alert.id),
            or_(col(Grid.path).startswith(top.path, autoescape=True), col(Grid.code).in_(above)),
        )
        .exists()
    )
    count = session.exec(select(func.count()).select_from(Alert).where(concerned)).one()
    page = min(max(page, 1), max(1, -(-count // PAGE)))
    is_past = col(Alert.lifted_at).is_not(None) | (col(Alert.ends_at) <= now)
    rows = session.exec(
        select(Alert)
        .where(concerned)
        .order_by(sa.case((is_past, 1), else_=0), col(Alert.issued_at).desc(), col(Alert.id).desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    return _Lines(session, actor, top, now).of(list(rows)), count, page


class _Lines:
    """Makes lines of warnings as seen from one grid."""

    def __init__(self, session: Session, actor: Actor, top: Grid, now: datetime) -> None:
        self._session, self._actor, self._top, self._now = session, actor, top, now
        self._grounds: dict[Any, Ground] = {}

    def ground(self, alert: Alert) -> Ground:
        """The grids that count for it."""
        day = day_of(alert, self._now)
        if day not in self._grounds:
            self._grounds[day] = Ground(self._session, self._top, day)
        return self._grounds[day]

    def of(self, rows: list[Alert]) -> list[AlertLine]:
        """The lines, with the sums below the grid."""
        if not rows:
            return []
        targets = targets_of(self._session, [row.id or 0 for row in rows])
        codes = brought(self._session, [tasks_code(row) for row in rows])
        homes = {
            grid.id: grid
            for grid in self._session.exec(
                select(Grid)
                .options(WITHOUT_OUTLINE)
                .where(col(Grid.id).in_({row.grid_id for row in rows}))
            )
        }
        return [
            self._line(row, targets[row.id or 0], tasks_code(row) in codes, homes[row.grid_id])
            for row in rows
        ]

    def _line(self, row: Alert, targets: tuple[str, ...], has_tasks: bool, home: Grid) -> AlertLine:
        found, told = receipts(
            self._session, row, targets, self.ground(row), self._now, with_tasks=has_tasks
        )
        phase = phase_of(row.starts_at, row.ends_at, row.lifted_at, self._now)
        return AlertLine(
            id=row.id or 0,
            grid=home.code,
            grid_name=home.name,
            kind=row.kind,
            weather=row.weather,
            colour=row.colour,
            title=row.title,
            issuer=row.issuer,
            number=row.number,
            starts=_wall(row.starts_at),
            ends=_wall(row.ends_at),
            deadline=_wall(row.deadline_at),
            to_residents=row.to_residents,
            edition=row.edition,
            phase=phase,
            tally=tally(found, told, self._top.path),
            has_tasks=has_tasks,
            may_change=phase in ("coming", "in_force") and self._actor.may(Action.ALERT, home.path),
        )


def alert_view(
    session: Session, actor: Actor, alert_id: int, code: str, chosen: str, now: datetime
) -> AlertView:
    """One warning below one grid. `chosen` narrows the grids to one standing, or to `late`.

    Refuses `alerts.unknown`, also for one that does not concern the grid, `grids.unknown` and
    `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    alert = session.get(Alert, alert_id)
    targets = targets_of(session, [alert_id]).get(alert_id, ())
    if alert is None or not touches(top.path, targets):
        raise Refused("alerts.unknown")
    lines = _Lines(session, actor, top, now)
    (line,) = lines.of([alert])
    ground = lines.ground(alert)
    found, told = receipts(session, alert, targets, ground, now, with_tasks=line.has_tasks)
    told = [one for one in told if one.path.startswith(top.path)]
    wanted = [
        one
        for one in found
        if not chosen or one.standing == chosen or (chosen == "late" and one.late)
    ]
    shown = wanted[:MOST_ROWS]
    names = {grid.id: grid.name for grid in ground.grids}
    lowest = {grid.id for grid in ground.lowest}
    children = [
        grid for grid in ground.grids if grid.parent_id == top.id and touches(grid.path, targets)
    ]
    if all(grid.id in lowest for grid in children):
        children = []
    return AlertView(
        line=line,
        code=top.code,
        name=top.name,
        words=alert.words,
        tally=tally(found, told, top.path),
        own_reached=own_reached(told, top.path),
        levels=[LevelRow(grid.code, grid.name, tally(found, told, grid.path)) for grid in children],
        rows=rows_of(shown, names, along_passings(session, actor, shown), _wall),
        matches=len(wanted),
        trail=_trail(session, alert),
        tasks=[
            TaskLine(rule.kind, rule.rhythm, rule.words, rule.target)
            for rule in brought(session, [tasks_code(alert)]).get(tasks_code(alert), ())
        ],
        ends_on=wall_minute(alert.ends_at),
        deadline_on=wall_minute(alert.deadline_at),
    )


def _trail(session: Session, alert: Alert) -> list[TrailLine]:
    """Who issued, corrected, lifted it; the newest first."""
    rows = session.exec(
        select(AlertEvent, Person.name)
        .outerjoin(Person, col(Person.id) == AlertEvent.person_id)
        .where(AlertEvent.alert_id == alert.id)
        .order_by(col(AlertEvent.id).desc())
    )
    sender = session.get(AlertSender, alert.sender_id) if alert.sender_id else None
    return [
        TrailLine(
            at=_wall(event.at),
            what=event.what,
            who=name or (sender.name if sender else ""),
            note=event.note,
            changes=[
                TrailChange(
                    field, _wall(datetime.fromisoformat(was)) if field in _MOMENTS else str(was)
                )
                for field, was in event.before.items()
            ],
        )
        for event, name in rows
    ]


def _wall(at: datetime) -> str:
    """Month, day and time on the wall clock."""
    return f"{at.astimezone(settings().zone):%m-%d %H:%M}"
