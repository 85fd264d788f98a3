"""Whoever reported follows it by number and secret: how it stands, and whether it is gone."""

import hmac
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from firegrid_app.access.passwords import hash_token
from firegrid_app.clock import local_day, whole_day
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards import residents as hazards
from firegrid_app.hazards.merging import followed
from firegrid_app.hazards.rules.deadlines import is_overdue
from firegrid_app.hazards.rules.steps import Status
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.releasing import public_file, public_photos
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import FollowCard, FormCard
from firegrid_app.residents.reporting import form_for
from firegrid_app.residents.rules import Standing, code_in, number_in
from firegrid_app.residents.tables import ReportKey, ResidentReport
from firegrid_app.rewards.noting import note_of
from firegrid_app.routes import FIND_GRID, report_here
from firegrid_app.settings import settings

_NOBODYS = hash_token("")
_STAGES: dict[str, str] = {Status.CORRECTED: "looked_at", Status.CLOSED: "closed"}


def report_for(session: Session, number: str, code: str) -> ResidentReport:
    """The one door of a report's maker. Refuses `residents.unknown`, alike for a number there is
    none of and for a secret that is not its own."""
    found = session.exec(
        select(ResidentReport).where(ResidentReport.number == (number_in(number) or "-"))
    ).first()
    kept = (
        session.exec(select(ReportKey.secret_hash).where(ReportKey.report_id == found.id)).all()
        if found is not None
        else ()
    )
    asked = hash_token(code_in(code) or "-")
    fits = [hmac.compare_digest(asked, one) for one in (*kept, _NOBODYS)]
    if found is None or not any(fits):
        raise Refused("residents.unknown")
    return found


def follow(session: Session, number: str, code: str, now: datetime) -> FollowCard:
    """How a report stands, for its maker. Refuses what `report_for` refuses."""
    report = report_for(session, number, code)
    grid = session.get(Grid, report.grid_id, options=[WITHOUT_OUTLINE])
    assert grid is not None
    hazard = _hazard_of(session, report)
    zone = settings().zone
    closed = hazard is not None and hazard.status == Status.CLOSED
    may_reopen = hazard is not None and hazards.may_be_reopened(hazard, now)
    said_gone = hazard is not None and closed and hazards.is_found_gone(session, hazard)
    day = whole_day(report.answer_until, zone)
    form = _form_of(session, grid, now)
    return FollowCard(
        number=report.number,
        grid_name=grid.name,
        category=report.category,
        where_words=report.where_words,
        words=report.words,
        photos=report.photos,
        received=f"{report.received_at.astimezone(zone):%Y-%m-%d %H:%M}",
        stage=stage_of(report, hazard, now),
        joined=report.standing == Standing.JOINED,
        answer_by=day.isoformat()
        if day
        else f"{report.answer_until.astimezone(zone):%Y-%m-%d %H:%M}",
        answer_within=day is not None,
        reason=report.reason,
        reason_words=report.reason_words,
        due_on=hazard.due_on.isoformat() if hazard else "",
        overdue=hazard is not None
        and is_overdue(hazard.status, hazard.due_on, local_day(now, zone)),
        closed=f"{hazard.closed_at.astimezone(zone):%Y-%m-%d}"
        if hazard and hazard.closed_at
        else "",
        may_say_gone=closed and not said_gone,
        said_gone=said_gone,
        said_there=hazard is not None and not closed and hazards.is_found_there(session, hazard),
        may_reopen=may_reopen,
        reopen_until=f"{(hazard.closed_at + hazards.MAY_REOPEN).astimezone(zone):%Y-%m-%d}"
        if hazard and hazard.closed_at
        else "",
        reopen_days=hazards.MAY_REOPEN.days,
        supervision_phone=form.supervision_phone if form else settings().supervision_phone,
        report_again=report_here(grid.code) if form else FIND_GRID,
        pictures=tuple(public_photos(session, hazard.id)) if hazard else (),
        reward=note_of(session, report, now),
    )


def _form_of(session: Session, grid: Grid, now: datetime) -> FormCard | None:
    """The form of a grid; None where it was drawn anew since."""
    try:
        return form_for(session, grid.code, now)
    except Refused:
        return None


def _hazard_of(session: Session, report: ResidentReport) -> Hazard | None:
    """What became of it; where that was made one with another, the other."""
    hazard = session.get(Hazard, report.hazard_id) if report.hazard_id else None
    return followed(session, hazard) if hazard else None


def stage_of(report: ResidentReport, hazard: Hazard | None, now: datetime) -> str:
    """How a report stands: the text is `residents.stage.<it>`."""
    if report.standing == Standing.TURNED_DOWN:
        return "turned_down"
    if hazard is None:
        return "late" if now > report.answer_until else "waiting"
    return _STAGES.get(hazard.status, "at_work")


def picture(session: Session, number: str, code: str, photo_id: UUID) -> str:
    """Hash of the public copy of a photo of what became of a report. Refuses `photos.unknown`, and
    what `report_for` refuses."""
    hazard = _hazard_of(session, report_for(session, number, code))
    if hazard is None:
        raise Refused("photos.unknown")
    return public_file(session, hazard.id, photo_id)


def say_gone(session: Session, number: str, code: str, now: datetime) -> None:
    """Its maker looked: it is gone. Refuses `residents.not_yet` while it is not closed, and what
    `report_for` refuses."""
    hazards.found_gone(session, _closed_one(session, number, code), now)


def say_there(session: Session, number: str, code: str, words: str, now: datetime) -> None:
    """Its maker looked: it is there. Refuses `residents.not_yet`, `residents.too_late`,
    `hazards.say_why`, and what `report_for` refuses."""
    hazards.found_there(session, _closed_one(session, number, code), words, now)


def _closed_one(session: Session, number: str, code: str) -> Hazard:
    report = report_for(session, number, code)
    hazard = _hazard_of(session, report)
    if hazard is None or hazard.status != Status.CLOSED:
        raise Refused("residents.not_yet")
    return hazard
