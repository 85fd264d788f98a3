"""Issue, correct and lift a warning or notice, with a trail of who and when (YC-46)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.alerts.measures import Days, obligations
from firegrid_app.alerts.rules import GRAVEST, Draft, phase_of, problem_of, tops
from firegrid_app.alerts.tables import Alert, AlertEvent, AlertTarget
from firegrid_app.clock import local_day
from firegrid_app.duties.brought import bring, end_all, let_run_until
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.messages.urgent import tell_of_red_warning
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST_TARGETS = 400
_MOMENT = timedelta(microseconds=1)
CORRECTED = ("title", "words", "issuer", "number", "ends_at", "deadline_at")
"""What a correction may change. Kind, colour and grids stay: for those another is issued."""


def issue(
    session: Session,
    actor: Actor,
    home: str,
    codes: Sequence[str],
    draft: Draft,
    now: datetime,
    *,
    measures: Sequence[str] = (),
    own_task: str = "",
) -> Alert:
    """Issue it in the grid `home` for itself or some grids below; all of them see it at once.

    Refuses `alerts.no_grids`, `alerts.twice`, what `problem_of` names, what the tasks' rules
    refuse, and what a grid's door refuses.
    """
    grid = grid_by_code(session, actor, home, Action.ALERT)
    targets = _targets(session, actor, grid, codes)
    alert = bring_out(session, grid, targets, draft, now, person_id=actor.person_id)
    _ask(session, alert, targets, measures, " ".join(own_task.split()), now)
    return alert


def bring_out(
    session: Session,
    home: Grid,
    targets: Sequence[Grid],
    draft: Draft,
    now: datetime,
    *,
    person_id: int | None = None,
    sender_id: int | None = None,
) -> Alert:
    """The same without asking who may. Refuses `alerts.twice` and what `problem_of` names."""
    draft = replace(
        draft,
        title=" ".join(draft.title.split()),
        words=draft.words.strip(),
        issuer=" ".join(draft.issuer.split())[:60],
        number=" ".join(draft.number.split())[:60],
    )
    if problem := problem_of(draft, now):
        raise Refused(problem)
    if sender_id is None and _is_there(session, home, draft, now):
        raise Refused("alerts.twice")
    alert = Alert(
        **asdict(draft),
        grid_id=_id(home),
        issued_at=now,
        issued_by_id=person_id,
        sender_id=sender_id,
    )
    session.add(alert)
    session.flush()
    for target in targets:
        session.add(AlertTarget(alert_id=_id(alert), grid_id=_id(target)))
    note(session, alert, "issued", person_id, now)
    session.flush()
    _wake(session, alert, targets, now)
    return alert


def _wake(session: Session, alert: Alert, targets: Iterable[Grid], now: datetime) -> None:
    """A red warning does not wait until somebody looks: who leads these grids is told (YC-46)."""
    if alert.colour == GRAVEST:
        for grid in targets:
            tell_of_red_warning(session, f"{tasks_code(alert)}.{alert.edition}", grid, now)


def _targets(session: Session, actor: Actor, home: Grid, codes: Sequence[str]) -> list[Grid]:
    if not 1 <= len(set(codes)) <= MOST_TARGETS:
        raise Refused("alerts.no_grids", most=MOST_TARGETS)
    grids = [grid_by_code(session, actor, code, Action.ALERT) for code in dict.fromkeys(codes)]
    for grid in grids:
        if not grid.path.startswith(home.path):
            raise Refused("access.outside_grid")
        if grid.valid_to is not None:
            raise Refused("duties.grid_closed", name=grid.name)
    kept = set(tops([grid.path for grid in grids]))
    return [grid for grid in grids if grid.path in kept]


def _is_there(session: Session, home: Grid, draft: Draft, now: datetime) -> bool:
    """The button pressed twice, or two people at one desk."""
    rows = session.exec(
        select(Alert).where(
            Alert.grid_id == home.id, Alert.title == draft.title, Alert.words == draft.words
        )
    )
    return any(
        phase_of(row.starts_at, row.ends_at, row.lifted_at, now) in ("coming", "in_force")
        and row.starts_at == draft.starts_at
        for row in rows
    )


def _ask(
    session: Session,
    alert: Alert,
    targets: Sequence[Grid],
    measures: Sequence[str],
    own_task: str,
    now: datetime,
) -> None:
    """The tasks that come with it, as duties of the grids below."""
    if not measures and not own_task:
        return
    zone = settings().zone
    today = local_day(now, zone)
    first = max(local_day(alert.starts_at, zone), today)
    last = max(local_day(alert.ends_at - _MOMENT, zone), first)
    days = Days(first, last, min(max(local_day(alert.deadline_at, zone), first), last))
    rules = obligations(tasks_code(alert), measures, own_task, days, alert.number)
    bring(session, [_id(grid) for grid in targets], rules, alert.issued_by_id, today)


def tasks_code(alert: Alert) -> str:
    """What the rules of its tasks are known by in duties."""
    return f"alert:{alert.id}"


def alert_to_change(session: Session, actor: Actor, alert_id: int) -> Alert:
    """The one door for whoever corrects or lifts. Refuses `alerts.unknown` and
    `access.outside_grid`."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise Refused("alerts.unknown")
    grid_by_id(session, actor, alert.grid_id, Action.ALERT)
    return alert


def correct(
    session: Session,
    actor: Actor,
    alert_id: int,
    changes: dict[str, Any],
    now: datetime,
    *,
    anew: bool,
    why: str = "",
) -> Alert:
    """Change words, source or days. `anew`: receipts so far were for the old words, all read and
    pass it on again.

    Refuses `alerts.lifted`, `alerts.over`, `alerts.nothing_changed`, `alerts.no_title`,
    `alerts.no_words`, what the days are refused for, and what the door refuses.
    """
    alert = alert_to_change(session, actor, alert_id)
    change(session, alert, changes, now, anew=anew, person_id=actor.person_id, why=why)
    return alert


def change(
    session: Session,
    alert: Alert,
    changes: dict[str, Any],
    now: datetime,
    *,
    anew: bool,
    person_id: int | None,
    why: str = "",
) -> None:
    """The same without asking who may."""
    _require_open(alert, now)
    before = {
        name: getattr(alert, name)
        for name in CORRECTED
        if name in changes and changes[name] != getattr(alert, name)
    }
    if not before:
        raise Refused("alerts.nothing_changed")
    changed = {name: changes[name] for name in before}
    draft = replace(_draft_of(alert), **changed)
    if problem := problem_of(draft, now):
        raise Refused(problem)
    for name, value in changed.items():
        setattr(alert, name, value)
    if anew:
        alert.edition += 1
        _wake(session, alert, _grids_of(session, alert), now)
    told = {name: _plain(value) for name, value in before.items()}
    note(session, alert, "corrected", person_id, now, why, told)
    session.flush()
    if "ends_at" in changed:
        zone = settings().zone
        last = local_day(alert.ends_at - _MOMENT, zone)
        let_run_until(session, tasks_code(alert), last, local_day(now, zone))


def lift(session: Session, actor: Actor, alert_id: int, why: str, now: datetime) -> Alert:
    """It holds no more. What it asked and has not been done is no longer asked.

    Refuses `alerts.lifted`, `alerts.over` and what the door refuses.
    """
    alert = alert_to_change(session, actor, alert_id)
    take_back(session, alert, why, now, person_id=actor.person_id)
    return alert


def take_back(
    session: Session, alert: Alert, why: str, now: datetime, *, person_id: int | None
) -> None:
    """The same without asking who may."""
    _require_open(alert, now)
    alert.lifted_at = now
    note(session, alert, "lifted", person_id, now, why)
    session.flush()
    end_all(session, tasks_code(alert), local_day(now, settings().zone))


def _require_open(alert: Alert, now: datetime) -> None:
    phase = phase_of(alert.starts_at, alert.ends_at, alert.lifted_at, now)
    if phase == "lifted":
        raise Refused("alerts.lifted")
    if phase == "over":
        raise Refused("alerts.over")


def note(
    session: Session,
    alert: Alert,
    what: str,
    person_id: int | None,
    now: datetime,
    why: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    """Write into the trail."""
    session.add(
        AlertEvent(
            alert_id=_id(alert),
            at=now,
            what=what,
            person_id=person_id,
            note=" ".join(why.split())[:200],
            before=before or {},
        )
    )


def _grids_of(session: Session, alert: Alert) -> list[Grid]:
    return list(
        session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .join(AlertTarget, col(AlertTarget.grid_id) == Grid.id)
            .where(AlertTarget.alert_id == alert.id)
        )
    )


def _draft_of(alert: Alert) -> Draft:
    return Draft(**{name: getattr(alert, name) for name in Draft.__dataclass_fields__})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _id(row: Alert | Grid) -> int:
    assert row.id is not None
    return row.id
