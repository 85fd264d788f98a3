"""Systems that may send warnings into a street: a token each, shown once, kept as a hash, taken
back at any time (YB-60)."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.systems import name_for, one_still_in, still_in, system_lines
from firegrid_app.alerts.tables import AlertSender
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.refusals import Refused

STREET = 1


def may_let_in(session: Session, actor: Actor, code: str) -> bool:
    """May this person let systems in here? Whoever manages the grid as such."""
    if not code or not actor.scopes(Action.MANAGE_GRIDS):
        return False
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    return grid.level <= STREET and actor.may(Action.MANAGE_GRIDS, grid.path)


def let_in(session: Session, actor: Actor, code: str, name: str, now: datetime) -> str:
    """A new token for a system; it is seen this once.

    Refuses `grids.wrong_level`, what `name_for` and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    assert grid.id is not None
    if grid.level > STREET:
        raise Refused("grids.wrong_level")
    name = name_for(session, AlertSender, [grid.id], name)
    token = new_token()
    session.add(
        AlertSender(
            grid_id=grid.id,
            name=name,
            token_hash=hash_token(token),
            made_at=now,
            made_by_id=actor.person_id,
        )
    )
    audit(session, actor.person_id, "let_alerts_in", f"grid:{grid.code}", now)
    session.flush()
    return token


def shut_out(session: Session, actor: Actor, sender_id: int, now: datetime) -> AlertSender:
    """Its token opens nothing from now on. Refuses `access.unknown_system` and what the grid's
    door refuses."""
    row = one_still_in(session, AlertSender, sender_id)
    grid_by_id(session, actor, row.grid_id, Action.MANAGE_GRIDS)
    row.ended_at = now
    audit(session, actor.person_id, "shut_alerts_out", f"alert_sender:{sender_id}", now)
    return row


def senders_of(session: Session, actor: Actor, code: str) -> list[SystemLine]:
    """Systems let in here, the newest first; none for whoever may not let any in."""
    if not may_let_in(session, actor, code):
        return []
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    return system_lines(session, still_in(session, AlertSender, [grid.id or 0]), {})


def sender_for(session: Session, token: str) -> AlertSender:
    """Whose token this is. Refuses `alerts.no_token`, alike for a guessed and an ended one."""
    row = session.exec(
        select(AlertSender).where(
            AlertSender.token_hash == hash_token(token[:200]), col(AlertSender.ended_at).is_(None)
        )
    ).first()
    if row is None:
        raise Refused("alerts.no_token")
    return row
