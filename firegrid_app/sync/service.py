"""Applies what phones send, each item once, through the same services as every other door."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col, insert

from firegrid_app.access.rules import Actor
from firegrid_app.alarms import service as alarms
from firegrid_app.alerts import service as alerts
from firegrid_app.campaigns.asking import check_answers
from firegrid_app.clock import local_day
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
from firegrid_app.photos.tables import OF_A_SHOUT, OF_A_VISIT, OF_EQUIPMENT
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused
from firegrid_app.rota import notes as shift_notes
from firegrid_app.settings import settings
from firegrid_app.shouts import service as shouts
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.bodies import (
    BODIES,
    KINDS,
    AlarmNoted,
    AlertOpened,
    Body,
    Dissuaded,
    DutyDone,
    EquipmentChecked,
    HazardMove,
    HazardReport,
    Item,
    ItemAnswer,
    PatrolArrive,
    PatrolEnd,
    PatrolStart,
    PatrolWord,
    PhotoAnnounced,
    ShiftNote,
    ShiftTaken,
    ShoutLog,
    VisitLog,
    newest,
)
from firegrid_app.sync.rules import moment_of
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits import service as visits
from firegrid_app.visits.tables import Visit

CLOCK_MAY_RUN_AHEAD = timedelta(days=1)
"""A phone further in the future than this is refused: its record would land on no real day."""


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
}


def _announce(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    record: Hazard | Shout | Visit | EquipmentCheck,
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
    DutyDone: _duty,
    ShiftNote: _note,
    ShiftTaken: _taken,
    AlertOpened: _alert,
}


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def body_hash(item: dict[str, Any]) -> str:
    """SHA-256 of an item's own content, whatever order its keys came in."""
    return hashlib.sha256(_CANONICAL.encode(item).encode()).hexdigest()


def field_errors(error: ValidationError) -> dict[str, str]:
    """What is wrong, by field: the error's kind, a key of the `invalid.*` texts."""
    return {
        ".".join(str(part) for part in problem["loc"])[:80] or "item": problem["type"]
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    }


def read_item(raw: dict[str, Any]) -> tuple[Item, Body] | ItemAnswer:
    """A well-formed item with its checked body in the newest version of its kind.

    Else the `rejected` answer saying what is wrong.
    """
    shown_id = str(raw.get("id", ""))[:40]
    try:
        item = Item.model_validate(raw)
    except ValidationError as error:
        return ItemAnswer(
            id=shown_id, status="rejected", code="sync.malformed", fields=field_errors(error)
        )
    body_type = BODIES.get((item.kind, item.version))
    if body_type is None:
        code = "sync.unknown_version" if item.kind in KINDS else "sync.unknown_kind"
        return ItemAnswer(id=shown_id, status="rejected", code=code)
    try:
        body = body_type.model_validate(item.body)
    except ValidationError as error:
        return ItemAnswer(
            id=shown_id, status="rejected", code="sync.malformed", fields=field_errors(error)
        )
    return item, newest(item.kind, item.version, body)


def is_own_record(raw: dict[str, Any], person_id: int) -> bool:
    """Is this, well-formed or not, a record of that person's, by a name and kind we know?"""
    kind = raw.get("kind")
    if raw.get("made_by") != person_id or not isinstance(kind, str) or kind not in KINDS:
        return False
    try:
        return str(UUID(str(raw.get("id")))) == raw.get("id")
    except ValueError:
        return False


def known_items(session: Session, ids: list[UUID]) -> dict[UUID, str]:
    """The content hash of each of these items that was accepted before."""
    return {row.id: row.body_hash for row in session.execute(_KNOWN, {"ids": ids})}


_KNOWN = sa.select(col(ReceivedItem.id), col(ReceivedItem.body_hash)).where(
    col(ReceivedItem.id).in_(sa.bindparam("ids", expanding=True))
)


def answer_known(item_id: UUID, known: str, digest: str) -> ItemAnswer:
    """An id seen before: `already` for the same content, its maker included, else `conflict`."""
    if known == digest:
        return ItemAnswer(id=str(item_id), status="already")
    return ItemAnswer(id=str(item_id), status="conflict", code="sync.conflict")


def apply_item(
    session: Session,
    actor: Actor,
    item: Item,
    body: Body,
    digest: str,
    sent_at: datetime,
    now: datetime,
    offset_ms: int | None = None,
) -> dict[str, Any]:
    """Apply one new item; gives what `keep_received` has to keep of it.

    `offset_ms` is how far the server's clock was ahead of the phone's when the item was made, if
    the phone knows. Raises `Refused` before anything is written.
    """
    offset = None if offset_ms is None else timedelta(milliseconds=offset_ms)
    happened_at = moment_of(item.captured_at, offset, now)
    if happened_at > now + CLOCK_MAY_RUN_AHEAD:
        raise Refused("sync.future")
    stamp = Stamp(
        id=item.id,
        happened_at=happened_at,
        position=item.position,
        righted_by=happened_at - item.captured_at,
    )
    # What counts is who held which grid when it was recorded, not when there was a signal.
    actor = actor.on_day(local_day(happened_at, settings().zone))
    APPLY[type(body)](session, actor, stamp, body, now)
    return {
        "id": item.id,
        "person_id": actor.person_id,
        "session_id": actor.session_id,
        "kind": item.kind,
        "version": item.version,
        "body_hash": digest,
        "body": item.body,
        "captured_at": item.captured_at,
        "sent_at": sent_at,
        "clock_offset_ms": offset_ms,
        "received_at": now,
    }


def keep_received(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep these items as received; at once, and as bare rows: nobody works with the objects."""
    if rows:
        session.execute(_RECEIVE, rows)


_RECEIVE = insert(ReceivedItem)
