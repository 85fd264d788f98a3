"""Use cases of doubles: what may be the same, making one of two, and taking them apart again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.desk.showing import when_of
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.fulltext import has_fts, saying
from firegrid_app.hazards.handing_on import look_anew
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.one_cards import TwinCard
from firegrid_app.hazards.rules.search import folded
from firegrid_app.hazards.rules.steps import UNFINISHED, Status, Step
from firegrid_app.hazards.rules.twins import SPAN, Spot, may_be_same
from firegrid_app.hazards.service import hazard_for
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.hazards.writing import number_of
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_LOOKED_AT = 300
"""Hazards of one kind around here that are compared, the latest first."""
_SHOWN = 5
_NUMBER = len("20261122-0A1B2C3D")


def join(
    session: Session, actor: Actor, report_id: UUID, existing_id: UUID, note: str, now: datetime
) -> Hazard:
    """A report is the same as a hazard that is there: it follows that one from now on.

    Refuses `hazards.same_hazard`, `hazards.parent_gone` (closed, or itself part of another),
    `hazards.has_children`, `hazards.still_listed`, `hazards.already_closed`, and what the door
    refuses for either of the two.
    """
    if report_id == existing_id:
        raise Refused("hazards.same_hazard")
    # Held in one order, whichever is joined to which.
    both = sorted((report_id, existing_id))
    held = {one: hazard_for(session, actor, one, Step.MERGED) for one in both}
    report, existing = held[report_id], held[existing_id]
    if existing.status not in UNFINISHED:
        raise Refused("hazards.parent_gone")
    if report.listing:
        raise Refused("hazards.still_listed")
    if session.exec(select(Hazard.id).where(Hazard.parent_id == report.id).limit(1)).first():
        raise Refused("hazards.has_children")
    facts = {"parent_id": existing.id}
    note = note.strip()[:1000]
    event = take(session, report, Step.MERGED, actor.person_id, now, note, facts=facts)
    report.look_on = None
    told = [report.person_id, report.owner_id, existing.owner_id]
    tell(session, report, event, told, Why.MERGED, now)
    session.flush()
    return report


def join_by_number(
    session: Session, actor: Actor, report_id: UUID, number: str, note: str, now: datetime
) -> Hazard:
    """The same, the other one named by the number on its papers.

    Refuses `hazards.no_such_number`, and what `join` refuses.
    """
    wanted = folded(number)
    found = session.exec(
        select(Hazard)
        .where(col(Hazard.id).in_(saying(wanted, fts=has_fts(session))))
        .limit(_LOOKED_AT if len(wanted) == _NUMBER else 0)
    )
    named = [one for one in found if folded(number_of(one)) == wanted]
    if len(named) != 1 or not actor.may(Action.SEE_GRID, grid_of(session, named[0]).path):
        raise Refused("hazards.no_such_number")
    return join(session, actor, report_id, named[0].id, note, now)


def take_apart(session: Session, actor: Actor, hazard_id: UUID, note: str, now: datetime) -> Hazard:
    """Two that were made one are not the same: it stands again as it stood before.

    Refuses `hazards.say_why`, `hazards.already_closed` (it is part of none), and what the door
    refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.UNMERGED)
    note = note.strip()[:1000]
    if hazard.status != Status.MERGED:
        raise Refused("hazards.already_closed")
    if not note:
        raise Refused("hazards.say_why")
    facts = {"parent_id": None}
    event = take(session, hazard, Step.UNMERGED, actor.person_id, now, note, facts=facts)
    look_anew(session, hazard, now)
    tell(session, hazard, event, [hazard.owner_id], Why.YOURS, now)
    session.flush()
    return hazard


def followed(session: Session, hazard: Hazard) -> Hazard:
    """The hazard this one follows; itself where it is part of none."""
    return (session.get(Hazard, hazard.parent_id) if hazard.parent_id else None) or hazard


def twins_of(session: Session, actor: Actor, hazard: Hazard, now: datetime) -> tuple[TwinCard, ...]:
    """Open hazards around here that may be the same; the reader sees only those of their grids."""
    grid = grid_of(session, hazard)
    spot = spot_of(hazard)
    near = session.exec(
        select(Hazard)
        .join(Grid, col(Grid.id) == col(Hazard.grid_id))
        .where(
            Hazard.id != hazard.id,
            Hazard.category == hazard.category,
            col(Hazard.status).in_(UNFINISHED),
            col(Hazard.happened_at).between(hazard.happened_at - SPAN, hazard.happened_at + SPAN),
            # Two across the border of a grid are of the same community mostly.
            (col(Grid.id) == grid.id) | (col(Grid.parent_id) == grid.parent_id),
        )
        .order_by(col(Hazard.happened_at).desc())
        .limit(_LOOKED_AT)
    )
    found = [one for one in near if may_be_same(spot, spot_of(one))]
    seen = [one for one in found if actor.may(Action.SEE_GRID, grid_of(session, one).path)]
    return cards(session, seen[:_SHOWN], now)


def children_of(session: Session, hazard: Hazard, now: datetime) -> tuple[TwinCard, ...]:
    """Reports that are the same as this one. The caller has checked who asks."""
    rows = session.exec(
        select(Hazard)
        .where(Hazard.parent_id == hazard.id)
        .order_by(col(Hazard.happened_at))
        .limit(50)
    ).all()
    return cards(session, rows, now)


def spot_of(hazard: Hazard) -> Spot:
    """What is compared of a hazard."""
    return Spot(
        hazard.category,
        hazard.happened_at,
        hazard.where_words,
        hazard.place_id,
        hazard.lat,
        hazard.lon,
    )


def cards(session: Session, hazards: Sequence[Hazard], now: datetime) -> tuple[TwinCard, ...]:
    """These hazards in short, each with a photo. The caller has checked who asks."""
    photos = session.exec(
        select(Photo.record_id, Photo.id)
        .where(
            col(Photo.record_id).in_([one.id for one in hazards]), col(Photo.stored_at).is_not(None)
        )
        .order_by(col(Photo.taken_at).desc())
    )
    first = {record: str(photo) for record, photo in photos}
    return tuple(
        TwinCard(
            id=str(one.id),
            number=number_of(one),
            where_words=one.where_words,
            words=one.words,
            grid_name=grid_of(session, one).name,
            status=one.status,
            found=when_of(one.happened_at, now, settings().zone),
            photo=first.get(one.id, ""),
        )
        for one in hazards
    )
