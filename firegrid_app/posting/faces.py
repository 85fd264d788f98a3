"""Use cases of staff photos: taken in at the desk, cut to a badge's shape, kept once a person."""

import hashlib
import io
from datetime import datetime

from PIL import Image, ImageOps
from sqlmodel import Session

from firegrid_app.access.people import managed_person
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.photos import store
from firegrid_app.photos.processing import process
from firegrid_app.posting.tables import Face
from firegrid_app.refusals import Refused

WIDTH, HEIGHT = 360, 480
"""Three by four, as photos for papers are; enough for 24 mm at 300 dpi."""


def person_for_photo(session: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    """Whose photo the actor may keep: somebody they manage, in grids where they decide what is
    posted. Refuses `access.unknown_person`, `access.outside_grid`, `access.not_allowed`."""
    if not actor.scopes(Action.APPROVE_POSTING):
        raise Refused("access.not_allowed")
    return managed_person(session, actor, person_id, now)


def portrait(data: bytes) -> tuple[str, bytes]:
    """Hash and JPEG bytes of a photo cut to its upper middle. Refuses `photos.not_a_photo` and
    `photos.too_large`."""
    with Image.open(io.BytesIO(process(data).screen)) as image:
        cut = ImageOps.fit(image.convert("RGB"), (WIDTH, HEIGHT), centering=(0.5, 0.3))
    out = io.BytesIO()
    cut.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return hashlib.sha256(out.getvalue()).hexdigest(), out.getvalue()


def keep_face(
    session: Session, actor: Actor, person_id: int, sha256: str, jpeg: bytes, now: datetime
) -> Face:
    """Keep this photo as the person's. It is shown nowhere before that is decided (E.4)."""
    person = person_for_photo(session, actor, person_id, now)
    store.keep(sha256, {"face": jpeg})
    face = session.get(Face, person.id) or Face(
        person_id=person.id or 0, sha256=sha256, kept_by_id=actor.person_id, kept_at=now
    )
    face.sha256, face.kept_by_id, face.kept_at = sha256, actor.person_id, now
    session.add(face)
    audit(session, actor.person_id, "keep_face", f"person:{person.id}", now)
    session.flush()
    return face
