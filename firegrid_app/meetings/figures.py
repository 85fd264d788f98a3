"""A period in figures, from the same counts that the desk and the duties show."""

from collections import defaultdict
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.alerts.period import alerts_between
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.lists import duties_below
from firegrid_app.duties.views import totals
from firegrid_app.grids.service import ids_below, subtree
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.period import hazards_of_period
from firegrid_app.hazards.rules.kinds import CATEGORIES, Severity
from firegrid_app.meetings.cards import CategoryFigures, Figures, GridFigures
from firegrid_app.patrols.reached import minutes_between, walks_between
from firegrid_app.settings import settings
from firegrid_app.shouts.counts import shouts_between
from firegrid_app.visits.counts import doors_between

SMALL = 3
_NUMBERS = tuple(f.name for f in fields(GridFigures) if f.name not in ("code", "name"))
_CATEGORY = {category.code: place for place, category in enumerate(CATEGORIES)}


def figures_of(
    session: Session, actor: Actor, grid: Grid, first: date, last: date, now: datetime
) -> Figures:
    """What was done below this grid from `first` to `last`, by the grids right below it.

    Counted are the small grids, as on the desk, so that both say the same. Of a small grid the one
    row is itself. The caller has checked the grid.
    """
    zone = settings().zone
    today = local_day(now, zone)
    start_at, end_at = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    grids = subtree(session, grid)
    small = [one for one in grids if one.level == SMALL]
    ids = ids_below(grid, level=SMALL)
    row_of = {one.id: _row_of(grid, one) for one in small}
    shown = set(row_of.values())
    counted: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_NUMBERS, 0))
    kinds: dict[tuple[str, str], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(("found", "closed", "open", "overdue"), 0)
    )
    for name, found in (
        ("walks", walks_between(session, ids, start_at, end_at)),
        ("minutes", minutes_between(session, ids, first, last)),
        ("knocks", doors_between(session, ids, start_at, end_at)),
        ("shouts", shouts_between(session, ids, start_at, end_at)),
    ):
        for grid_id, number in found.items():
            counted[row_of[grid_id]][name] += number
    for some in hazards_of_period(session, ids, start_at, end_at, today):
        for name in ("found", "closed", "open", "overdue"):
            counted[row_of[some.grid_id]][name] += getattr(some, name)
            kinds[some.category, some.severity][name] += getattr(some, name)
    rows = tuple(
        GridFigures(one.code, one.name, **counted[one.code]) for one in grids if one.code in shown
    )
    duties = totals(duties_below(session, actor, grid.code, now))
    warnings, notices = alerts_between(session, grid, start_at, end_at)
    return Figures(
        first=first.isoformat(),
        last=last.isoformat(),
        as_of=now.isoformat(),
        total=GridFigures(
            grid.code,
            grid.name,
            **{name: sum(getattr(row, name) for row in rows) for name in _NUMBERS},
        ),
        rows=rows,
        hazards=tuple(
            CategoryFigures(category, severity, **numbers)
            for (category, severity), numbers in sorted(kinds.items(), key=_order)
        ),
        duties_overdue=duties.overdue,
        duties_done=duties.done,
        warnings=warnings,
        notices=notices,
    )


def _row_of(top: Grid, grid: Grid) -> str:
    """Code of the row a grid counts in: the grid right below the top that holds it."""
    below = grid.path.removeprefix(top.path)
    return below.split("/")[0] if below else top.code


def _order(pair: tuple[tuple[str, str], Any]) -> tuple[int, int]:
    """The gravest first, then as the catalogue has them."""
    (category, severity), _ = pair
    grades = tuple(Severity)
    grade = grades.index(Severity(severity)) if severity in grades else -1
    return -grade, _CATEGORY.get(category, len(_CATEGORY))


def frozen(figures: Figures) -> dict[str, Any]:
    """As kept with the meeting."""
    return asdict(figures)


def thawed(kept: dict[str, Any]) -> Figures:
    """As kept, back to a card; numbers counted later than it was kept are 0."""
    known = {field.name for field in fields(Figures)} & set(kept)
    simple = {name: kept[name] for name in known - {"total", "rows", "hazards"}}
    return Figures(
        **simple,
        total=_grid(kept["total"]),
        rows=tuple(_grid(row) for row in kept["rows"]),
        hazards=tuple(CategoryFigures(**row) for row in kept["hazards"]),
    )


def _grid(kept: dict[str, Any]) -> GridFigures:
    known = {field.name for field in fields(GridFigures)}
    return GridFigures(**{name: value for name, value in kept.items() if name in known})
