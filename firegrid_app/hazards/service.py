"""Use cases of hazards: report, correct, close, reopen; `lists.py` has what is shown of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import require
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.hazards.acting import follow
from firegrid_app.hazards.cards import NotGiven
from firegrid_app.hazards.deadlines import calendar_around, terms_for
from firegrid_app.hazards.dissuading import dissuade, refuse_unknown
from firegrid_app.hazards.handing_on import assign
from firegrid_app.hazards.ladder import holders_over
from firegrid_app.hazards.moves import grid_of, may_take
from firegrid_app.hazards.rules.deadlines import due_on, first_look, presses
from firegrid_app.hazards.rules.dissuasion import Dissuasion
from firegrid_app.hazards.rules.kinds import CATEGORY, Severity
from firegrid_app.hazards.rules.ladder import Rung, first_owner
from firegrid_app.hazards.rules.steps import MOVES, Status, Step, next_status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.hazards.writing import write_report
from firegrid_app.messages.urgent import tell_of_major_hazard
from firegrid_app.patrols.service import note_record
from firegrid_app.places.tables import Place
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def report(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    grid_code: str,
    patrol_id: UUID | None,
    category: str,
    severity: str,
    words: str,
    where_words: str,
    place_id: int | None,
    urgent: bool,
    fixed_on_spot: bool,
    dissuasion: Dissuasion | None = None,
    source: str = "",
    now: datetime,
) -> Hazard:
    """Report a hazard; fixed on the spot it is closed in the same step (LY-47, YB-12), and whoever
    was talked to (劝导制止, YC-47) stands in the trail before that.

    `source`: where the person has it from, when it is not their own finding (`tables.Hazard`).

    Refuses `hazards.unknown_category`, `hazards.unknown_severity`, `hazards.grading_reserved`
    (only an officer grades major), `hazards.no_words_for_other`, `places.unknown`,
    `hazards.unknown_dissuasion`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.REPORT_HAZARD)
    if category not in CATEGORY:
        raise Refused("hazards.unknown_category")
    if severity not in Severity.__members__.values():
        raise Refused("hazards.unknown_severity")
    if severity == Severity.MAJOR and not actor.may(Action.GRADE_MAJOR, grid.path):
        raise Refused("hazards.grading_reserved")
    if category == "other" and not words.strip():
        raise Refused("hazards.no_words_for_other")
    refuse_unknown(dissuasion)
    place = None
    if place_id is not None:
        place = session.get(Place, place_id)
        if place is None or place.grid_id != grid.id:
            raise Refused("places.unknown")
    assert grid.id is not None
    today = local_day(stamp.happened_at, settings().zone)
    grade = Severity(severity)
    rule_id, terms = terms_for(session, grid.path, category, grade, today)
    calendar = calendar_around(session, today)
    holders = holders_over(session, grid.path, local_day(now, settings().zone))
    rung, owner_id = first_owner(holders, actor.person_id)
    due = due_on(terms, today, calendar)
    first: dict[str, Any] = {
        "severity": str(grade),
        "owner_id": owner_id,
        "rung": str(rung),
        "due_on": due,
    }
    hazard = Hazard(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        category=category,
        words=words.strip(),
        where_words=where_words.strip(),
        place_id=place_id,
        source=source,
        sheltered=not actor.may(Action.SEE_GRID, grid.path),
        urgent=urgent,
        status=Status.OPEN,
        rule_id=rule_id,
        look_on=first_look(
            terms,
            due,
            today,
            calendar,
            assigned=owner_id is not None,
            pressing=presses(severity, urgent),
        ),
        **first,
    )
    session.add(hazard)
    write_report(session, hazard, place)
    by, at = actor.person_id, stamp.happened_at
    reported = latest = take(session, hazard, Step.REPORTED, by, at, facts=first)
    if dissuasion is not None:
        latest = dissuade(session, actor, hazard, dissuasion, at, now, previous=reported)
    if fixed_on_spot:
        take(session, hazard, Step.FIXED_ON_SPOT, by, at, previous=latest)
        hazard.look_on = None
    else:
        tell(session, hazard, reported, [owner_id], Why.YOURS, now)
        if presses(severity, urgent):
            above = (*holders.get(Rung.COMMUNITY, ()), *holders.get(Rung.STREET, ()))
            tell(session, hazard, reported, above, Why.PRESSING, now, besides=[owner_id])
        if grade in (Severity.SUSPECTED_MAJOR, Severity.MAJOR):
            tell_of_major_hazard(session, hazard.id, grid, by, now)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return hazard


def hazard_for(session: Session, actor: Actor, hazard_id: UUID, step: Step) -> Hazard:
    """The one door to a hazard that is to be moved: held, and as the last one left it.

    Refuses `hazards.unknown`, `hazards.already_closed` (nobody takes this step after the report)
    and `access.outside_grid`.
    """
    # It may have been reported in the very batch that now moves it.
    session.flush()
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise Refused("hazards.unknown")
    # Of two people who press at once, the second finds the hazard where the first left it.
    session.refresh(hazard, with_for_update=True)
    grid = grid_of(session, hazard)
    if MOVES[step].right is None:
        require(actor, Action.REPORT_HAZARD, grid)
        raise Refused("hazards.already_closed")
    if not may_take(actor, step, hazard, grid.path):
        raise Refused("access.outside_grid")
    return hazard


WITH_MORE = frozenset(
    {
        Step.ASSIGNED,
        Step.DISSUADED,
        Step.GRADED,
        Step.LISTED,
        Step.DELISTED,
        Step.TRANSFERRED,
        Step.WHISTLED,
        Step.CHECKED_IN,
        Step.REPLIED,
        Step.MERGED,
        Step.UNMERGED,
    }
)
"""Steps that need more than words; each has a use case of its own."""


def move(
    session: Session, actor: Actor, hazard_id: UUID, step: Step, note: str, now: datetime
) -> Hazard:
    """Take a hazard one step on. Whoever said it is put right cannot close it too (YC-48).

    Refuses `hazards.already_closed` (no such move from here; "fixed on the spot" belongs to the
    report, where finder and fixer are one), `hazards.say_why`. What follows from the
    step may refuse it too, and so does the door.
    """
    hazard = hazard_for(session, actor, hazard_id, step)
    note = note.strip()[:1000]
    if next_status(Status(hazard.status), step) is None or step in WITH_MORE:
        raise Refused("hazards.already_closed")
    if MOVES[step].words and not note:
        raise Refused("hazards.say_why")
    follow(session, actor, hazard, step, note, now)
    session.flush()
    return hazard


def assign_all(
    session: Session, actor: Actor, ids: Sequence[UUID], person_id: int, note: str, now: datetime
) -> int:
    """Give several hazards to one person, all or none (YC-50); how many.

    What giving one of them refuses, refuses them all.
    """
    # In one order, whoever asks: two who hold some of each other's rows would wait for ever.
    for hazard_id in sorted(set(ids)):
        hazard = hazard_for(session, actor, hazard_id, Step.ASSIGNED)
        assign(session, actor, hazard, person_id, note.strip()[:1000], now)
    session.flush()
    return len(set(ids))


def give_all(
    session: Session, actor: Actor, ids: Sequence[UUID], person_id: int, note: str, now: datetime
) -> tuple[NotGiven, ...]:
    """The same, telling all that stand in the way: those come back, and then none was given."""
    refused: list[NotGiven] = []
    with session.begin_nested() as attempt:
        for hazard_id in sorted(set(ids)):
            try:
                assign_all(session, actor, [hazard_id], person_id, note, now)
            except Refused as why:
                refused.append(_not_given(session, actor, hazard_id, why))
        if refused:
            attempt.rollback()
    return tuple(refused)


def _not_given(session: Session, actor: Actor, hazard_id: UUID, why: Refused) -> NotGiven:
    """What the reader may know of one that could not be given."""
    hazard = session.get(Hazard, hazard_id)
    if hazard is None or not actor.may(Action.SEE_GRID, grid_of(session, hazard).path):
        return NotGiven(str(hazard_id), why.code)
    return NotGiven(str(hazard_id), why.code, hazard.category, hazard.where_words)
