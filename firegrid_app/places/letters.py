"""Use cases of responsibility letters (责任书): signed at the premises, until when, who sees it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import GridIds
from firegrid_app.patrols.service import note_record
from firegrid_app.places.filing import line_in, own_place
from firegrid_app.places.letter_words import editions
from firegrid_app.places.rules import GOOD_FOR, PARTIES, Paper
from firegrid_app.places.street_letters import is_letter_of
from firegrid_app.places.tables import Place, PlacePaper, SignedLetter, StreetLetter
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def note_signed(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    place_id: int,
    patrol_id: UUID | None,
    party: str,
    signed_by: str,
    edition: int,
    own: int | None,
    language: str,
    now: datetime,
) -> SignedLetter:
    """A letter signed at the premises (HZ-06), of an edition that shipped or the street's own: it
    lies in their file from the day it was signed, for a year. The caller announces its pictures.

    Refuses `places.unknown`, `access.outside_grid`, `places.bad_paper`, `places.too_long`,
    `places.unknown_letter`, and words newer than this server (`sync.unknown_version`: the phone
    tries again later).
    """
    place, grid = own_place(session, actor, place_id, Action.RECORD)
    if own is not None:
        shown = session.get(StreetLetter, own)
        if (
            shown is None
            or language not in shown.words
            or not is_letter_of(session, actor, shown, grid)
        ):
            raise Refused("places.unknown_letter")
    elif language not in editions().get(edition, {}):
        raise Refused("sync.unknown_version")
    name = line_in(signed_by, 40)
    if party not in PARTIES or not name:
        raise Refused("places.bad_paper")
    signed_on = local_day(stamp.happened_at, settings().zone)
    paper = PlacePaper(
        place_id=place_id,
        kind=Paper.LETTER,
        party=party,
        signed_by=name,
        signed_on=signed_on,
        expires_on=signed_on + GOOD_FOR,
        entered_by_id=actor.person_id,
        entered_at=now,
    )
    session.add(paper)
    session.flush()
    letter = SignedLetter(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=place.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        paper_id=paper.id or 0,
        edition=edition,
        street_letter_id=own,
        language=language,
    )
    session.add(letter)
    note_record(session, actor, patrol_id, stamp.happened_at)
    return letter


def letters_until(session: Session, grid_ids: GridIds) -> dict[int, date]:
    """The last day of each place's letter; of several, the latest. Places without are missing.
    The caller has checked the grids."""
    rows = session.exec(
        select(PlacePaper.place_id, func.max(PlacePaper.expires_on))
        .where(
            PlacePaper.kind == Paper.LETTER,
            col(PlacePaper.taken_out_at).is_(None),
            col(PlacePaper.place_id).in_(_of_grids(grid_ids)),
        )
        .group_by(col(PlacePaper.place_id))
    )
    return dict(rows.all())


def filed(session: Session, actor: Actor, letter_id: UUID) -> SignedLetter:
    """The door to what was signed: for whoever may open the file, while the letter lies in it.

    Refuses `places.unknown_paper`, `access.outside_grid`.
    """
    letter = session.get(SignedLetter, letter_id)
    paper = session.get(PlacePaper, letter.paper_id) if letter is not None else None
    if letter is None or paper is None or paper.taken_out_at is not None:
        raise Refused("places.unknown_paper")
    own_place(session, actor, paper.place_id, Action.SEE_GRID)
    return letter


def signed_for(session: Session, paper_ids: Collection[int | None]) -> dict[int, SignedLetter]:
    """What was signed on a phone, by paper. The caller has checked the place."""
    rows = session.exec(select(SignedLetter).where(col(SignedLetter.paper_id).in_(paper_ids)))
    return {one.paper_id: one for one in rows}


def _of_grids(grid_ids: GridIds) -> Any:
    return select(Place.id).where(col(Place.grid_id).in_(grid_ids))
