"""Duties that another room brings for a while: what a warning asks of its grids (YB-59).

They are ordinary rules with a code of their own, so lists, ticks and evidence treat them as any
other. The room that brings them has asked who may.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from firegrid_app.duties.choosing import row_of
from firegrid_app.duties.evidence import Dated, key_of, progress_of
from firegrid_app.duties.lists import first_ticks
from firegrid_app.duties.making import make_anew
from firegrid_app.duties.rules.obligations import Obligation, problem_of
from firegrid_app.duties.tables import Duty, ObligationRule
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused

_AT_A_TIME = 500
"""Grids in one question about what is done: far below what either database lets one name."""


@dataclass(frozen=True)
class Asked:
    """What was asked of a grid so far, and how much of it is done."""

    asked: int = 0
    done: int = 0


def bring(
    session: Session,
    grid_ids: Iterable[int],
    rules: Sequence[Obligation],
    person_id: int | None,
    today: date,
) -> None:
    """Let these rules hold in each of the grids and all below, on the days they name.

    Refuses what `problem_of` of the rule names.
    """
    for rule in rules:
        if problem := problem_of(rule):
            raise Refused(problem)
    rows = [row_of(rule, grid_id, "", person_id, today) for grid_id in grid_ids for rule in rules]
    session.add_all(rows)
    session.flush()
    make_anew(session, today, rows)


def let_run_until(session: Session, code: str, last: date, today: date) -> None:
    """What is asked day by day is asked up to `last` and no longer; what is due once stays."""
    rows = [row for row in _rows(session, code) if row.once_on is None]
    for row in rows:
        row.ends_on = last
    session.flush()
    make_anew(session, today, rows)


def end_all(session: Session, code: str, today: date) -> None:
    """Nothing of it is asked from today on; what was ticked stays."""
    rows = _rows(session, code)
    for row in rows:
        row.ends_on = today - timedelta(days=1)
    session.flush()
    make_anew(session, today, rows)


def _rows(session: Session, code: str) -> list[ObligationRule]:
    return list(
        session.exec(
            select(ObligationRule)
            .where(ObligationRule.code == code, ObligationRule.preset == "")
            .order_by(col(ObligationRule.id))
        )
    )


def brought(session: Session, codes: Iterable[str]) -> dict[str, list[ObligationRule]]:
    """The rules brought under each of these codes; the same rule of several grids only once."""
    found: dict[str, dict[tuple[str, str, str, int], ObligationRule]] = defaultdict(dict)
    rows = session.exec(
        select(ObligationRule)
        .where(col(ObligationRule.code).in_(list(codes)), ObligationRule.preset == "")
        .order_by(col(ObligationRule.id))
    )
    for row in rows:
        found[row.code].setdefault((row.kind, row.rhythm, row.words, row.target), row)
    return {code: list(some.values()) for code, some in found.items()}


def asked_of(session: Session, code: str, grid_ids: Sequence[int], today: date) -> dict[int, Asked]:
    """By grid, what was asked under this code up to `today`; grids of which nothing are missing."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for start in range(0, len(grid_ids), _AT_A_TIME):
        rows = session.exec(
            select(Duty, ObligationRule, Grid.path)
            .join(ObligationRule, col(ObligationRule.id) == Duty.rule_id)
            .join(Grid, col(Grid.id) == Duty.grid_id)
            .where(
                ObligationRule.code == code,
                ObligationRule.preset == "",
                col(Duty.grid_id).in_(grid_ids[start : start + _AT_A_TIME]),
                Duty.first_on <= today,
            )
        )
        dated = [Dated(duty, rule, path) for duty, rule, path in rows]
        progress = progress_of(session, dated)
        ticks = first_ticks(session, (key_of(one.duty) for one in dated))
        for one in dated:
            key = key_of(one.duty)
            finished = key in ticks or (key in progress and progress[key].finished)
            counts[one.duty.grid_id][0] += 1
            counts[one.duty.grid_id][1] += finished
    return {grid_id: Asked(asked, done) for grid_id, (asked, done) in counts.items()}
