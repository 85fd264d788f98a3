"""The desk decides about a resident's report: take it on, join it to another, turn it down."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.hazards import residents as hazards
from firegrid_app.hazards.rules.kinds import CATEGORY
from firegrid_app.hazards.service import report as report_hazard
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Contact
from firegrid_app.residents.rules import Reason, Standing
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.service import open_case


def report_by_id(
    session: Session, actor: Actor, report_id: UUID, *, hold: bool = False
) -> ResidentReport:
    """A report, for whoever moderates its grid; with `hold` nobody else decides meanwhile.

    Refuses `residents.unknown` and `access.outside_grid`.
    """
    report = session.get(ResidentReport, report_id, with_for_update=hold or None)
    if report is None:
        raise Refused("residents.unknown")
    grid_by_id(session, actor, report.grid_id, Action.MODERATE)
    return report


def take_on(
    session: Session,
    actor: Actor,
    report_id: UUID,
    *,
    category: str,
    severity: str,
    grid_code: str,
    now: datetime,
) -> Hazard:
    """Make a report a hazard like any other: its deadline begins now, when somebody vouches for it.

    Refuses `residents.decided`, what the door refuses, and what reporting a hazard refuses.
    """
    report = _waiting(session, actor, report_id)
    grid = grid_by_code(session, actor, grid_code, Action.MODERATE)
    hazard = report_hazard(
        session,
        actor,
        Stamp(id=uuid4(), happened_at=now),
        grid_code=grid.code,
        patrol_id=None,
        category=category,
        severity=severity,
        words=report.words,
        where_words=report.where_words,
        place_id=None,
        urgent=category in CATEGORY and CATEGORY[category].urgent,
        fixed_on_spot=False,
        source=hazards.RESIDENT,
        now=now,
    )
    session.flush()
    hazards.give_photos(photos_of(session, report), hazard)
    report.grid_id = hazard.grid_id
    _decide(session, actor, report, Standing.TAKEN_ON, now, hazard)
    return hazard


def join(session: Session, actor: Actor, report_id: UUID, hazard_id: UUID, now: datetime) -> Hazard:
    """Join a report to a hazard that is known: whoever sent it follows that one.

    Refuses `residents.decided`, what the door refuses, and what the
    hazard's door refuses.
    """
    report = _waiting(session, actor, report_id)
    hazard = hazards.join(
        session,
        actor,
        hazard_id,
        words="；".join(filter(None, (report.where_words, report.words))),
        photos=photos_of(session, report),
        now=now,
    )
    grid_by_id(session, actor, hazard.grid_id, Action.MODERATE)
    _decide(session, actor, report, Standing.JOINED, now, hazard)
    return hazard


def turn_down(
    session: Session, actor: Actor, report_id: UUID, reason: str, words: str, now: datetime
) -> None:
    """Turn a report down, with a reason its maker reads.

    Refuses `residents.decided`, `residents.no_reason`, and what the door refuses.
    """
    report = _waiting(session, actor, report_id)
    words = words.strip()[:300]
    if reason not in Reason.__members__.values() or (reason == Reason.OTHER and not words):
        raise Refused("residents.no_reason")
    report.reason, report.reason_words = reason, words
    _decide(session, actor, report, Standing.TURNED_DOWN, now, None)


def contact(session: Session, actor: Actor, report_id: UUID, now: datetime) -> Contact:
    """Who sent it, for whoever moderates; each look is logged. Refuses what the door refuses."""
    report = report_by_id(session, actor, report_id)
    audit(session, actor.person_id, "see_reporter", f"report:{report.number}", now)
    return Contact(report.name, report.phone)


def photos_of(session: Session, report: ResidentReport) -> Sequence[Photo]:
    """Its photos, while it is a report."""
    return session.exec(
        select(Photo).where(Photo.record_id == report.id).order_by(col(Photo.id))
    ).all()


def _waiting(session: Session, actor: Actor, report_id: UUID) -> ResidentReport:
    report = report_by_id(session, actor, report_id, hold=True)
    if report.standing != Standing.WAITING:
        raise Refused("residents.decided")
    return report


def _decide(
    session: Session,
    actor: Actor,
    report: ResidentReport,
    standing: Standing,
    now: datetime,
    hazard: Hazard | None,
) -> None:
    report.standing, report.decided_at, report.decided_by_id = standing, now, actor.person_id
    report.hazard_id = hazard.id if hazard else None
    audit(session, actor.person_id, f"report_{standing}", f"report:{report.number}", now)
    session.flush()
    if hazard is not None:
        open_case(session, report, now)
