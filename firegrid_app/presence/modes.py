"""Use cases of the presence mode: what a street asks of its members at check points (C.12)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.presence.cards import ModeCard
from firegrid_app.presence.rules import Mode, may_require
from firegrid_app.presence.tables import PresenceRule
from firegrid_app.refusals import Refused

STREET = 1


def set_mode(
    session: Session,
    actor: Actor,
    code: str,
    mode: str,
    basis: str,
    starts_on: date | None,
    ends_on: date | None,
    now: datetime,
) -> PresenceRule:
    """Ask for a presence mode in a street; what was asked before stays on record.

    Refuses `grids.unknown`, `access.outside_grid`, `presence.street_only`, `presence.no_basis`,
    `invalid`.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    if grid.level != STREET:
        raise Refused("presence.street_only")
    if mode not in list(Mode):
        raise Refused("invalid")
    required = mode == Mode.REQUIRED
    if required and not may_require(basis, starts_on, ends_on):
        raise Refused("presence.no_basis")
    rule = PresenceRule(
        grid_id=grid.id or 0,
        mode=mode,
        basis=basis.strip()[:200],
        starts_on=starts_on if required else None,
        ends_on=ends_on if required else None,
        set_by=actor.person_id,
        set_at=now,
    )
    session.add(rule)
    session.info.pop("presence_rules", None)
    audit(session, actor.person_id, "presence_mode", f"{grid.code} {mode}", now)
    session.flush()
    return rule


def modes_of(session: Session, grids: Iterable[Grid], today: date) -> dict[int, ModeCard]:
    """What is asked for today in each of these grids, by their streets; off where nothing is."""
    found: dict[int, ModeCard] = {}
    rules = _last_rules(session)
    for grid in grids:
        asked = next((rule for path, rule in rules if grid.path.startswith(path)), None)
        found[grid.id or 0] = _card(asked, today)
    return found


_RULES = (
    select(Grid.path, PresenceRule)
    .join(PresenceRule, col(PresenceRule.grid_id) == col(Grid.id))
    .order_by(col(PresenceRule.id))
)


def _last_rules(session: Session) -> list[tuple[str, PresenceRule]]:
    """The newest rule of each street, with the street's path; once a transaction."""
    if "presence_rules" not in session.info:
        with session.no_autoflush:
            rows = session.exec(_RULES).all()
        session.info["presence_rules"] = list({path: (path, rule) for path, rule in rows}.values())
    rules: list[tuple[str, PresenceRule]] = session.info["presence_rules"]
    return rules


def _card(rule: PresenceRule | None, today: date) -> ModeCard:
    if rule is None:
        return ModeCard()
    over = rule.ends_on is not None and rule.ends_on < today
    early = rule.starts_on is not None and today < rule.starts_on
    if over or early:
        # Required for a stretch of days: before and after it nothing is asked for.
        return ModeCard()
    return ModeCard(
        mode=rule.mode,
        basis=rule.basis,
        starts_on=rule.starts_on.isoformat() if rule.starts_on else "",
        ends_on=rule.ends_on.isoformat() if rule.ends_on else "",
    )
