"""Use cases of major hazards: an authorised person grades; listed supervision, its end."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.hazards.deadlines import calendar_around, terms_for
from firegrid_app.hazards.handing_on import look_anew
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.one_cards import ListingCard
from firegrid_app.hazards.rules.deadlines import due_on
from firegrid_app.hazards.rules.kinds import Severity
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import hazard_for
from firegrid_app.hazards.tables import Hazard, HazardListing
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def grade(
    session: Session, actor: Actor, hazard_id: UUID, severity: str, note: str, now: datetime
) -> Hazard:
    """Grade a hazard, with the terms of its grade. What is graded down keeps its first day.

    Refuses `hazards.unknown_severity`, `hazards.say_why`, `hazards.graded_so`,
    `hazards.still_listed`, `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.GRADED)
    note = note.strip()[:1000]
    if severity not in Severity.__members__.values():
        raise Refused("hazards.unknown_severity")
    if not note:
        raise Refused("hazards.say_why")
    if severity == hazard.severity:
        raise Refused("hazards.graded_so")
    if hazard.listing:
        raise Refused("hazards.still_listed")
    zone = settings().zone
    today, found_on = local_day(now, zone), local_day(hazard.happened_at, zone)
    path = grid_of(session, hazard).path
    rule_id, terms = terms_for(session, path, hazard.category, Severity(severity), today)
    begins = today if severity == Severity.MAJOR else found_on
    due = due_on(terms, begins, calendar_around(session, today))
    facts = {"severity": severity, "due_on": due}
    event = take(session, hazard, Step.GRADED, actor.person_id, now, note, facts=facts)
    hazard.rule_id = rule_id
    look_anew(session, hazard, now)
    tell(session, hazard, event, [hazard.owner_id, hazard.person_id], Why.GRADED, now)
    session.flush()
    return hazard


def list_it(
    session: Session,
    actor: Actor,
    hazard_id: UUID,
    *,
    number: str,
    until: date,
    responsible: str,
    decided_by: str,
    now: datetime,
) -> HazardListing:
    """Enter the listing of a major hazard; its deadline is the notice's from now on.

    Refuses `hazards.not_major`, `hazards.listed_already`, `hazards.listing_incomplete`,
    `hazards.listing_ends_before`, `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.LISTED)
    number, responsible = number.strip()[:40], responsible.strip()[:80]
    today = local_day(now, settings().zone)
    if hazard.severity != Severity.MAJOR:
        raise Refused("hazards.not_major")
    if hazard.listing:
        raise Refused("hazards.listed_already", number=hazard.listing)
    if not number or not responsible:
        raise Refused("hazards.listing_incomplete")
    if until < today:
        raise Refused("hazards.listing_ends_before")
    if _has_number(session, hazard, number):
        raise Refused("hazards.listed_already", number=number)
    facts = {"listing": number, "due_on": until}
    event = take(session, hazard, Step.LISTED, actor.person_id, now, responsible, facts=facts)
    listing = HazardListing(
        hazard_id=hazard.id,
        number=number,
        listed_on=today,
        due_on=until,
        responsible=responsible,
        decided_by=decided_by.strip()[:80],
        listed_by_id=actor.person_id,
    )
    session.add(listing)
    look_anew(session, hazard, now)
    tell(session, hazard, event, [hazard.owner_id, hazard.person_id], Why.LISTED, now)
    session.flush()
    return listing


def _has_number(session: Session, hazard: Hazard, number: str) -> bool:
    """Was this hazard listed under this number before? A second listing has a number of its own."""
    query = select(HazardListing.id).where(
        HazardListing.hazard_id == hazard.id, HazardListing.number == number
    )
    return session.exec(query).first() is not None


def delist(session: Session, actor: Actor, hazard_id: UUID, note: str, now: datetime) -> Hazard:
    """Take a hazard that was put right off the list (销牌), by somebody else than who did it.

    Refuses `hazards.not_listed`, `hazards.say_why`, `hazards.second_person`,
    `hazards.already_closed`, and what the door refuses.
    """
    hazard = hazard_for(session, actor, hazard_id, Step.DELISTED)
    note = note.strip()[:1000]
    if not hazard.listing:
        raise Refused("hazards.not_listed")
    if not note:
        raise Refused("hazards.say_why")
    if hazard.corrected_by_id == actor.person_id:
        raise Refused("hazards.second_person")
    listing = session.exec(
        select(HazardListing).where(
            HazardListing.hazard_id == hazard.id, HazardListing.number == hazard.listing
        )
    ).one()
    take(session, hazard, Step.DELISTED, actor.person_id, now, note, facts={"listing": ""})
    listing.delisted_on = local_day(now, settings().zone)
    listing.delisted_by_id = actor.person_id
    session.flush()
    return hazard


def listings_of(session: Session, hazard_id: UUID) -> tuple[ListingCard, ...]:
    """The listings of a hazard, the latest first. The caller has checked who asks."""
    rows = session.exec(
        select(HazardListing)
        .where(HazardListing.hazard_id == hazard_id)
        .order_by(col(HazardListing.id).desc())
    )
    return tuple(
        ListingCard(
            number=one.number,
            listed_on=one.listed_on.isoformat(),
            due_on=one.due_on.isoformat(),
            responsible=one.responsible,
            decided_by=one.decided_by,
            delisted_on=one.delisted_on.isoformat() if one.delisted_on else "",
        )
        for one in rows
    )
