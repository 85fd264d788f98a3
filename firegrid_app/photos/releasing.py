"""Use cases of publishing a photo: faces and plates covered by a person's decision, and taken back.

The public sees a picture only by such a decision, and never the original: a copy is made of it with
the rectangles covered, without the strip (a member's name stands on that). Decisions are added,
never changed; the latest holds (YB-87, privacy E.3).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.grids.service import grid_by_id
from firegrid_app.photos.cards import PublicCard
from firegrid_app.photos.rules import MOST_BOXES, Box, is_box, read, written
from firegrid_app.photos.tables import Photo, PhotoRelease
from firegrid_app.refusals import Refused

OF_A_HAZARD = "hazard"


def publishable(session: Session, actor: Actor, photo_id: UUID) -> Photo:
    """The one door to a photo that may be published: a hazard's, kept, in a grid whose reports the
    actor moderates. Refuses `photos.unknown`, `access.outside_grid`."""
    photo = session.get(Photo, photo_id)
    if photo is None or photo.stored_at is None or photo.record_kind != OF_A_HAZARD:
        raise Refused("photos.unknown")
    grid_by_id(session, actor, photo.grid_id, Action.MODERATE)
    return photo


def standing(session: Session, actor: Actor, photo_id: UUID) -> PublicCard:
    """What was decided last. Refuses what `publishable` refuses."""
    photo = publishable(session, actor, photo_id)
    latest = _latest(session, [photo.id]).get(photo.id)
    if latest is None:
        return PublicCard()
    name = session.exec(select(Person.name).where(Person.id == latest.decided_by_id)).first()
    return PublicCard(
        shown=latest.sha256 != "",
        boxes=read(latest.boxes),
        decided_by=name or "",
        decided_at=latest.decided_at.isoformat(),
    )


def refuse_bad_boxes(boxes: Sequence[Box]) -> None:
    """Refuse `photos.bad_boxes`: too many, out of the picture, or too small to cover anything."""
    if len(boxes) > MOST_BOXES or not all(is_box(box) for box in boxes):
        raise Refused("photos.bad_boxes", most=MOST_BOXES)


def publish(
    session: Session,
    actor: Actor,
    photo_id: UUID,
    boxes: Sequence[Box],
    sha256: str,
    now: datetime,
) -> PhotoRelease:
    """Let the public see the copy `sha256`, in which these rectangles are covered; its file lies in
    the store already. No rectangle at all is a decision too: nobody is to be recognised on it.

    Refuses `photos.bad_boxes` and what `publishable` refuses.
    """
    refuse_bad_boxes(boxes)
    return _decide(session, actor, photo_id, written(boxes), sha256, now)


def withhold(session: Session, actor: Actor, photo_id: UUID, now: datetime) -> PhotoRelease:
    """Take it from the public again, or say that it is never to be shown. Refuses what
    `publishable` refuses."""
    return _decide(session, actor, photo_id, "[]", "", now)


def _decide(
    session: Session, actor: Actor, photo_id: UUID, boxes: str, sha256: str, now: datetime
) -> PhotoRelease:
    photo = publishable(session, actor, photo_id)
    decision = PhotoRelease(
        photo_id=photo.id,
        boxes=boxes,
        sha256=sha256,
        decided_by_id=actor.person_id,
        decided_at=now,
    )
    session.add(decision)
    what = "photo_published" if sha256 else "photo_withheld"
    audit(session, actor.person_id, what, f"photo:{photo.id}", now)
    session.flush()
    return decision


def public_photos(session: Session, hazard_id: UUID) -> list[tuple[str, str]]:
    """Id and purpose of a hazard's photos the public may see, in the order they were taken."""
    photos = session.exec(
        select(Photo.id, Photo.purpose)
        .where(Photo.record_kind == OF_A_HAZARD, Photo.record_id == hazard_id)
        .order_by(col(Photo.taken_at), col(Photo.id))
    ).all()
    latest = _latest(session, [photo_id for photo_id, _ in photos])
    return [
        (str(photo_id), purpose)
        for photo_id, purpose in photos
        if photo_id in latest and latest[photo_id].sha256
    ]


def public_file(session: Session, hazard_id: UUID, photo_id: UUID) -> str:
    """Hash of the public copy of this photo of this hazard. Refuses `photos.unknown` for any other,
    in the same words, whoever asks."""
    photo = session.get(Photo, photo_id)
    latest = _latest(session, [photo_id]).get(photo_id)
    if (
        photo is None
        or photo.record_kind != OF_A_HAZARD
        or photo.record_id != hazard_id
        or latest is None
        or not latest.sha256
    ):
        raise Refused("photos.unknown")
    return latest.sha256


def _latest(session: Session, photo_ids: Sequence[UUID]) -> dict[UUID, PhotoRelease]:
    if not photo_ids:
        return {}
    last = (
        select(func.max(PhotoRelease.id))
        .where(col(PhotoRelease.photo_id).in_(photo_ids))
        .group_by(col(PhotoRelease.photo_id))
    )
    rows = session.exec(select(PhotoRelease).where(col(PhotoRelease.id).in_(last)))
    return {one.photo_id: one for one in rows}
