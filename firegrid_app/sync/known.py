"""Gives back what was received under an id, so that a phone in conflict can show both versions."""

from uuid import UUID

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.records import FieldRecord
from firegrid_app.refusals import Refused
from firegrid_app.sync.cards import KnownItem, KnownPlace
from firegrid_app.sync.kinds import KINDS
from firegrid_app.sync.tables import ReceivedItem


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
    kind = KINDS.get(item.kind)
    table = kind.row if kind else None
    row = session.get(table, item.id) if table else None
    if not isinstance(row, FieldRecord) or row.lat is None or row.lon is None:
        return None
    return KnownPlace(lat=row.lat, lon=row.lon, accuracy_m=row.accuracy_m or 0.0)
