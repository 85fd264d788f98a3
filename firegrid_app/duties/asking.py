"""A duty asked of one post once, as another room decided it: a meeting, a drill.

Such a rule is the office's own with the code `decision`; the page of rules leaves it out, for it is
kept where it was decided. The caller has checked who may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Role
from firegrid_app.clock import local_day
from firegrid_app.duties.choosing import row_of
from firegrid_app.duties.evidence import key_of
from firegrid_app.duties.lists import first_ticks
from firegrid_app.duties.making import make_anew
from firegrid_app.duties.rules.obligations import ASKED, Kind, Obligation, Rhythm, problem_of
from firegrid_app.duties.tables import Duty, ObligationRule
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


@dataclass(frozen=True)
class Asked:
    """How a duty that was asked once stands."""

    done_on: date | None
    """The day it was ticked."""
    note: str
    withdrawn: bool


def ask_once(
    session: Session,
    grid: Grid,
    role: Role,
    *,
    words: str,
    due_on: date,
    person_id: int,
    today: date,
) -> ObligationRule:
    """Ask the post `role` of this grid to do something by a day, from today on.

    Refuses what an obligation's own rules refuse: `duties.no_words`, `duties.never` (a day that is
    over), `duties.role_not_at_level`.
    """
    rule = Obligation(
        code=ASKED,
        kind=Kind.OTHER,
        role=role,
        level=grid.level,
        rhythm=Rhythm.ONCE,
        once_on=due_on,
        starts_on=today,
        words=" ".join(words.split()),
    )
    if problem := problem_of(rule):
        raise Refused(problem)
    assert grid.id is not None
    row = row_of(rule, grid.id, "", person_id, today)
    session.add(row)
    session.flush()
    make_anew(session, today, [row])
    return row


def take_back(session: Session, rule_id: int, today: date) -> None:
    """Nobody is asked any more; what was ticked stays."""
    row = session.get(ObligationRule, rule_id)
    if row is not None and (row.ends_on is None or row.ends_on >= today):
        row.ends_on = today - timedelta(days=1)
        session.flush()
        make_anew(session, today, [row])


def how_asked_stand(session: Session, rule_ids: Iterable[int]) -> dict[int, Asked]:
    """Of each of these rules whether its duty was ticked, and with which words."""
    ids = set(rule_ids)
    duties = session.exec(select(Duty).where(col(Duty.rule_id).in_(ids))).all()
    ticks = first_ticks(session, (key_of(duty) for duty in duties))
    by_rule = {key[0]: tick for key, tick in ticks.items()}
    there = {duty.rule_id for duty in duties}
    found = {}
    for rule_id in ids:
        tick = by_rule.get(rule_id)
        found[rule_id] = Asked(
            done_on=local_day(tick.happened_at, settings().zone) if tick else None,
            note=tick.note if tick else "",
            withdrawn=rule_id not in there,
        )
    return found
