"""Gives back what was received under an id, so that a phone in conflict can show both versions."""

from uuid import UUID

from sqlmodel import Session, SQLModel

from firegrid_app.access.rules import Actor
from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.alerts.tables import AlertSeen
from firegrid_app.duties.tables import DutyTick
from firegrid_app.equipment.tables import EquipmentCheck
from firegrid_app.hazards.tables import Hazard, HazardMove
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.places.tables import SignedLetter
from firegrid_app.records import FieldRecord
from firegrid_app.refusals import Refused
from firegrid_app.rota.tables import ShiftNote, ShiftTaken
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.cards import KnownItem, KnownPlace
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit

ROW_OF: dict[str, type[SQLModel]] = {
    "patrol.start": Patrol,
    "patrol.arrive": Arrival,
    "patrol.word": PatrolWord,
    "hazard.report": Hazard,
    "hazard.move": HazardMove,
    "shout.log": Shout,
    "visit.log": Visit,
    "alarm.noted": AlarmNote,
    "equipment.checked": EquipmentCheck,
    "letter.signed": SignedLetter,
    "duty.done": DutyTick,
    "shift.note": ShiftNote,
    "shift.taken": ShiftTaken,
    "alert.seen": AlertSeen,
}
"""Where a record's place is kept. `patrol.end` has no row of its own, so its place is nowhere."""


def known_item(session: Session, actor: Actor, item_id: UUID) -> KnownItem:
    """The record as it was received under this id, for the person who made it and nobody else.

    Refuses `sync.unknown_item`, in the same words whether the id is unknown or somebody else's.
    """
    item = session.get(ReceivedItem, item_id)
    if item is None or item.person_id != actor.person_id:
        raise Refused("sync.unknown_item")
    return KnownItem(
        id=str(item.id),
        kind=item.kind,
        version=item.version,
        captured_at=item.captured_at.isoformat(),
        received_at=item.received_at.isoformat(),
        position=_place(session, item),
        body=item.body,
    )


def _place(session: Session, item: ReceivedItem) -> KnownPlace | None:
    table = ROW_OF.get(item.kind)
    row = session.get(table, item.id) if table else None
    if not isinstance(row, FieldRecord) or row.lat is None or row.lon is None:
        return None
    return KnownPlace(lat=row.lat, lon=row.lon, accuracy_m=row.accuracy_m or 0.0)
