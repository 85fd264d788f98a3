"""Use cases of hand-over: what a phone could not send comes in through the desk, once, as if sent.

The file's text counts as its maker's word because it is signed with the maker's key; who hands it
in is only asked whether they may, and noted.
"""

import json
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from firegrid_app.access.keys import is_signed_by
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit, held_posts
from firegrid_app.access.tables import Person
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.handover.cards import HandedCard
from firegrid_app.photos import service as photos
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.sync.envelope import Item, ItemAnswer
from firegrid_app.sync.kinds import KINDS
from firegrid_app.sync.kinds.kind import Body
from firegrid_app.sync.service import (
    answer_known,
    apply_item,
    body_hash,
    keep_received,
    known_items,
    read_item,
)
from firegrid_app.sync.unaccepted import handed_in


def take_in(
    session: Session,
    actor: Actor,
    text: str,
    signature: str,
    now: datetime,
    *,
    offset_ms: int | None = None,
) -> HandedCard:
    """Apply one record of a file in its maker's name, through the services that sync uses.

    `text` is the record's JSON exactly as the phone wrote it, `signature` 64 hex digits over it and
    over how far the phone's clock was off, where the file says so (milliseconds). Refuses
    `access.not_allowed`, what `read_item` rejects, `handover.unsigned`, `handover.changed`,
    `access.outside_grid` (the actor's or the maker's), `access.person_switched_off`,
    `sync.conflict`, and what the record's own service refuses.
    """
    if not actor.scopes(Action.TAKE_IN):
        raise Refused("access.not_allowed")
    raw, item, body = _read(text)
    if not signature:
        raise Refused("handover.unsigned")
    signed = text if offset_ms is None else f"{text}\n{offset_ms}"
    if not is_signed_by(session, item.made_by, signed, signature):
        raise Refused("handover.changed")
    _check_grid(session, actor, item, body, now)
    maker = _maker(session, actor, item.made_by, now)
    digest = body_hash(raw)
    known = known_items(session, [item.id]).get(item.id)
    if known is not None:
        answer = answer_known(item.id, known, digest)
        if answer.code:
            raise Refused(answer.code)
        return HandedCard(str(item.id), answer.status, maker.name)
    received = apply_item(session, maker, item, body, digest, now, now, offset_ms)
    session.flush()
    keep_received(session, [received | {"handed_in_by_id": actor.person_id}])
    handed_in(session, item.id)
    audit(session, actor.person_id, "take_in", f"{item.kind}:{item.id}", now)
    return HandedCard(str(item.id), "created", maker.name)


def _read(text: str) -> tuple[dict[str, object], Item, Body]:
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("sync.malformed") from None
    read = read_item(raw) if isinstance(raw, dict) else None
    if read is None:
        raise Refused("sync.malformed")
    if isinstance(read, ItemAnswer):
        raise Refused(read.code)
    return raw, *read


def _check_grid(session: Session, actor: Actor, item: Item, body: Body, now: datetime) -> None:
    """Refuse unless the actor may take in work of the grid this record concerns."""
    match KINDS[item.kind].grid_of(session, body):
        case int() as grid_id:
            grid_by_id(session, actor, grid_id, Action.TAKE_IN)
        case str() as code:
            grid_by_code(session, actor, code, Action.TAKE_IN)
        case None:
            posts, _ = held_posts(session, {item.made_by}, now)[item.made_by]
            if not any(actor.may(Action.TAKE_IN, post.grid_path) for post in posts):
                raise Refused("access.outside_grid")


def _maker(session: Session, actor: Actor, person_id: int, now: datetime) -> Actor:
    """The maker with the posts their own log-in would give them now.

    Refuses `access.unknown_person` and `access.person_switched_off`.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refused("access.unknown_person")
    if person.switched_off_at is not None:
        raise Refused("access.person_switched_off")
    posts, before = held_posts(session, {person_id}, now)[person_id]
    return Actor(
        person_id=person_id,
        name=person.name,
        session_id=actor.session_id,
        posts=posts,
        before=before,
    )


def handed_photo(
    session: Session, actor: Actor, photo_id: UUID, taken_at: datetime | None = None
) -> Photo:
    """An announced photo, for who may take in work of its grid.

    With the moment it is taken in the photo is held, and who hands it in is noted. Refuses
    `photos.unknown`, `access.outside_grid`.
    """
    photo = photos.announced(session, photo_id, hold=taken_at is not None)
    grid_by_id(session, actor, photo.grid_id, Action.TAKE_IN)
    if taken_at is not None:
        audit(session, actor.person_id, "take_in_photo", f"photo:{photo_id}", taken_at)
    return photo
