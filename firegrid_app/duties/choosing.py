"""Which rules hold where: the plan a county or street follows, its own rules, its seasons."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.duties.making import make_anew, obligation_of
from firegrid_app.duties.presets import presets
from firegrid_app.duties.rules.obligations import Obligation, problem_of
from firegrid_app.duties.rules.periods import comes_due
from firegrid_app.duties.rules.seasons import span_problem
from firegrid_app.duties.service import workdays
from firegrid_app.duties.tables import ObligationRule, PresetChoice, SeasonSpan
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def _settable(session: Session, actor: Actor, code: str) -> Grid:
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if grid.level > 1:
        raise Refused("duties.wrong_level")
    return grid


def choose_preset(session: Session, actor: Actor, code: str, preset: str, now: datetime) -> int:
    """Let a county or street follow a plan from today on, empty for none; duties made.

    What the plan before it asked ends today; what was done or has begun stays. Refuses
    `duties.unknown_preset`, `duties.wrong_level`, `grids.unknown`, `access.outside_grid`.
    """
    grid = _settable(session, actor, code)
    return follow_preset(session, grid, preset, actor.person_id, now)


def follow_preset(
    session: Session, grid: Grid, preset: str, person_id: int | None, now: datetime
) -> int:
    """The same without asking who; the pilot begins with it."""
    if preset and preset not in presets():
        raise Refused("duties.unknown_preset")
    assert grid.id is not None
    today = local_day(now, settings().zone)
    choice = session.get(PresetChoice, grid.id)
    if choice is not None and choice.preset == preset:
        return 0
    if choice is None:
        choice = PresetChoice(grid_id=grid.id, preset=preset, chosen_at=now)
        session.add(choice)
    choice.preset, choice.chosen_by_id, choice.chosen_at = preset, person_id, now
    for row in session.exec(
        select(ObligationRule).where(
            ObligationRule.grid_id == grid.id,
            ObligationRule.preset != "",
            col(ObligationRule.ends_on).is_(None),
        )
    ):
        _end(row, today)
    for rule in presets().get(preset, ()):
        session.add(row_of(rule, grid.id, preset, person_id, today))
    audit(session, person_id, "choose_preset", f"grid:{grid.code} {preset}", now)
    session.flush()
    return make_anew(session, today)


def row_of(
    rule: Obligation, grid_id: int, preset: str, person_id: int | None, today: date
) -> ObligationRule:
    """The row of a rule that begins to hold in a grid."""
    return ObligationRule(
        grid_id=grid_id,
        preset=preset,
        code=rule.code,
        kind=rule.kind,
        role=rule.role,
        level=rule.level,
        rhythm=rule.rhythm,
        times=rule.times,
        target=rule.target,
        season=rule.season,
        starts_on=rule.starts_on or today,
        ends_on=rule.ends_on,
        once_on=rule.once_on,
        words=rule.words,
        source=rule.source,
        ours=",".join(rule.ours),
        made_by_id=person_id,
    )


def _end(row: ObligationRule, today: date) -> None:
    """No longer asked from today on; a rule that began today never was."""
    row.ends_on = today - timedelta(days=1)


def add_rule(
    session: Session, actor: Actor, code: str, rule: Obligation | str, now: datetime
) -> ObligationRule:
    """An office's own rule in a grid and all below, from today or later on.

    So a street arranges a key inspection beside the daily walks (YC-40) and gives each phase of a
    drive its day (YC-67), and a department's own inspections come round (HZ-21).

    `rule` as `obligation_from` gives it. Refuses what that names, `duties.never` when the calendar
    holds no day for it, `duties.twice` when the same is asked there already, and what the grid's
    door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    assert grid.id is not None
    if isinstance(rule, str):
        raise Refused(rule)
    today = local_day(now, settings().zone)
    rule = replace(rule, starts_on=max(rule.starts_on or today, today))
    if code_of_problem := problem_of(rule):
        raise Refused(code_of_problem)
    days = workdays(session, today, today + timedelta(days=3 * 366))
    if rule.level < grid.level or not comes_due(rule, today, days):
        raise Refused("duties.never")
    for row in rules_of(session, grid.id, today):
        if _same(obligation_of(row), rule):
            raise Refused("duties.twice")
    row = row_of(rule, grid.id, "", actor.person_id, today)
    session.add(row)
    audit(session, actor.person_id, "add_rule", f"grid:{grid.code} {rule.kind}", now)
    session.flush()
    make_anew(session, today, [row])
    return row


def _same(one: Obligation, other: Obligation) -> bool:
    """Is the same asked on some days of both? Phases of a drive follow each other (YC-67)."""
    keys = ("kind", "role", "level", "rhythm", "times", "target", "season", "once_on", "words")
    begin = max(one.starts_on or date.min, other.starts_on or date.min)
    meet = begin <= min(one.ends_on or date.max, other.ends_on or date.max)
    return meet and all(getattr(one, key) == getattr(other, key) for key in keys)


def rules_of(session: Session, grid_id: int, today: date) -> list[ObligationRule]:
    """Rules that hold from this grid down, today or later."""
    return list(
        session.exec(
            select(ObligationRule)
            .where(
                ObligationRule.grid_id == grid_id,
                (col(ObligationRule.ends_on).is_(None)) | (col(ObligationRule.ends_on) >= today),
            )
            .order_by(col(ObligationRule.level).desc(), col(ObligationRule.id))
        )
    )


def end_rule(session: Session, actor: Actor, rule_id: int, now: datetime) -> None:
    """A rule holds no more from today on. Refuses `duties.unknown_rule`."""
    row = session.get(ObligationRule, rule_id)
    today = local_day(now, settings().zone)
    if row is None or (row.ends_on is not None and row.ends_on < today):
        raise Refused("duties.unknown_rule")
    grid_by_id(session, actor, row.grid_id, Action.SET_DUTIES)
    _end(row, today)
    audit(session, actor.person_id, "end_rule", f"rule:{rule_id}", now)
    session.flush()
    make_anew(session, today, [row])


def set_season(
    session: Session, actor: Actor, code: str, season: str, year: int, first: date, last: date,
    now: datetime,
) -> None:  # fmt: skip
    """A season's own days in one year, as a yearly order names them, here and below.

    Refuses `duties.unknown_season`, `duties.season_ends_before`, `duties.season_far_off`.
    """
    grid = _settable(session, actor, code)
    assert grid.id is not None
    if problem := span_problem(season, year, first, last):
        raise Refused(problem)
    row = session.exec(
        select(SeasonSpan).where(
            SeasonSpan.grid_id == grid.id, SeasonSpan.code == season, SeasonSpan.year == year
        )
    ).first()
    if row is None:
        row = SeasonSpan(grid_id=grid.id, code=season, year=year, first_on=first, last_on=last)
        session.add(row)
    row.first_on, row.last_on = first, last
    audit(session, actor.person_id, "set_season", f"grid:{grid.code} {season} {year}", now)
    session.flush()
    make_anew(session, local_day(now, settings().zone))
