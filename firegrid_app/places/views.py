"""Premises as the desk's page shows them: narrowed, searched, counted."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.desk.service import desk_grids
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.grids.tables import GridIds
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.calls import stands_of
from firegrid_app.places.cards import PlaceAsk, PlaceRow, PlacesView, PlaceTally
from firegrid_app.places.handed import cards_given
from firegrid_app.places.letters import letters_until
from firegrid_app.places.rules import (
    KINDS,
    NOT_REACHED,
    Colour,
    PaperStanding,
    Stand,
    kind_of,
    needs_card,
    paper_standing,
)
from firegrid_app.places.tables import Place, PlaceFocus
from firegrid_app.settings import settings

PAGE = 40
WHICH = (
    "due",
    "not_reached",
    "red",
    "yellow",
    "never",
    "no_letter",
    "no_card",
    "close",
    "watched",
    "gone",
    "all",
)
"""What the list can be narrowed to, in the order of the buttons."""


@dataclass(frozen=True)
class Listed:
    """A place with all that the list asks of it."""

    place: Place
    stand: Stand
    letter: PaperStanding
    watched: bool
    kind: str
    card_on: date | None
    """When it was last given the grid's contact card."""
    needs_card: bool


def listed_below(session: Session, grid_ids: GridIds, today: date) -> list[Listed]:
    """All places of these grids, by grid and code. The caller has checked the grids."""
    places = session.exec(
        select(Place).where(col(Place.grid_id).in_(grid_ids)).order_by(col(Place.code))
    ).all()
    stands = stands_of(session, grid_ids, today)
    letters = letters_until(session, grid_ids)
    watched = _watched(session, grid_ids, today)
    cards = cards_given(session, grid_ids)
    return [
        Listed(
            place,
            stands[place.id or 0],
            paper_standing(letters.get(place.id or 0), today),
            place.id in watched,
            kind_of(place.category),
            cards.get(place.id or 0),
            needs_card(cards.get(place.id or 0), today),
        )
        for place in places
    ]


def places_view(session: Session, actor: Actor, ask: PlaceAsk, now: datetime) -> PlacesView:
    """The places below one grid that `ask` asks for (the highest in reach without a code).

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    picks = desk_grids(session, actor)
    top = grid_by_code(session, actor, ask.code or picks[0].code, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    grids = subtree(session, top)
    names = {grid.id: grid.name for grid in grids}
    kind = ask.kind if ask.kind in KINDS else ""
    words = ask.words.strip().casefold()
    keeps = actor.may(Action.KEEP_PLACES, top.path)
    found = [
        one if keeps else replace(one, watched=False)
        for one in listed_below(session, ids_below(top), today)
        if (not kind or one.kind == kind) and words in _searched(one.place)
    ]
    which = ask.which if ask.which in WHICH else "all"
    by_which = {name: [one for one in found if _is(one, name)] for name in WHICH}
    chosen = sorted(by_which[which], key=_urgency)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(ask.page, 1), pages)
    shown = chosen[(page - 1) * PAGE : page * PAGE]
    open_ones = open_hazards(session, [one.place.id or 0 for one in shown])
    return PlacesView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in picks),
        which=which,
        kind=kind,
        tallies=tuple(PlaceTally(name, len(by_which[name])) for name in WHICH),
        rows=tuple(
            row_of(one, names[one.place.grid_id], open_ones.get(one.place.id or 0, 0))
            for one in shown
        ),
        matches=len(chosen),
        page=page,
        pages=pages,
        export=f"/places/{top.code}/list" if keeps else "",
        may_word=bool(actor.scopes(Action.SET_DUTIES)),
    )


def row_of(one: Listed, grid_name: str, hazards: int) -> PlaceRow:
    """A place as a line of the list."""
    place, zone = one.place, settings().zone
    return PlaceRow(
        id=place.id or 0,
        code=place.code,
        name=place.name,
        grid_name=grid_name,
        category=place.category,
        kind=one.kind,
        standing=place.standing,
        colour=one.stand.colour,
        due=one.stand.due,
        due_on=one.stand.due_on.isoformat() if one.stand.due_on else "",
        outcome=place.outcome,
        called_on=local_day(place.called_at, zone).isoformat() if place.called_at else "",
        hazards=hazards,
        letter=one.letter,
        watched=one.watched,
        card_on=one.card_on.isoformat() if one.card_on else "",
        needs_card=one.needs_card,
    )


def open_hazards(
    session: Session, place_ids: Collection[int] | SelectOfScalar[Any]
) -> dict[int, int]:
    """Hazards not closed, per place; places without any are missing. Of many places, a query of
    their ids: a statement takes 65,535 values at most."""
    rows = session.exec(
        select(Hazard.place_id, func.count())
        .where(col(Hazard.place_id).in_(place_ids), col(Hazard.status).in_(UNFINISHED))
        .group_by(col(Hazard.place_id))
    )
    return {place_id or 0: count for place_id, count in rows}


def _is(one: Listed, which: str) -> bool:
    """Does the place stand so? (`WHICH`)"""
    if which == "gone":
        return one.stand.gone
    if which == "all":
        return True
    if one.stand.gone:
        return False
    return {
        "due": one.stand.due,
        "not_reached": one.place.outcome in NOT_REACHED,
        "red": one.stand.colour is Colour.RED,
        "yellow": one.stand.colour is Colour.YELLOW,
        # As on the map: one with an overdue hazard is red, checked before or not.
        "never": one.stand.colour is Colour.GREY,
        "no_letter": one.letter in (PaperStanding.NONE, PaperStanding.EXPIRED),
        "no_card": one.needs_card,
        "close": bool(one.place.standing),
        "watched": one.watched,
    }[which]


_ORDER = (Colour.RED, Colour.YELLOW, Colour.GREY, Colour.GREEN)


def _urgency(one: Listed) -> tuple[int, date, str]:
    """What waits longest in its colour comes first."""
    return _ORDER.index(one.stand.colour), one.stand.due_on or date.min, one.place.code


def _searched(place: Place) -> str:
    return " ".join(
        (place.name, place.code, place.category, place.address, place.responsible_person)
    ).casefold()


def _of_grids(grid_ids: GridIds) -> Any:
    return select(Place.id).where(col(Place.grid_id).in_(grid_ids))


def _watched(session: Session, grid_ids: GridIds, today: date) -> set[int]:
    rows = session.exec(
        select(PlaceFocus.place_id).where(
            col(PlaceFocus.agreed).is_(True),
            col(PlaceFocus.lifted_at).is_(None),
            PlaceFocus.ends_on >= today,
            col(PlaceFocus.place_id).in_(_of_grids(grid_ids)),
        )
    )
    return set(rows.all())
