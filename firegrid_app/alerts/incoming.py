"""Takes a warning from another system: once by its name, corrected, lifted (YB-60)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.alerts.cards import SentCard
from firegrid_app.alerts.issuing import CORRECTED, bring_out, change, take_back
from firegrid_app.alerts.messages import Message, draft_of, grids_named, hash_of
from firegrid_app.alerts.rules import Draft, phase_of, tops
from firegrid_app.alerts.senders import sender_for
from firegrid_app.alerts.service import targets_of
from firegrid_app.alerts.tables import Alert, AlertMessage, AlertSender
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused


def take(
    session: Session, token: str, message: Message, raw: dict[str, Any], now: datetime
) -> SentCard:
    """Take one message in the name of the token's system.

    Refuses `alerts.no_token`, `alerts.not_actual`, `alerts.other_content`,
    `alerts.unknown_reference`, `alerts.no_info`, `alerts.other_street`, and what issuing refuses.
    """
    sender = sender_for(session, token)
    if message.status != "Actual":
        raise Refused("alerts.not_actual", status=message.status)
    digest = hash_of(raw)
    known = session.get(AlertMessage, (sender.id, message.identifier))
    if known is not None:
        if known.body_hash != digest:
            raise Refused("alerts.other_content", identifier=message.identifier)
        return _card(session, known.alert_id, "already")
    before = _referred(session, sender, message)
    if message.msgType == "Cancel":
        alert, status = _cancel(session, before, message, now), "lifted"
    else:
        alert, status = _issue(session, sender, before, message, now)
    sender.used_at = now
    session.add(
        AlertMessage(
            sender_id=sender.id or 0,
            identifier=message.identifier,
            body_hash=digest,
            alert_id=alert.id or 0,
            received_at=now,
        )
    )
    session.flush()
    return _card(session, alert.id or 0, status)


def _referred(session: Session, sender: AlertSender, message: Message) -> Alert | None:
    """The warning a message is about; only the sender's own. A cancellation needs one."""
    names = message.about()
    found = session.exec(
        select(Alert)
        .join(AlertMessage, col(AlertMessage.alert_id) == Alert.id)
        .where(AlertMessage.sender_id == sender.id, col(AlertMessage.identifier).in_(names[:50]))
        .order_by(col(Alert.id).desc())
    ).first()
    if found is None and message.msgType != "Alert":
        raise Refused("alerts.unknown_reference")
    return found if message.msgType != "Alert" else None


def _cancel(session: Session, alert: Alert | None, message: Message, now: datetime) -> Alert:
    assert alert is not None
    if _is_open(alert, now):
        why = message.info[0].headline if message.info else ""
        take_back(session, alert, why, now, person_id=None)
    return alert


def _issue(
    session: Session, sender: AlertSender, before: Alert | None, message: Message, now: datetime
) -> tuple[Alert, str]:
    """A new one, or a correction of the one before. Another colour or other grids make it a new
    one, and the one before is lifted."""
    if not message.info:
        raise Refused("alerts.no_info")
    info = message.info[0]
    home = session.get(Grid, sender.grid_id, options=[WITHOUT_OUTLINE])
    if home is None or home.valid_to is not None:
        raise Refused("alerts.other_street", code="")
    targets = _targets(session, home, grids_named(info))
    draft = draft_of(info, now)
    if before is not None and _is_open(before, now):
        if _same_thing(session, before, draft, targets):
            changes = {name: getattr(draft, name) for name in CORRECTED}
            # Where neither names an onset it began when the first came: that stays.
            if any(changes[name] != getattr(before, name) for name in CORRECTED):
                change(session, before, changes, now, anew=True, person_id=None)
            return before, "corrected"
        take_back(session, before, draft.title, now, person_id=None)
    return bring_out(session, home, targets, draft, now, sender_id=sender.id), "created"


def _targets(session: Session, home: Grid, codes: list[str]) -> list[Grid]:
    if not codes:
        return [home]
    grids = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.code).in_(set(codes)), col(Grid.valid_to).is_(None))
        .order_by(col(Grid.path))
    ).all()
    inside = [grid for grid in grids if grid.path.startswith(home.path)]
    missing = sorted(set(codes) - {grid.code for grid in inside})
    if missing:
        # The same words for another street's grid as for one that does not exist.
        raise Refused("alerts.other_street", code=missing[0][:30])
    kept = set(tops([grid.path for grid in inside]))
    return [grid for grid in inside if grid.path in kept]


def _same_thing(session: Session, alert: Alert, draft: Draft, targets: list[Grid]) -> bool:
    paths = targets_of(session, [alert.id or 0]).get(alert.id or 0, ())
    return all(
        getattr(alert, name) == getattr(draft, name)
        for name in ("kind", "weather", "colour", "to_residents")
    ) and set(paths) == {grid.path for grid in targets}


def _is_open(alert: Alert, now: datetime) -> bool:
    phase = phase_of(alert.starts_at, alert.ends_at, alert.lifted_at, now)
    return phase in ("coming", "in_force")


def _card(session: Session, alert_id: int, status: str) -> SentCard:
    alert = session.get(Alert, alert_id)
    assert alert is not None
    return SentCard(alert_id, status, alert.edition)
