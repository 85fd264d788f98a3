"""Use cases of the exposure board: propose, approve by two, take down."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.exposure.cards import ExposureLine
from firegrid_app.exposure.rules import APPROVALS, is_day, may_approve, why_not
from firegrid_app.exposure.tables import Exposure, ExposureApproval
from firegrid_app.grids.service import grid_by_id, paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.routes import exposed
from firegrid_app.settings import settings


def propose(
    session: Session,
    actor: Actor,
    hazard_id: UUID,
    *,
    ends_on: date,
    is_organisation: bool,
    now: datetime,
) -> Exposure:
    """Propose a hazard for the board, under the name of its premises.

    Refuses `hazards.unknown`, `hazards.already_closed`, `exposure.not_listed`,
    `exposure.not_overdue`, `exposure.no_organisation`, `exposure.bad_day`, `exposure.there_already`
    and what the grid's door refuses.
    """
    hazard, _ = _hazard(session, actor, hazard_id, hold=True)
    today = local_day(now, settings().zone)
    if code := why_not_now(hazard, today):
        raise Refused(code)
    place = session.get(Place, hazard.place_id)
    if place is None or not is_organisation:
        raise Refused("exposure.no_organisation")
    if not is_day(ends_on, today):
        raise Refused("exposure.bad_day")
    if _current(session, hazard.id, today) is not None:
        raise Refused("exposure.there_already")
    row = Exposure(
        hazard_id=hazard.id,
        name=place.name,
        ends_on=ends_on,
        proposed_by_id=actor.person_id,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    audit(session, actor.person_id, "propose_exposure", f"exposure:{row.id}", now)
    return row


def approve(session: Session, actor: Actor, exposure_id: int, now: datetime) -> None:
    """Say yes. With the second yes it is on the board.

    Refuses `exposure.unknown`, `exposure.second_person`, what cannot be exposed any more, and what
    the grid's door refuses.
    """
    row, hazard = _row(session, actor, exposure_id)
    today = local_day(now, settings().zone)
    if code := why_not_now(hazard, today):
        raise Refused(code)
    if row.ends_on < today:
        raise Refused("exposure.bad_day")
    if not may_approve(actor.person_id, row.proposed_by_id, _approved_by(session, row)):
        raise Refused("exposure.second_person")
    session.add(
        ExposureApproval(exposure_id=row.id or 0, person_id=actor.person_id, approved_at=now)
    )
    audit(session, actor.person_id, "approve_exposure", f"exposure:{row.id}", now)
    session.flush()


def take_down(session: Session, actor: Actor, exposure_id: int, reason: str, now: datetime) -> None:
    """Take it off the board, or off its way there, at once.

    Refuses `exposure.unknown`, `exposure.no_reason` and what the grid's door refuses.
    """
    row, _ = _row(session, actor, exposure_id)
    reason = reason.strip()[:300]
    if not reason:
        raise Refused("exposure.no_reason")
    row.taken_down_at, row.taken_down_by_id, row.reason = now, actor.person_id, reason
    audit(session, actor.person_id, "take_exposure_down", f"exposure:{row.id}", now)
    session.flush()


def exposure_of(session: Session, actor: Actor, hazard_id: UUID, now: datetime) -> ExposureLine:
    """How a hazard stands with the board; an empty line for whoever has no say in it.

    Refuses `hazards.unknown`.
    """
    try:
        hazard, grid = _hazard(session, actor, hazard_id)
    except Refused as refused:
        if refused.code == "hazards.unknown":
            raise
        return ExposureLine()
    today = local_day(now, settings().zone)
    row = _current(session, hazard.id, today)
    possible = not why_not_now(hazard, today)
    board = exposed(grid_above(session, grid, 1).code)
    if row is None:
        place = session.get(Place, hazard.place_id) if possible else None
        return ExposureLine(may_propose=possible, name=place.name if place else "", board=board)
    approved = _approved_by(session, row)
    ids = {row.proposed_by_id, *approved}
    names = dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all())
    return ExposureLine(
        id=row.id or 0,
        name=row.name,
        ends_on=row.ends_on.isoformat(),
        proposed_by=names.get(row.proposed_by_id, ""),
        approved_by=tuple(names.get(one, "") for one in approved),
        shown=len(approved) >= APPROVALS and possible,
        may_approve=possible and _waits_for(actor, row, approved),
        may_take_down=True,
        board=board,
    )


def count_to_approve(session: Session, actor: Actor, now: datetime) -> int:
    """How many proposals wait for a yes this person could say now."""
    scopes, today = actor.scopes(Action.GRADE_MAJOR), local_day(now, settings().zone)
    if not scopes:
        return 0
    proposed = session.exec(
        select(Exposure, Hazard)
        .join(Hazard, col(Hazard.id) == col(Exposure.hazard_id))
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            col(Exposure.taken_down_at).is_(None),
            col(Exposure.ends_on) >= today,
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
        )
    ).all()
    return sum(
        not why_not_now(hazard, today) and _waits_for(actor, row, _approved_by(session, row))
        for row, hazard in proposed
    )


def _waits_for(actor: Actor, row: Exposure, approved: Collection[int]) -> bool:
    return len(approved) < APPROVALS and may_approve(actor.person_id, row.proposed_by_id, approved)


def why_not_now(hazard: Hazard, today: date) -> str:
    """Why this hazard cannot be exposed today, as a refusal's code; empty where it can."""
    return why_not(
        severity=hazard.severity,
        listing=hazard.listing,
        unfinished=hazard.status in UNFINISHED,
        due_on=hazard.due_on,
        has_place=hazard.place_id is not None,
        today=today,
    )


def _hazard(
    session: Session, actor: Actor, hazard_id: UUID, *, hold: bool = False
) -> tuple[Hazard, Grid]:
    """A hazard, for who grades major ones in its grid; held, nobody else proposes it meanwhile."""
    hazard = session.get(Hazard, hazard_id, with_for_update=hold or None)
    if hazard is None:
        raise Refused("hazards.unknown")
    return hazard, grid_by_id(session, actor, hazard.grid_id, Action.GRADE_MAJOR)


def _row(session: Session, actor: Actor, exposure_id: int) -> tuple[Exposure, Hazard]:
    row = session.get(Exposure, exposure_id, with_for_update=True)
    if row is None or row.taken_down_at is not None:
        raise Refused("exposure.unknown")
    return row, _hazard(session, actor, row.hazard_id)[0]


def _current(session: Session, hazard_id: UUID, today: date) -> Exposure | None:
    return session.exec(
        select(Exposure)
        .where(
            Exposure.hazard_id == hazard_id,
            col(Exposure.taken_down_at).is_(None),
            col(Exposure.ends_on) >= today,
        )
        .order_by(col(Exposure.id).desc())
    ).first()


def _approved_by(session: Session, row: Exposure) -> list[int]:
    return list(
        session.exec(
            select(ExposureApproval.person_id)
            .where(ExposureApproval.exposure_id == row.id)
            .order_by(col(ExposureApproval.approved_at), col(ExposureApproval.person_id))
        )
    )


def grid_above(session: Session, grid: Grid, level: int) -> Grid:
    """The grid over this one at a level; itself where it stands higher."""
    found = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.path).in_(paths_over(grid.path)), Grid.level == level)
    ).first()
    return found or grid
