"""What each kind of record is applied by: the same service as every other door's."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.alarms import service as alarms
from firegrid_app.alerts import service as alerts
from firegrid_app.campaigns.asking import check_answers
from firegrid_app.duties import ticking
from firegrid_app.equipment import checking
from firegrid_app.equipment.rules import Found
from firegrid_app.equipment.tables import EquipmentCheck
from firegrid_app.hazards import by_phone
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.rules.dissuasion import Dissuasion
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols import service as patrols
from firegrid_app.photos import service as photos
from firegrid_app.photos.tables import OF_A_LETTER, OF_A_SHOUT, OF_A_VISIT, OF_EQUIPMENT, PICTURE
from firegrid_app.places import letters
from firegrid_app.places.tables import SignedLetter
from firegrid_app.records import Stamp
from firegrid_app.rota import notes as shift_notes
from firegrid_app.shouts import service as shouts
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.bodies import (
    AlarmNoted,
    AlertOpened,
    Attached,
    Body,
    Dissuaded,
    DutyDone,
    EquipmentChecked,
    HazardMove,
    HazardReport,
    LetterSigned,
    PatrolArrive,
    PatrolEnd,
    PatrolStart,
    PatrolWord,
    PhotoAnnounced,
    ShiftNote,
    ShiftTaken,
    ShoutLog,
    VisitLog,
)
from firegrid_app.visits import service as visits
from firegrid_app.visits.tables import Visit


def _start(session: Session, actor: Actor, stamp: Stamp, body: PatrolStart, now: datetime) -> None:
    patrols.start(session, actor, stamp, grid_code=body.grid, now=now)


def _arrive(
    session: Session, actor: Actor, stamp: Stamp, body: PatrolArrive, now: datetime
) -> None:
    patrols.arrive(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        check_point_id=body.check_point,
        where_words=body.where,
        tag=body.tag,
        checklist=body.checklist,
        findings=_findings(body),
        all_fine=body.all_fine,
        outcome=body.call,
        note=body.note,
        now=now,
    )


def _findings(body: PatrolArrive) -> dict[str, Any] | None:
    if not body.faults and not body.not_applicable:
        return None
    return {
        "faults": [fault.model_dump(mode="json") for fault in body.faults],
        "not_applicable": list(body.not_applicable),
    }


def _end(session: Session, actor: Actor, stamp: Stamp, body: PatrolEnd, now: datetime) -> None:
    patrols.end(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        ended_at=body.ended_at,
        note=body.note,
        now=now,
    )


def _word(session: Session, actor: Actor, stamp: Stamp, body: PatrolWord, now: datetime) -> None:
    patrols.say_walking(
        session,
        actor,
        stamp,
        patrol_id=body.patrol,
        since=body.since,
        until=body.until,
        note=body.note,
        now=now,
    )


def _hazard(
    session: Session, actor: Actor, stamp: Stamp, body: HazardReport, now: datetime
) -> None:
    # Before the hazard is written: a refusal must leave nothing behind.
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    hazard = hazards.report(
        session,
        actor,
        stamp,
        grid_code=body.grid,
        patrol_id=body.patrol,
        category=body.category,
        severity=body.severity,
        words=body.words,
        where_words=body.where,
        place_id=body.place,
        urgent=body.urgent,
        fixed_on_spot=body.fixed_on_spot,
        dissuasion=_said(body.dissuasion),
        now=now,
    )
    _announce(session, actor, stamp, hazard, body.photos)


def _hazard_move(
    session: Session, actor: Actor, stamp: Stamp, body: HazardMove, now: datetime
) -> None:
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    hazard = by_phone.move(
        session,
        actor,
        stamp,
        hazard_id=body.hazard,
        patrol_id=body.patrol,
        step=body.step,
        note=body.note,
        dissuasion=_said(body.dissuasion),
        now=now,
    )
    _announce(session, actor, stamp, hazard, body.photos)


def _said(body: Dissuaded | None) -> Dissuasion | None:
    return Dissuasion(**body.model_dump()) if body is not None else None


_KIND_OF = {
    Hazard: "hazard",
    Shout: OF_A_SHOUT,
    Visit: OF_A_VISIT,
    EquipmentCheck: OF_EQUIPMENT,
    SignedLetter: OF_A_LETTER,
}


def _announce(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    record: Hazard | Shout | Visit | EquipmentCheck | SignedLetter,
    announced: Sequence[PhotoAnnounced],
) -> None:
    kind = _KIND_OF[type(record)]
    for photo in announced:
        photos.announce(
            session,
            actor,
            record_kind=kind,
            record_id=record.id,
            grid_id=record.grid_id,
            photo_id=photo.id,
            sha256=photo.sha256,
            kind=photo.kind if isinstance(photo, Attached) else PICTURE,
            purpose=photo.purpose,
            taken_at=photo.taken_at + stamp.righted_by,
            position=photo.position,
        )


def _shout(session: Session, actor: Actor, stamp: Stamp, body: ShoutLog, now: datetime) -> None:
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    shout = shouts.log(
        session,
        actor,
        stamp,
        grid_code=body.grid,
        patrol_id=body.patrol,
        script=body.script,
        alert_id=body.alert,
        alert_edition=body.edition,
        means=body.means,
        people_reached=body.people_reached,
        where_words=body.where,
        seconds=body.seconds,
        place_id=body.place,
        leaflets=body.leaflets,
        cards=body.cards,
        now=now,
    )
    _announce(session, actor, stamp, shout, body.photos)


def _visit(session: Session, actor: Actor, stamp: Stamp, body: VisitLog, now: datetime) -> None:
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    asked = None
    if body.campaign is not None:
        answers = body.model_dump(mode="json")["answers"]
        check_answers(
            session,
            campaign_id=body.campaign,
            edition=body.edition,
            household_id=body.door,
            answers=answers,
            outcome=body.outcome,
            photos={str(photo.id) for photo in body.photos},
        )
        faults = [fault.model_dump(mode="json") for fault in body.faults]
        asked = visits.Asked(body.campaign, body.edition, answers, faults)
    visit = visits.log(
        session,
        actor,
        stamp,
        household_id=body.door,
        patrol_id=body.patrol,
        outcome=body.outcome,
        note=body.note,
        now=now,
        asked=asked,
    )
    _announce(session, actor, stamp, visit, body.photos)


def _alarm(session: Session, actor: Actor, stamp: Stamp, body: AlarmNoted, now: datetime) -> None:
    alarms.note(
        session,
        actor,
        stamp,
        household_id=body.door,
        patrol_id=body.patrol,
        kind=body.alarm,
        step=body.step,
        maker=body.maker,
        expires_on=body.expires,
        now=now,
    )


def _equipment(
    session: Session, actor: Actor, stamp: Stamp, body: EquipmentChecked, now: datetime
) -> None:
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    check = checking.note_check(
        session,
        actor,
        stamp,
        equipment_id=body.piece,
        patrol_id=body.patrol,
        found=Found(body.found),
        tested=body.tested,
        note=body.note,
        hazard_id=body.hazard,
        now=now,
    )
    _announce(session, actor, stamp, check, body.photos)


def _letter(
    session: Session, actor: Actor, stamp: Stamp, body: LetterSigned, now: datetime
) -> None:
    photos.refuse_taken(session, [photo.id for photo in body.photos])
    letter = letters.note_signed(
        session,
        actor,
        stamp,
        place_id=body.place,
        patrol_id=body.patrol,
        party=body.party,
        signed_by=body.signed_by,
        edition=body.edition,
        language=body.language,
        now=now,
    )
    _announce(session, actor, stamp, letter, body.photos)


def _duty(session: Session, actor: Actor, stamp: Stamp, body: DutyDone, now: datetime) -> None:
    ticking.tick(
        session,
        actor,
        stamp,
        rule_id=body.rule,
        grid_code=body.grid,
        first_on=body.first,
        number=body.number,
        note=body.note,
        now=now,
    )


def _note(session: Session, actor: Actor, stamp: Stamp, body: ShiftNote, now: datetime) -> None:
    shift_notes.leave_note(session, actor, stamp, shift_id=body.shift, words=body.words, now=now)


def _taken(session: Session, actor: Actor, stamp: Stamp, body: ShiftTaken, now: datetime) -> None:
    shift_notes.take_over(
        session, actor, stamp, shift_id=body.shift, notes=list(body.notes), now=now
    )


def _alert(session: Session, actor: Actor, stamp: Stamp, body: AlertOpened, now: datetime) -> None:
    alerts.see(session, actor, stamp, alert_id=body.alert, edition=body.edition, now=now)


Apply = Callable[[Session, Actor, Stamp, Any, datetime], None]

APPLY: dict[type[Body], Apply] = {
    PatrolStart: _start,
    PatrolArrive: _arrive,
    PatrolEnd: _end,
    PatrolWord: _word,
    HazardReport: _hazard,
    HazardMove: _hazard_move,
    ShoutLog: _shout,
    VisitLog: _visit,
    AlarmNoted: _alarm,
    EquipmentChecked: _equipment,
    LetterSigned: _letter,
    DutyDone: _duty,
    ShiftNote: _note,
    ShiftTaken: _taken,
    AlertOpened: _alert,
}
