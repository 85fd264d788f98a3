"""Reads what phones send and applies each item once."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col, insert

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.records import Stamp
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.sync.envelope import Item, ItemAnswer
from firegrid_app.sync.kinds import BODIES, KINDS, newest
from firegrid_app.sync.kinds.kind import Body
from firegrid_app.sync.rules import moment_of
from firegrid_app.sync.tables import ReceivedItem

CLOCK_MAY_RUN_AHEAD = timedelta(days=1)
"""A phone further in the future than this is refused: its record would land on no real day."""

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
    # Half a character has no bytes to answer with.
    shown_id = str(raw.get("id", ""))[:40].encode(errors="replace").decode()
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
    KINDS[item.kind].apply(session, actor, stamp, body, now)
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
