"""Swaps: a member asks, the other says yes or no, the leader sees it on the list (换班、替班)."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import Person
from firegrid_app.refusals import Refused
from firegrid_app.rota.changing import note_change
from firegrid_app.rota.people import candidates, hold, refuse_unfit
from firegrid_app.rota.phone_cards import PackSwap, SwapChoices, SwapPerson, SwapShift
from firegrid_app.rota.service import first_day, grid_of, names_of
from firegrid_app.rota.tables import Shift, ShiftSwap

AHEAD = timedelta(days=45)
"""Shifts so far ahead are offered in exchange."""
MOST_CHOICES = 120


def choices(session: Session, actor: Actor, shift_id: int, now: datetime) -> SwapChoices:
    """With whom one's own shift may be swapped: who else stands on that list, and their shifts.

    Refuses `rota.unknown`, `rota.not_yours`, `rota.begun`.
    """
    shift = _own(session, actor, shift_id, now)
    grid, day = grid_of(session, shift), first_day(shift)
    people = candidates(session, grid, day, day)
    others = {
        one: person
        for one, person in people.items()
        if one != actor.person_id and person.is_here(day)
    }
    rows = session.exec(
        select(Shift, Person.name)
        .join(Person, col(Person.id) == col(Shift.person_id))
        .where(
            Shift.grid_id == shift.grid_id,
            Shift.person_id != actor.person_id,
            col(Person.switched_off_at).is_(None),
            Shift.starts_at > now,
            Shift.starts_at < now + AHEAD,
            col(Shift.dropped_at).is_(None),
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
        .limit(MOST_CHOICES)
    ).all()
    # Of a whole street nobody is asked by name who stands on no list there.
    listed = {one.person_id for one, _ in rows}
    near = [one for one in others.values() if one.id in listed or one.level == grid.level]
    return SwapChoices(
        people=tuple(SwapPerson(one.id, one.name) for one in near[:MOST_CHOICES]),
        shifts=tuple(
            SwapShift(one.id or 0, name, one.starts_at.isoformat(), one.ends_at.isoformat())
            for one, name in rows
        ),
    )


def ask_swap(
    session: Session,
    actor: Actor,
    *,
    shift_id: int,
    person_id: int | None,
    other_shift_id: int | None,
    words: str,
    now: datetime,
) -> ShiftSwap:
    """Ask somebody to step in, or to exchange shifts. Nothing changes until they say yes.

    Refuses `rota.unknown`, `rota.not_yours`, `rota.begun`, `rota.other_grid`, `rota.with_self`,
    `rota.swap_stands`, `rota.not_here`, `rota.overlap`.
    """
    shift = _own(session, actor, shift_id, now)
    other = None
    if other_shift_id is not None:
        other = session.get(Shift, other_shift_id)
        # Of a shift in a grid that is not one's own nothing is told, not even that it is there.
        if other is None or other.dropped_at is not None or other.grid_id != shift.grid_id:
            raise Refused("rota.other_grid")
        if other.starts_at <= now:
            raise Refused("rota.begun")
    asked_of = other.person_id if other is not None else person_id
    if asked_of is None:
        raise Refused("rota.unknown")
    if asked_of == actor.person_id:
        raise Refused("rota.with_self")
    if _is_asked_for(session, {shift.id or 0, *([other.id or 0] if other else [])}, now):
        raise Refused("rota.swap_stands")
    _refuse_unfit_pair(session, shift, other, actor.person_id, asked_of)
    made = ShiftSwap(
        shift_id=shift.id or 0,
        other_shift_id=other.id if other else None,
        asked_by_id=actor.person_id,
        asked_of_id=asked_of,
        words=" ".join(words.split())[:200],
        asked_at=now,
    )
    session.add(made)
    session.flush()
    return made


def answer_swap(
    session: Session, actor: Actor, swap_id: int, yes: bool, now: datetime
) -> ShiftSwap:
    """Say yes or no to what one was asked; yes moves the shifts at once.

    Refuses `rota.unknown_swap` (also for anybody who was not asked), `rota.swap_over`,
    `rota.not_here`, `rota.overlap`.
    """
    swap = session.get(ShiftSwap, swap_id)
    if swap is None or swap.asked_of_id != actor.person_id:
        raise Refused("rota.unknown_swap")
    hold(session, {swap.asked_by_id, swap.asked_of_id})
    session.refresh(swap)
    shift, other = pair_of(session, swap)
    if standing_of(swap, shift, other, now) != "open":
        raise Refused("rota.swap_over")
    swap.answer, swap.answered_at = ("yes" if yes else "no"), now
    if yes:
        _refuse_unfit_pair(session, shift, other, swap.asked_by_id, swap.asked_of_id)
        note_change(session, shift, actor.person_id, "swapped", swap.asked_of_id, now)
        shift.person_id = swap.asked_of_id
        if other is not None:
            note_change(session, other, actor.person_id, "swapped", swap.asked_by_id, now)
            other.person_id = swap.asked_by_id
    session.flush()
    return swap


def withdraw_swap(session: Session, actor: Actor, swap_id: int, now: datetime) -> ShiftSwap:
    """Take back what one asked. Refuses `rota.unknown_swap` and `rota.swap_over`."""
    swap = session.get(ShiftSwap, swap_id)
    if swap is None or swap.asked_by_id != actor.person_id:
        raise Refused("rota.unknown_swap")
    hold(session, {swap.asked_by_id, swap.asked_of_id})
    session.refresh(swap)
    if swap.answer:
        raise Refused("rota.swap_over")
    swap.answer, swap.answered_at = "withdrawn", now
    session.flush()
    return swap


def open_swaps(session: Session, actor: Actor, now: datetime) -> list[PackSwap]:
    """What one was asked and what one asks, as long as it stands, the next shift first."""
    rows = session.exec(
        select(ShiftSwap).where(
            or_(
                ShiftSwap.asked_by_id == actor.person_id,
                ShiftSwap.asked_of_id == actor.person_id,
            ),
            ShiftSwap.answer == "",
        )
    ).all()
    names = names_of(session, {one.asked_by_id for one in rows} | {r.asked_of_id for r in rows})
    found = []
    for swap in rows:
        shift, other = pair_of(session, swap)
        if standing_of(swap, shift, other, now) != "open":
            continue
        own = swap.asked_by_id == actor.person_id
        found.append(
            PackSwap(
                id=swap.id or 0,
                own=own,
                name=names[swap.asked_of_id if own else swap.asked_by_id],
                words=swap.words,
                grid_name=grid_of(session, shift).name,
                starts_at=shift.starts_at.isoformat(),
                ends_at=shift.ends_at.isoformat(),
                other_starts_at=other.starts_at.isoformat() if other else "",
                other_ends_at=other.ends_at.isoformat() if other else "",
            )
        )
    return sorted(found, key=lambda one: (one.starts_at, one.id))


def pair_of(session: Session, swap: ShiftSwap) -> tuple[Shift, Shift | None]:
    """The shift of a swap and what is given in return."""
    shift = session.get(Shift, swap.shift_id)
    assert shift is not None
    return shift, session.get(Shift, swap.other_shift_id) if swap.other_shift_id else None


def standing_of(swap: ShiftSwap, shift: Shift, other: Shift | None, now: datetime) -> str:
    """open, yes, no, withdrawn; lapsed when it was overtaken: begun, dropped or given to others."""
    if swap.answer:
        return swap.answer
    pairs = [(shift, swap.asked_by_id), *([(other, swap.asked_of_id)] if other else [])]
    stands = all(
        one.dropped_at is None and one.starts_at > now and one.person_id == person
        for one, person in pairs
    )
    return "open" if stands else "lapsed"


def _own(session: Session, actor: Actor, shift_id: int, now: datetime) -> Shift:
    shift = session.get(Shift, shift_id)
    if shift is None or shift.dropped_at is not None:
        raise Refused("rota.unknown")
    if shift.person_id != actor.person_id:
        raise Refused("rota.not_yours")
    if shift.starts_at <= now:
        raise Refused("rota.begun")
    return shift


def _is_asked_for(session: Session, shift_ids: set[int], now: datetime) -> bool:
    """Does a swap of one of these stand already? One that was overtaken is in nobody's way."""
    found = session.exec(
        select(ShiftSwap).where(
            or_(
                col(ShiftSwap.shift_id).in_(shift_ids),
                col(ShiftSwap.other_shift_id).in_(shift_ids),
            ),
            ShiftSwap.answer == "",
        )
    )
    return any(standing_of(swap, *pair_of(session, swap), now) == "open" for swap in found)


def _refuse_unfit_pair(
    session: Session, shift: Shift, other: Shift | None, asked_by: int, asked_of: int
) -> None:
    grid = grid_of(session, shift)
    pair = frozenset({shift.id or 0, *([other.id or 0] if other else [])})
    moments = (shift.starts_at, shift.ends_at)
    refuse_unfit(session, grid, asked_of, first_day(shift), moments, but=pair)
    if other is not None:
        moments = (other.starts_at, other.ends_at)
        refuse_unfit(session, grid, asked_by, first_day(other), moments, but=pair)
