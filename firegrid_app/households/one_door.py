"""Use cases of one door on the register: look at it, erase what is known behind it, take it off."""

from datetime import datetime

from sqlmodel import Session, col, func, or_, select, update

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.campaigns.asking import chosen_of
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.households.cards import DoorCard
from firegrid_app.households.tables import NeighbourPair
from firegrid_app.photos.service import forget_of_visits
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household, Visit


def door_card(session: Session, actor: Actor, door_id: int, now: datetime) -> DoorCard:
    """One door with what is kept of it; the care part only for who may see it, and logged.

    Refuses `visits.unknown_door` and `access.outside_grid`.
    """
    door, grid = own_door(session, actor, door_id)
    sees = actor.may(Action.SEE_CARE, grid.path)
    if sees and door.care_mark:
        audit(session, actor.person_id, "see_care", f"door:{door.id}", now)
    knocks = session.exec(
        select(func.count()).select_from(Visit).where(Visit.household_id == door.id)
    ).one()
    after = 0
    if door.erased_at is not None:
        after = session.exec(
            select(func.count())
            .select_from(Visit)
            .where(Visit.household_id == door.id, Visit.received_at > door.erased_at)
        ).one()
    zone = settings().zone
    return DoorCard(
        id=door.id or 0,
        name=" ".join(filter(None, (door.building, door.unit, door.room))),
        care_mark=door.care_mark if sees else "",
        care_basis=door.care_basis if sees else "",
        care_agreed_on=door.care_agreed_on.isoformat() if sees and door.care_agreed_on else "",
        care_days=(door.care_days or 0) if sees else 0,
        knocks=knocks,
        erased_on=local_day(door.erased_at, zone).isoformat() if door.erased_at else "",
        came_after=after,
    )


def erase(
    session: Session, actor: Actor, door_id: int, now: datetime, *, off: bool = False
) -> Household:
    """Erase what is known of the people behind a door: care mark, basis, consent, words of knocks,
    and who of them looks after whom.

    The door and the bare knocks stay, as figures (privacy E.3); with `off` the door leaves the
    register too. A knock still waiting on a phone is taken all the same and told on the door's
    card. Refuses `visits.unknown_door` and `access.outside_grid`.
    """
    door, grid = own_door(session, actor, door_id)
    door.care_mark = door.care_basis = ""
    door.care_agreed_on = door.care_days = None
    door.erased_at = now
    if off:
        door.ended_at = now
    forget_neighbours(session, door.id or 0, now, as_helper=True)
    _forget_words(session, door.id or 0)
    audit(session, actor.person_id, "erase_household", f"grid:{grid.code} door:{door.id}", now)
    session.flush()
    return door


def own_door(session: Session, actor: Actor, door_id: int) -> tuple[Household, Grid]:
    """The one door to a door on the register, for who keeps it."""
    door = session.get(Household, door_id)
    if door is None or door.ended_at is not None:
        raise Refused("visits.unknown_door")
    return door, grid_by_id(session, actor, door.grid_id, Action.KEEP_DOORS)


def forget_neighbours(
    session: Session, door_id: int, now: datetime, *, as_helper: bool = False
) -> None:
    """End who looks after this household (with `as_helper` also whom it looks after): nothing is
    kept of who it was. The caller has checked the door."""
    is_there = col(NeighbourPair.household_id) == door_id
    if as_helper:
        is_there = or_(is_there, col(NeighbourPair.helper_id) == door_id)
    session.execute(
        update(NeighbourPair)
        .where(is_there, col(NeighbourPair.ended_at).is_(None))
        .values(ended_at=now, name="", phone="", note="")
    )


def _forget_words(session: Session, door_id: int) -> None:
    """Notes of knocks, answers in words, photos; what was chosen or counted stays as figures."""
    visits = session.exec(select(Visit.id).where(Visit.household_id == door_id)).all()
    forget_of_visits(session, visits)
    session.execute(update(Visit).where(col(Visit.household_id) == door_id).values(note=""))
    answered = session.exec(
        select(Visit).where(Visit.household_id == door_id, col(Visit.answers).is_not(None))
    )
    for visit in answered:
        chosen = chosen_of(session, visit)
        if chosen != visit.answers:
            visit.answers = chosen
