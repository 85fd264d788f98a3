"""Systems that may send warnings into a street: a token each, shown once, kept as a hash, taken
back at any time (YB-60)."""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.alerts.cards import SenderLine
from firegrid_app.alerts.tables import AlertSender
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

STREET = 1
MOST = 20
"""Systems a street can have at a time."""


def may_let_in(session: Session, actor: Actor, code: str) -> bool:
    """May this person let systems in here? Whoever manages the grid as such."""
    if not code or not actor.scopes(Action.MANAGE_GRIDS):
        return False
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    return grid.level <= STREET and actor.may(Action.MANAGE_GRIDS, grid.path)


def let_in(session: Session, actor: Actor, code: str, name: str, now: datetime) -> str:
    """A new token for a system; it is seen this once.

    Refuses `alerts.no_name`, `alerts.too_many_senders`, `grids.wrong_level`, and what the grid's
    door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    assert grid.id is not None
    if grid.level > STREET:
        raise Refused("grids.wrong_level")
    name = " ".join(name.split())
    if not 2 <= len(name) <= 60:
        raise Refused("alerts.no_name")
    if len(_open(session, grid.id)) >= MOST:
        raise Refused("alerts.too_many_senders", most=MOST)
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
    """Its token opens nothing from now on. Refuses `alerts.unknown_sender` and what the grid's
    door refuses."""
    row = session.get(AlertSender, sender_id)
    if row is None or row.ended_at is not None:
        raise Refused("alerts.unknown_sender")
    grid_by_id(session, actor, row.grid_id, Action.MANAGE_GRIDS)
    row.ended_at = now
    audit(session, actor.person_id, "shut_alerts_out", f"alert_sender:{sender_id}", now)
    return row


def senders_of(session: Session, actor: Actor, code: str) -> list[SenderLine]:
    """Systems let in here, the newest first; none for whoever may not let any in."""
    if not may_let_in(session, actor, code):
        return []
    grid = grid_by_code(session, actor, code, Action.SEE_GRID)
    zone = settings().zone
    makers = session.exec(
        select(Person.id, Person.name).join(AlertSender, col(AlertSender.made_by_id) == Person.id)
    )
    names = dict(makers.all())
    return [
        SenderLine(
            id=row.id or 0,
            name=row.name,
            made=f"{row.made_at.astimezone(zone):%Y-%m-%d}",
            maker=names.get(row.made_by_id, ""),
            used=f"{row.used_at.astimezone(zone):%Y-%m-%d %H:%M}" if row.used_at else "",
        )
        for row in _open(session, grid.id or 0)
    ]


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


def _open(session: Session, grid_id: int) -> list[AlertSender]:
    return list(
        session.exec(
            select(AlertSender)
            .where(AlertSender.grid_id == grid_id, col(AlertSender.ended_at).is_(None))
            .order_by(col(AlertSender.id).desc())
        )
    )
