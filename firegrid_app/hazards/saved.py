"""Use cases of saved filters: keep what one looks for again and again, each person their own."""

import json
from dataclasses import asdict, replace

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Actor
from firegrid_app.hazards.cards import FilterCard, HazardAsk
from firegrid_app.hazards.searching import known
from firegrid_app.hazards.tables import SavedFilter
from firegrid_app.refusals import Refused

MOST = 20
"""Filters of one person: more are no short cut."""


def save_filter(session: Session, actor: Actor, name: str, ask: HazardAsk) -> FilterCard:
    """Keep a filter under a name; the same name again means this one from now on.

    Refuses `hazards.filter_no_name`, `hazards.filters_full`.
    """
    name = " ".join(name.replace("\x00", " ").split())[:30]
    if not name:
        raise Refused("hazards.filter_no_name")
    text = json.dumps(asdict(replace(known(ask), after="", page=1)), ensure_ascii=False)
    mine = col(SavedFilter.person_id) == actor.person_id
    kept = session.exec(select(SavedFilter).where(mine, SavedFilter.name == name)).first()
    if kept is None:
        if session.exec(select(func.count()).select_from(SavedFilter).where(mine)).one() >= MOST:
            raise Refused("hazards.filters_full", most=MOST)
        kept = SavedFilter(person_id=actor.person_id, name=name, ask="")
        session.add(kept)
    kept.ask = text
    session.flush()
    return FilterCard(kept.id or 0, name)


def drop_filter(session: Session, actor: Actor, filter_id: int) -> FilterCard:
    """Forget one, and say which. Refuses `hazards.unknown_filter`, also for another person's."""
    found = _mine(session, actor, filter_id)
    session.delete(found)
    session.flush()
    return FilterCard(filter_id, found.name)


def saved_ask(session: Session, actor: Actor, filter_id: int) -> HazardAsk:
    """What a saved filter asks for. Refuses `hazards.unknown_filter`."""
    return known(HazardAsk(**json.loads(_mine(session, actor, filter_id).ask)))


def filters_of(session: Session, actor: Actor) -> list[FilterCard]:
    """The reader's own, by name."""
    rows = session.exec(
        select(SavedFilter)
        .where(SavedFilter.person_id == actor.person_id)
        .order_by(col(SavedFilter.id))
    )
    return [FilterCard(one.id or 0, one.name) for one in rows]


def _mine(session: Session, actor: Actor, filter_id: int) -> SavedFilter:
    found = session.get(SavedFilter, filter_id)
    if found is None or found.person_id != actor.person_id:
        raise Refused("hazards.unknown_filter")
    return found
