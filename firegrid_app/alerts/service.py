"""Use cases of whom a warning reaches: what is in force for somebody, who opened it, the board."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import ALLOWED, Action, Actor
from firegrid_app.alerts.cards import PackAlert, PostedAlert
from firegrid_app.alerts.rules import covers, touches
from firegrid_app.alerts.tables import Alert, AlertSeen, AlertTarget
from firegrid_app.grids.tables import Grid
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.counts import passings_of

MOST_IN_FORCE = 40
"""On one phone; more at once nobody reads. The gravest come first."""
_GRAVITY = ("red", "orange", "yellow", "blue", "")


def targets_of(session: Session, alert_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Paths of the grids each of these is for; where a grid has moved, as it lies today."""
    rows = session.exec(
        select(AlertTarget.alert_id, Grid.path)
        .join(Grid, col(Grid.id) == AlertTarget.grid_id)
        .where(col(AlertTarget.alert_id).in_(list(alert_ids)))
        .order_by(col(Grid.path))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for alert_id, path in rows:
        found[alert_id].append(path)
    return {alert_id: tuple(paths) for alert_id, paths in found.items()}


def in_force(session: Session, now: datetime) -> list[tuple[Alert, tuple[str, ...]]]:
    """What is neither over nor lifted, also what is about to begin, the gravest first."""
    rows = session.exec(
        select(Alert)
        .where(Alert.ends_at > now, col(Alert.lifted_at).is_(None))
        .order_by(col(Alert.deadline_at), col(Alert.id))
    ).all()
    targets = targets_of(session, [_id(row) for row in rows])
    found = [(row, targets.get(_id(row), ())) for row in rows]
    return sorted(found, key=lambda pair: _GRAVITY.index(pair[0].colour))


def alerts_for(
    session: Session, actor: Actor, working: Sequence[Grid], now: datetime
) -> list[PackAlert]:
    """What is in force for this person's grids; `working` are those one passes it on in.

    Nothing of a warning is said about grids beside one's own.
    """
    concerned = [
        (row, paths)
        for row, paths in in_force(session, now)
        if any(touches(post.grid_path, paths) for post in actor.posts)
    ][:MOST_IN_FORCE]
    if not concerned:
        return []
    ids = [_id(row) for row, _ in concerned]
    opened = session.exec(
        select(AlertSeen.alert_id, AlertSeen.edition).where(
            col(AlertSeen.alert_id).in_(ids), AlertSeen.person_id == actor.person_id
        )
    )
    seen = set(opened.all())
    told = passings_of(session, ids)
    return [
        PackAlert(
            id=_id(row),
            edition=row.edition,
            kind=row.kind,
            colour=row.colour,
            title=row.title,
            words=row.words,
            issuer=row.issuer,
            number=row.number,
            starts_at=row.starts_at.isoformat(),
            ends_at=row.ends_at.isoformat(),
            deadline_at=row.deadline_at.isoformat(),
            to_residents=row.to_residents,
            seen=(_id(row), row.edition) in seen,
            grids=tuple(grid.code for grid in working if covers(grid.path, paths)),
            passed=tuple(
                grid.code
                for grid in working
                if covers(grid.path, paths)
                and any(one.covers(grid.path, row.edition) for one in told.get(_id(row), ()))
            ),
        )
        for row, paths in concerned
    ]


def see(
    session: Session, actor: Actor, stamp: Stamp, *, alert_id: int, edition: int, now: datetime
) -> AlertSeen:
    """Somebody who works in a grid it is for has opened it, in the grid of the nearest post. Also
    what is over or lifted counts: the phone may have been without a line.

    Refuses `alerts.unknown` and `alerts.not_here`.
    """
    paths = _known(session, alert_id)
    posts = [
        post
        for post in actor.posts
        if Action.RECORD in ALLOWED[post.role] and touches(post.grid_path, paths)
    ]
    if not posts:
        raise Refused("alerts.not_here")
    nearest = max(posts, key=lambda post: post.grid_level)
    row = AlertSeen(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=nearest.grid_id,
        person_id=actor.person_id,
        alert_id=alert_id,
        edition=edition,
    )
    session.add(row)
    return row


def require_here(session: Session, alert_id: int, grid: Grid) -> None:
    """May this be called out in the grid? Late, over or lifted it still is what was called out.

    Refuses `alerts.unknown` and `alerts.not_here`.
    """
    if not covers(grid.path, _known(session, alert_id)):
        raise Refused("alerts.not_here")


def _known(session: Session, alert_id: int) -> tuple[str, ...]:
    paths = targets_of(session, [alert_id]).get(alert_id, ())
    if not paths:
        raise Refused("alerts.unknown")
    return paths


def posted_alerts(session: Session, grid: Grid, now: datetime) -> list[PostedAlert]:
    """What residents of this grid are to know, now in force here or in a small grid of it."""
    rows = [
        (row, paths)
        for row, paths in in_force(session, now)
        if row.to_residents and row.starts_at <= now and touches(grid.path, paths)
    ]
    within = {
        path
        for _, paths in rows
        for path in paths
        if path.startswith(grid.path) and path != grid.path
    }
    named = session.exec(select(Grid.path, Grid.name).where(col(Grid.path).in_(within)))
    names = dict(named.all())
    return [
        PostedAlert(
            title=row.title,
            colour=row.colour,
            words=row.words,
            issuer=row.issuer,
            where=""
            if covers(grid.path, paths)
            else "、".join(names[path] for path in paths if path in names),
            until=f"{row.ends_at.astimezone(settings().zone):%m-%d %H:%M}",
        )
        for row, paths in rows
    ]


def _id(row: Alert) -> int:
    assert row.id is not None
    return row.id
