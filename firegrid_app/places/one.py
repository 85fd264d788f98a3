"""One place's file: what is kept of it, and what the records say, in one view (LY-71)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, mask_phone
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.equipment.rules import standing
from firegrid_app.equipment.tables import Equipment
from firegrid_app.equipment.trail import faults_of
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.deadlines import is_overdue
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols.tables import Arrival
from firegrid_app.photos.service import photos_by_record
from firegrid_app.photos.tables import OF_A_LETTER
from firegrid_app.places.cards import (
    CallLine,
    FocusLine,
    PaperLine,
    PieceLine,
    PlaceFile,
    PlaceHazard,
)
from firegrid_app.places.filing import own_place
from firegrid_app.places.letters import signed_for
from firegrid_app.places.rules import Focus, focus_standing, paper_standing
from firegrid_app.places.street_letters import words_signed
from firegrid_app.places.tables import Place, PlaceFocus, PlacePaper
from firegrid_app.places.views import listed_below, open_hazards, row_of
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings

MOST_CALLS = 40
MOST_HAZARDS = 40


def place_file(session: Session, actor: Actor, place_id: int, now: datetime) -> PlaceFile:
    """Everything known of a place. Numbers in full only for who may see phones there; who is to be
    watched only for who keeps the file. Refuses `places.unknown` and `access.outside_grid`."""
    place, grid = own_place(session, actor, place_id, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    keeps = actor.may(Action.KEEP_PLACES, grid.path)
    row = next(one for one in listed_below(session, [grid.id], today) if one.place.id == place_id)
    if not keeps:
        row = replace(row, watched=False)
    shown = row_of(row, grid.name, open_hazards(session, [place_id]).get(place_id, 0))
    in_full = actor.may(Action.SEE_PHONES, grid.path)

    def phone(number: str) -> str:
        return number if in_full or not number else mask_phone(number)

    return PlaceFile(
        row=shown,
        grid_code=grid.code,
        address=place.address,
        area_m2="" if place.area_m2 is None else str(place.area_m2),
        capacity="" if place.capacity is None else str(place.capacity),
        responsible_person=place.responsible_person,
        phone=phone(place.phone),
        manager=place.manager,
        manager_phone=phone(place.manager_phone),
        standing_reason=place.standing_reason,
        facilities=place.facilities,
        may_keep=keeps,
        calls=_calls(session, place),
        hazards=_hazards(session, place_id, today),
        papers=_papers(session, place_id, today),
        pieces=_pieces(session, place_id, today),
        focus=_focus(session, actor, place_id, grid, today) if keeps else (),
        today=today.isoformat(),
    )


def _calls(session: Session, place: Place) -> tuple[CallLine, ...]:
    """Calls at the check points of the place, the latest first."""
    rows = session.exec(
        select(Arrival, Person.name)
        .join(Person, col(Person.id) == Arrival.person_id)
        .join(CheckPoint, col(CheckPoint.id) == Arrival.check_point_id)
        .where(Arrival.grid_id == CheckPoint.grid_id, CheckPoint.place_id == place.id)
        .order_by(col(Arrival.happened_at).desc(), col(Arrival.id))
        .limit(MOST_CALLS)
    )
    return tuple(
        CallLine(
            at=arrival.happened_at.astimezone(settings().zone).strftime("%Y-%m-%d %H:%M"),
            person_name=name,
            outcome=arrival.outcome,
            faults=len((arrival.findings or {}).get("faults", ())),
            note=arrival.note,
        )
        for arrival, name in rows
    )


def _hazards(session: Session, place_id: int, today: date) -> tuple[PlaceHazard, ...]:
    rows = session.exec(
        select(Hazard)
        .where(Hazard.place_id == place_id)
        .order_by(col(Hazard.happened_at).desc(), col(Hazard.id))
        .limit(MOST_HAZARDS)
    )
    return tuple(
        PlaceHazard(
            id=str(one.id),
            category=one.category,
            severity=one.severity,
            status=one.status,
            found_on=local_day(one.happened_at, settings().zone).isoformat(),
            due_on=one.due_on.isoformat(),
            overdue=is_overdue(one.status, one.due_on, today),
        )
        for one in rows
    )


def _papers(session: Session, place_id: int, today: date) -> tuple[PaperLine, ...]:
    rows = session.exec(
        select(PlacePaper)
        .where(PlacePaper.place_id == place_id, col(PlacePaper.taken_out_at).is_(None))
        .order_by(col(PlacePaper.expires_on).desc(), col(PlacePaper.id).desc())
    ).all()
    letters = signed_for(session, [one.id for one in rows])
    words = words_signed(session, letters.values())
    photos = photos_by_record(session, OF_A_LETTER, [one.id for one in letters.values()])

    def signed(paper_id: int) -> dict[str, Any]:
        letter = letters.get(paper_id)
        if letter is None:
            return {}
        return {
            "letter": str(letter.id),
            "words": words[paper_id],
            "photos": tuple(map(str, photos.get(letter.id, ()))),
        }

    return tuple(
        PaperLine(
            id=one.id or 0,
            kind=one.kind,
            party=one.party,
            signed_by=one.signed_by,
            signed_on=one.signed_on.isoformat(),
            expires_on=one.expires_on.isoformat(),
            standing=paper_standing(one.expires_on, today),
            abilities=tuple(one.abilities),
            note=one.note,
            **signed(one.id or 0),
        )
        for one in rows
    )


def _pieces(session: Session, place_id: int, today: date) -> tuple[PieceLine, ...]:
    """Equipment that is there, what is due first; who keeps it, when it was tested, what failed."""
    rows = session.exec(
        select(Equipment)
        .where(Equipment.place_id == place_id, col(Equipment.ends_on).is_(None))
        .order_by(col(Equipment.id))
    ).all()
    faults = faults_of(session, [one.id for one in rows])
    return tuple(
        PieceLine(
            id=one.id or 0,
            kind=one.kind,
            name=one.name,
            amount=one.amount,
            where=one.where_words,
            keeper=one.keeper,
            tested_on=one.tested_on.isoformat() if one.tested_on else "",
            next_on=one.next_on.isoformat() if one.next_on else "",
            standing=standing(one.next_on, False, today),
            fault=faults.get(one.id or 0, ""),
        )
        for one in sorted(rows, key=lambda one: one.next_on or date.min)
    )


def _focus(
    session: Session, actor: Actor, place_id: int, grid: Grid, today: date
) -> tuple[FocusLine, ...]:
    decides = actor.may(Action.DECIDE_FOCUS, grid.path)
    rows = session.exec(
        select(PlaceFocus)
        .where(PlaceFocus.place_id == place_id)
        .order_by(col(PlaceFocus.proposed_at).desc(), col(PlaceFocus.id).desc())
    ).all()
    wanted = {one.proposed_by_id for one in rows} | {one.decided_by_id for one in rows}
    people = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted)))
    names: dict[int | None, str] = dict(people.all())
    found = []
    for one in rows:
        how = focus_standing(one.agreed, one.lifted_at is not None, one.ends_on, today)
        found.append(
            FocusLine(
                id=one.id or 0,
                standing=how,
                reason=one.reason,
                proposed_by=names.get(one.proposed_by_id, ""),
                proposed_on=local_day(one.proposed_at, settings().zone).isoformat(),
                decided_by=names.get(one.decided_by_id, ""),
                ends_on=one.ends_on.isoformat(),
                may_decide=decides
                and how == Focus.PROPOSED
                and one.proposed_by_id != actor.person_id,
                may_lift=decides and how == Focus.IN_FORCE,
            )
        )
    return tuple(found)
