"""Use cases of who keeps the files: people in charge and size, papers, who is to be watched."""

from datetime import date, datetime

from sqlmodel import Session, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.problems import Bad
from firegrid_app.importing.rules.values import any_phone
from firegrid_app.places.rules import (
    ABILITIES,
    GOOD_FOR,
    LONGEST_FOCUS,
    LONGEST_PAPER,
    MET,
    PARTIES,
    Focus,
    Paper,
    Standing,
    focus_standing,
)
from firegrid_app.places.tables import Place, PlaceFocus, PlacePaper
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_SIGNS = {"responsible_person": 40, "manager": 40, "address": 120, "facilities": 300}
"""How long what is typed of a place may be."""
MOST = 1_000_000
"""Square metres, seats, beds."""


def own_place(
    session: Session, actor: Actor, place_id: int, action: Action = Action.KEEP_PLACES
) -> tuple[Place, Grid]:
    """The one door to a place's file. Refuses `places.unknown` and `access.outside_grid`."""
    place = session.get(Place, place_id)
    if place is None:
        raise Refused("places.unknown")
    return place, grid_by_id(session, actor, place.grid_id, action)


def describe_place(
    session: Session,
    actor: Actor,
    place_id: int,
    *,
    words: dict[str, str],
    standing: str,
    standing_reason: str,
    now: datetime,
) -> Place:
    """Put right what the register says of a place. `words` are the fields as typed.

    Refuses `places.bad_phone`, `places.bad_number`, `places.bad_standing`, `places.too_long`.
    """
    place, grid = own_place(session, actor, place_id)
    if standing not in tuple(Standing):
        raise Refused("places.bad_standing")
    reason = line_in(standing_reason, 120)
    if standing and len(reason) < 2:
        raise Refused("places.bad_standing")
    area, capacity = _whole(words.get("area_m2", "")), _whole(words.get("capacity", ""))
    phone, manager_phone = (
        clean_phone(words.get("phone", "")),
        clean_phone(words.get("manager_phone", "")),
    )
    said = {name: line_in(words.get(name, ""), most) for name, most in MOST_SIGNS.items()}
    place.area_m2, place.capacity = area, capacity
    place.phone, place.manager_phone = phone, manager_phone
    place.responsible_person, place.manager = said["responsible_person"], said["manager"]
    place.address, place.facilities = said["address"], said["facilities"]
    place.standing, place.standing_reason = standing, reason if standing else ""
    audit(session, actor.person_id, "describe_place", f"{grid.code} place:{place_id}", now)
    session.flush()
    return place


def enter_paper(
    session: Session,
    actor: Actor,
    place_id: int,
    *,
    kind: str,
    party: str,
    signed_by: str,
    signed_on: date,
    expires_on: date | None,
    abilities: list[str],
    note: str,
    now: datetime,
) -> PlacePaper:
    """Enter a paper; without an end of its own it is good for a year.

    Refuses `places.bad_paper`, `places.bad_dates` (signed ahead, or over before it begins),
    `places.too_long`.
    """
    place, _ = own_place(session, actor, place_id)
    if kind not in tuple(Paper) or (kind == Paper.LETTER) != (party in PARTIES):
        raise Refused("places.bad_paper")
    met = "".join(abilities)
    whole = len(met) == len(abilities) == len(ABILITIES) and set(met) <= set(MET)
    if (kind == Paper.ABILITIES) != bool(met) or (met and not whole):
        raise Refused("places.bad_paper")
    until = expires_on or signed_on + GOOD_FOR
    today = local_day(now, settings().zone)
    if not today - LONGEST_PAPER <= signed_on <= today or not (
        signed_on < until <= signed_on + LONGEST_PAPER
    ):
        raise Refused("places.bad_dates")
    paper = PlacePaper(
        place_id=place.id or 0,
        kind=kind,
        party=party,
        signed_by=line_in(signed_by, 40),
        signed_on=signed_on,
        expires_on=until,
        abilities=met,
        note=line_in(note, 300),
        entered_by_id=actor.person_id,
        entered_at=now,
    )
    session.add(paper)
    audit(session, actor.person_id, "enter_paper", f"place:{place_id} {kind}", now)
    session.flush()
    return paper


def take_out_paper(session: Session, actor: Actor, paper_id: int, now: datetime) -> None:
    """Take out a paper entered wrongly. Refuses `places.unknown_paper`, also the second time."""
    paper = session.get(PlacePaper, paper_id, with_for_update=True)
    if paper is None or paper.taken_out_at is not None:
        raise Refused("places.unknown_paper")
    own_place(session, actor, paper.place_id)
    paper.taken_out_at = now
    audit(session, actor.person_id, "take_out_paper", f"paper:{paper_id}", now)
    session.flush()


def propose_focus(
    session: Session, actor: Actor, place_id: int, *, reason: str, ends_on: date, now: datetime
) -> PlaceFocus:
    """Want a place on the list of those to be watched (HZ-11); it counts once another agreed.

    Refuses `places.no_reason`, `places.bad_dates`, `places.focus_stands`, `places.too_long`.
    """
    place, grid = own_place(session, actor, place_id)
    session.refresh(place, with_for_update=True)
    said = line_in(reason, 300)
    if len(said) < 4:
        raise Refused("places.no_reason")
    today = local_day(now, settings().zone)
    if not today < ends_on <= today + LONGEST_FOCUS:
        raise Refused("places.bad_dates")
    if _standing_focus(session, place_id, today) is not None:
        raise Refused("places.focus_stands")
    entry = PlaceFocus(
        place_id=place_id,
        reason=said,
        proposed_by_id=actor.person_id,
        proposed_at=now,
        ends_on=ends_on,
    )
    session.add(entry)
    audit(session, actor.person_id, "propose_focus", f"{grid.code} place:{place_id}", now)
    session.flush()
    return entry


def decide_focus(
    session: Session, actor: Actor, focus_id: int, agreed: bool, now: datetime
) -> PlaceFocus:
    """Say yes or no, by somebody else than who proposed it.

    Refuses `places.unknown_focus`, `places.own_proposal`, `places.decided_already`.
    """
    entry = _own_focus(session, actor, focus_id)
    if entry.proposed_by_id == actor.person_id:
        raise Refused("places.own_proposal")
    if entry.agreed is not None or entry.ends_on < local_day(now, settings().zone):
        raise Refused("places.decided_already")
    entry.agreed, entry.decided_by_id, entry.decided_at = agreed, actor.person_id, now
    audit(session, actor.person_id, "decide_focus", f"focus:{focus_id} {agreed}", now)
    session.flush()
    return entry


def lift_focus(session: Session, actor: Actor, focus_id: int, now: datetime) -> PlaceFocus:
    """Take a place off the list before its last day. Refuses `places.nothing_to_lift`."""
    entry = _own_focus(session, actor, focus_id)
    today = local_day(now, settings().zone)
    lifted = entry.lifted_at is not None
    if focus_standing(entry.agreed, lifted, entry.ends_on, today) is not Focus.IN_FORCE:
        raise Refused("places.nothing_to_lift")
    entry.lifted_at, entry.lifted_by_id = now, actor.person_id
    audit(session, actor.person_id, "lift_focus", f"focus:{focus_id}", now)
    session.flush()
    return entry


def _own_focus(session: Session, actor: Actor, focus_id: int) -> PlaceFocus:
    entry = session.get(PlaceFocus, focus_id, with_for_update=True)
    if entry is None:
        raise Refused("places.unknown_focus")
    own_place(session, actor, entry.place_id, Action.DECIDE_FOCUS)
    return entry


def _standing_focus(session: Session, place_id: int, today: date) -> PlaceFocus | None:
    rows = session.exec(select(PlaceFocus).where(PlaceFocus.place_id == place_id))
    stands = (Focus.PROPOSED, Focus.IN_FORCE)
    for row in rows:
        if focus_standing(row.agreed, row.lifted_at is not None, row.ends_on, today) in stands:
            return row
    return None


def line_in(text: str, most: int) -> str:
    """Words on one line, whole: what is longer is refused, never cut behind somebody's back.

    Refuses `places.too_long`.
    """
    said = clean_line(text, len(text))
    if len(said) > most:
        raise Refused("places.too_long", most=most, count=len(said))
    return said


def clean_lines(text: str) -> str:
    """Words line by line as they were written, without what nobody can see; however long."""
    return "\n".join(clean_line(line, len(line)) for line in text.splitlines()).strip()


def clean_line(text: str, most: int) -> str:
    """Words on one line, cut to `most`, without what nobody can see."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def _whole(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) <= MOST):
        raise Refused("places.bad_number", most=MOST)
    return int(text)


def clean_phone(text: str) -> str:
    """A mobile number or a landline; empty is none. Refuses `places.bad_phone`."""
    try:
        return any_phone(text.strip())
    except Bad:
        raise Refused("places.bad_phone") from None
