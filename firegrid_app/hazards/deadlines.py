"""Use cases of deadlines: which terms hold for a hazard, and a street that sets its own."""

from dataclasses import asdict
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.duties.service import workdays
from firegrid_app.grids.service import grid_by_code, paths_over
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import TermsCard
from firegrid_app.hazards.rules.deadlines import FORESEEN, SHIPPED, Terms, problem_of
from firegrid_app.hazards.rules.kinds import CATEGORY, Severity
from firegrid_app.hazards.tables import DeadlineRule, Hazard
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_LOWEST = 1
"""Terms are set by a county or a street."""


def calendar_around(session: Session, day: date) -> Workdays:
    """The workdays any deadline of today can touch."""
    return workdays(session, day - FORESEEN, day + FORESEEN)


def terms_for(
    session: Session, grid_path: str, category: str, severity: Severity, today: date
) -> tuple[int | None, Terms]:
    """The terms a new hazard is given, with the id of their rule.

    The street's go before the county's, a category's own before those of the grade.
    """
    rows = [
        (path, rule)
        for path, rule in _in_force(session, grid_path, today)
        if rule.severity == severity and rule.category in ("", category)
    ]
    if not rows:
        return None, SHIPPED[severity]
    _, rule = max(rows, key=lambda one: (len(one[0]), one[1].category != "", one[1].id or 0))
    return rule.id, _terms(rule)


def terms_of(session: Session, hazard: Hazard) -> Terms:
    """The terms a hazard was given, whatever was set since."""
    rule = session.get(DeadlineRule, hazard.rule_id) if hazard.rule_id else None
    return _terms(rule) if rule else SHIPPED[Severity(hazard.severity)]


def _terms(rule: DeadlineRule) -> Terms:
    return Terms(rule.days, rule.remind, rule.step, rule.after_photo)


def _in_force(session: Session, grid_path: str, today: date) -> list[tuple[str, DeadlineRule]]:
    query = (
        select(Grid.path, DeadlineRule)
        .join(Grid, col(Grid.id) == DeadlineRule.grid_id)
        .where(col(Grid.path).in_(paths_over(grid_path)))
        .where(or_(col(DeadlineRule.ends_on).is_(None), col(DeadlineRule.ends_on) > today))
    )
    return list(session.exec(query))


def terms_in(session: Session, actor: Actor, code: str, now: datetime) -> list[TermsCard]:
    """All terms that hold in a grid: one for each grade, then categories with their own.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    found: dict[tuple[str, str], tuple[str, DeadlineRule]] = {}
    for path, rule in sorted(_in_force(session, grid.path, today), key=lambda one: len(one[0])):
        found[rule.severity, rule.category] = path, rule
    cards = []
    for severity, shipped in SHIPPED.items():
        found.setdefault((severity, ""), ("", DeadlineRule(severity=severity, **asdict(shipped))))
    order = {severity.value: place for place, severity in enumerate(Severity)}
    for (severity_code, category), (path, rule) in sorted(
        found.items(), key=lambda one: (one[0][1] != "", order[one[0][0]], one[0][1])
    ):
        origin = "shipped" if not path else "own" if path == grid.path else "above"
        cards.append(TermsCard(severity_code, category, origin=origin, **asdict(_terms(rule))))
    return cards


def may_set_terms(actor: Actor, grid: Grid) -> bool:
    """May this person set the terms of this grid?"""
    return grid.level <= _LOWEST and actor.may(Action.SET_DUTIES, grid.path)


def set_terms(
    session: Session,
    actor: Actor,
    code: str,
    severity: str,
    category: str,
    terms: Terms | None,
    now: datetime,
) -> None:
    """Set the terms of a county or street from today on; None: again those from above.

    Hazards that are there keep the terms they were given. Refuses `hazards.unknown_severity`,
    `hazards.unknown_category`, `hazards.terms_of_street`, `hazards.terms_out_of_range`,
    `hazards.reminded_too_early`, `grids.unknown`, `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if not may_set_terms(actor, grid):
        raise Refused("hazards.terms_of_street")
    if severity not in Severity.__members__.values():
        raise Refused("hazards.unknown_severity")
    if category and category not in CATEGORY:
        raise Refused("hazards.unknown_category")
    if terms and (problem := problem_of(terms)):
        raise Refused(problem)
    today = local_day(now, settings().zone)
    same = (
        DeadlineRule.grid_id == grid.id,
        DeadlineRule.severity == severity,
        DeadlineRule.category == category,
        col(DeadlineRule.ends_on).is_(None),
    )
    for rule in session.exec(select(DeadlineRule).where(*same)):
        rule.ends_on = today
    if terms:
        session.add(
            DeadlineRule(
                grid_id=grid.id or 0,
                severity=severity,
                category=category,
                starts_on=today,
                made_by_id=actor.person_id,
                **asdict(terms),
            )
        )
    audit(session, actor.person_id, "set_terms", f"grid:{grid.code} {severity} {category}", now)
    session.flush()
