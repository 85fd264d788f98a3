"""Systems that may send in: a key each, shown once, kept as a hash, taken back at any time."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.systems import name_for, one_still_in, still_in, system_lines
from firegrid_app.city.tables import CityPartner
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused


def tops(session: Session, actor: Actor) -> list[Grid]:
    """The grids with nothing above them that this person manages: whose whole city it is."""
    found = grids_to_open(session, actor, Action.MANAGE_GRIDS)
    return [grid for grid in found if grid.parent_id is None]


def let_in(session: Session, actor: Actor, name: str, now: datetime) -> str:
    """A new key for a system, for all of the actor's city; it is seen this once.

    Refuses `access.not_allowed` and what `name_for` refuses.
    """
    grids = tops(session, actor)
    if not grids:
        raise Refused("access.not_allowed")
    name = name_for(session, CityPartner, _ids(grids), name)
    key = new_token()
    session.add(
        CityPartner(
            grid_id=grids[0].id or 0,
            name=name,
            key_hash=hash_token(key),
            made_at=now,
            made_by_id=actor.person_id,
        )
    )
    audit(session, actor.person_id, "let_city_in", f"grid:{grids[0].code}", now)
    session.flush()
    return key


def shut_out(session: Session, actor: Actor, partner_id: int, now: datetime) -> None:
    """Its key opens nothing from now on; what it sent stays.

    Refuses `access.unknown_system` and what the grid's door refuses.
    """
    row = one_still_in(session, CityPartner, partner_id)
    grid_by_id(session, actor, row.grid_id, Action.MANAGE_GRIDS)
    row.ended_at = now
    audit(session, actor.person_id, "shut_city_out", f"city_partner:{partner_id}", now)
    session.flush()


def partners_of(session: Session, actor: Actor) -> list[SystemLine] | None:
    """Systems with a key, the newest first; None for whoever may let none in."""
    grids = tops(session, actor)
    if not grids:
        return None
    rows = still_in(session, CityPartner, _ids(grids))
    return system_lines(session, rows, {grid.id or 0: grid.name for grid in grids})


def partner_for(session: Session, key: str) -> tuple[CityPartner, Grid]:
    """Whose key this is, and the grid it is for.

    Refuses `city.no_key`, alike for a guessed and an ended one.
    """
    row = session.exec(
        select(CityPartner, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == CityPartner.grid_id)
        .where(CityPartner.key_hash == hash_token(key[:200]), col(CityPartner.ended_at).is_(None))
    ).first()
    if not key or row is None:
        raise Refused("city.no_key")
    return row


def _ids(grids: list[Grid]) -> list[int]:
    return [grid.id or 0 for grid in grids]
