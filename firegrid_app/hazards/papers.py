"""Use cases of papers: hand a hazard to another body, print what tells it and the owner."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit, require
from firegrid_app.clock import local_day
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.one_cards import PaperCard
from firegrid_app.hazards.rules.kinds import CATEGORY, law_behind
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import hazard_for
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take, trail
from firegrid_app.hazards.writing import number_of
from firegrid_app.photos.apart import cover_apart
from firegrid_app.photos.store import fetch
from firegrid_app.photos.tables import Photo
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

KINDS = ("notice", "transfer")
"""整改告知书 for who has to put it right; 移送函 for the body it is handed to."""
MOST_PHOTOS = 4


def transfer(
    session: Session, actor: Actor, hazard_id: UUID, to: str, note: str, now: datetime
) -> Hazard:
    """Hand a hazard to the police, the fire service or a department; it stays on our list.

    Refuses `hazards.no_body`, `hazards.say_why`, `hazards.already_closed`, and what the door
    refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.TRANSFERRED)
    to, note = " ".join(to.split())[:60], note.strip()[:1000]
    if len(to) < 2:
        raise Refused("hazards.no_body")
    if not note:
        raise Refused("hazards.say_why")
    words = f"{to}：{note}"[:1000]
    facts = {"transferred_to": to}
    event = take(session, hazard, Step.TRANSFERRED, actor.person_id, now, words, facts=facts)
    tell(session, hazard, event, [hazard.owner_id, hazard.person_id], Why.RESULT, now)
    session.flush()
    return hazard


def paper(session: Session, actor: Actor, hazard_id: UUID, kind: str, now: datetime) -> PaperCard:
    """What a paper says of a hazard; who found it stands on none.

    Refuses `hazards.unknown`, `hazards.no_such_paper`, `hazards.not_transferred`,
    `access.outside_grid`.
    """
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise Refused("hazards.unknown")
    grid = grid_of(session, hazard)
    require(actor, Action.CLOSE_HAZARD, grid)
    if kind not in KINDS:
        raise Refused("hazards.no_such_paper")
    if kind == "transfer" and not hazard.transferred_to:
        raise Refused("hazards.not_transferred")
    zone = settings().zone
    above = session.exec(
        select(Grid.name)
        .where(col(Grid.path).in_(paths_over(grid.path)), Grid.level >= 1)
        .order_by(col(Grid.level))
    ).all()
    place = session.get(Place, hazard.place_id) if hazard.place_id else None
    photos = session.exec(
        select(Photo.id)
        .where(
            Photo.record_id == hazard.id,
            # A paper shows what has to be put right.
            Photo.purpose != "after",
            col(Photo.stored_at).is_not(None),
        )
        .order_by(col(Photo.taken_at))
        .limit(MOST_PHOTOS)
    ).all()
    handed = [one for one in trail(session, hazard.id) if one.step == Step.TRANSFERRED]
    audit(session, actor.person_id, "print_paper", f"hazard:{hazard.id} {kind}", now)
    return PaperCard(
        kind=kind,
        id=str(hazard.id),
        number=number_of(hazard),
        office=above[0] if above else grid.name,
        # A small grid is mostly named after its community already.
        where="".join(name for name in above[1:] if name == grid.name or name not in grid.name),
        where_words=hazard.where_words,
        place_name=place.name if place else "",
        category=hazard.category,
        severity=hazard.severity,
        basis=law_behind(CATEGORY[hazard.category].basis),
        words=hazard.words,
        found=f"{hazard.happened_at.astimezone(zone):%Y-%m-%d %H:%M}",
        due=hazard.due_on.isoformat(),
        today=local_day(now, zone).isoformat(),
        to=hazard.transferred_to,
        why=handed[-1].note.removeprefix(f"{hazard.transferred_to}：") if handed else "",
        photos=tuple(str(one) for one in photos),
    )


def originals_of(session: Session, card: PaperCard) -> list[str]:
    """Hashes of the originals of a paper's photos. The caller has got the paper, and so may see
    them."""
    ids = [UUID(one) for one in card.photos]
    kept = {one.id: one for one in session.exec(select(Photo).where(col(Photo.id).in_(ids)))}
    return [kept[one].kept_sha256 for one in ids if one in kept]


def pictures_of(originals: Sequence[str]) -> dict[str, bytes]:
    """The photos of a paper by file name, made anew without the strip: a member's name stands on
    that, and who found a hazard stands on no paper.

    Takes a process and a moment each: no transaction waits for it. Refuses `busy`.
    """
    found = [fetch(one, "original") for one in originals]
    return {
        f"photo{number}.jpg": cover_apart(data, ()) for number, data in enumerate(found, 1) if data
    }
