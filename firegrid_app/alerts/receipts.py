"""Who has seen a warning, passed it on, done its tasks: grid by grid, and in sums (YC-46, YB-60).

The grids that answer for it are the lowest ones of the tree it is for. What a level above shows is
the sum of what stands below it, to the digit. Grids come in the tree's order: nobody is ranked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import ALLOWED, Action, Actor
from firegrid_app.access.tables import Person, Post
from firegrid_app.alerts.cards import ReceiptRow, Tally
from firegrid_app.alerts.issuing import tasks_code
from firegrid_app.alerts.rules import Standing, covers, is_late, standing_of
from firegrid_app.alerts.tables import Alert, AlertSeen
from firegrid_app.clock import local_day
from firegrid_app.duties.brought import Asked, asked_of
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.settings import settings
from firegrid_app.shouts.along import Along, along_of
from firegrid_app.shouts.counts import PassedOn, passings_of

_WORKING = [role for role, actions in ALLOWED.items() if Action.RECORD in actions]


@dataclass(frozen=True)
class Receipt:
    """A grid that has to pass it on, and where it stands."""

    grid: Grid
    standing: Standing
    late: bool
    unheld: bool
    seen_at: datetime | None
    passing: PassedOn | None
    reached: int
    tasks: Asked


class Ground:
    """The grids at and below one on some day, and who holds them; read once for many warnings."""

    def __init__(self, session: Session, top: Grid, day: date) -> None:
        below = col(Grid.path).startswith(top.path, autoescape=True)
        self.grids = list(
            session.exec(
                select(Grid)
                .options(WITHOUT_OUTLINE)
                .where(
                    below,
                    Grid.valid_from <= day,
                    or_(col(Grid.valid_to).is_(None), col(Grid.valid_to) >= day),
                )
                .order_by(col(Grid.path))
            )
        )
        parents = {grid.parent_id for grid in self.grids}
        self.lowest = [grid for grid in self.grids if grid.id not in parents]
        self.holders: dict[int, set[int]] = defaultdict(set)
        held = session.exec(
            select(Post.grid_id, Post.person_id)
            .join(Grid, col(Grid.id) == Post.grid_id)
            .join(Person, col(Person.id) == Post.person_id)
            .where(
                below,
                col(Post.role).in_(_WORKING),
                Post.starts_on <= day,
                or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= day),
                col(Person.switched_off_at).is_(None),
            )
        )
        for grid_id, person_id in held:
            self.holders[grid_id].add(person_id)


def day_of(alert: Alert, now: datetime) -> date:
    """The day whose grids and posts count: today, and of what is over its last one."""
    last = alert.ends_at if alert.lifted_at is None else min(alert.lifted_at, alert.ends_at)
    return local_day(max(min(now, last), alert.issued_at), settings().zone)


def receipts(
    session: Session,
    alert: Alert,
    targets: tuple[str, ...],
    ground: Ground,
    now: datetime,
    *,
    with_tasks: bool,
) -> tuple[list[Receipt], list[PassedOn]]:
    """Where every lowest grid of this ground stands, and all that was called out below its top.

    Only what was seen and called out in the edition in force counts.
    """
    lowest = [grid for grid in ground.lowest if covers(grid.path, targets)]
    seen = _Seen(session, alert, ground)
    told = passings_of(session, [alert.id or 0]).get(alert.id or 0, [])
    told = [one for one in told if one.edition >= alert.edition and covers(one.path, targets)]
    tasks: dict[int, Asked] = {}
    if with_tasks:
        ids = [grid.id or 0 for grid in lowest]
        tasks = asked_of(session, tasks_code(alert), ids, day_of(alert, now))
    until = now if alert.lifted_at is None else alert.lifted_at
    found = []
    for grid in lowest:
        passing = next((one for one in told if one.covers(grid.path, alert.edition)), None)
        seen_at = seen.first(grid)
        asked = tasks.get(grid.id or 0, Asked())
        wanted_at = passing.at if passing else None
        if not alert.to_residents:
            moments = [at for at in (wanted_at, seen_at) if at is not None]
            wanted_at = min(moments) if moments else None
        found.append(
            Receipt(
                grid=grid,
                standing=standing_of(
                    seen_at,
                    passing.at if passing else None,
                    to_residents=alert.to_residents,
                    tasks_asked=asked.asked,
                    tasks_done=asked.done,
                ),
                late=is_late(wanted_at, alert.deadline_at, until),
                unheld=not ground.holders.get(grid.id or 0),
                seen_at=seen_at,
                passing=passing,
                reached=sum(one.people_reached for one in told if one.path == grid.path),
                tasks=asked,
            )
        )
    return found, told


class _Seen:
    """When somebody of each grid first opened it: its own people, or, where nobody holds it,
    whoever opened it in a grid above."""

    def __init__(self, session: Session, alert: Alert, ground: Ground) -> None:
        self._holders = ground.holders
        self._of_person: dict[int, datetime] = {}
        self._of_path: dict[str, datetime] = {}
        rows = session.exec(
            select(AlertSeen.person_id, Grid.path, AlertSeen.happened_at)
            .join(Grid, col(Grid.id) == AlertSeen.grid_id)
            .where(AlertSeen.alert_id == alert.id, AlertSeen.edition >= alert.edition)
            .order_by(col(AlertSeen.happened_at).desc())
        )
        for person_id, path, at in rows:
            self._of_person[person_id] = at
            self._of_path[path] = at

    def first(self, grid: Grid) -> datetime | None:
        """When it was first seen for this grid."""
        holders = self._holders.get(grid.id or 0, set())
        moments = [self._of_person[one] for one in holders if one in self._of_person]
        paths = {grid.path} if holders else _upwards(grid.path)
        moments += [self._of_path[path] for path in paths if path in self._of_path]
        return min(moments, default=None)


def _upwards(path: str) -> set[str]:
    """This grid's path and those of all above it."""
    codes = path.split("/")[:-1]
    return {"/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))}


def tally(found: Iterable[Receipt], told: Iterable[PassedOn], path: str) -> Tally:
    """The sums of a grid and everything below it."""
    mine = [one for one in found if one.grid.path.startswith(path)]
    count: Callable[[Standing], int] = lambda wanted: sum(  # noqa: E731
        one.standing == wanted for one in mine
    )
    return Tally(
        grids=len(mine),
        unseen=count(Standing.UNSEEN),
        seen=count(Standing.SEEN),
        passed_on=count(Standing.PASSED_ON),
        done=count(Standing.DONE),
        late=sum(one.late for one in mine),
        reached=sum(one.people_reached for one in told if one.path.startswith(path)),
    )


def own_reached(told: Iterable[PassedOn], path: str) -> int:
    """People reached by what was called out for this grid itself."""
    return sum(one.people_reached for one in told if one.path == path)


def along_passings(session: Session, actor: Actor, found: Iterable[Receipt]) -> dict[UUID, Along]:
    """What was recorded with the shouts these receipts stand on, by shout: of those the actor may
    look at (a village's loudspeaker is heard in grids whose head does not see the village)."""
    shouts = {
        one.passing.shout_id
        for one in found
        if one.passing is not None and actor.may(Action.SEE_GRID, one.passing.path)
    }
    return along_of(session, shouts)


def rows_of(
    found: Sequence[Receipt],
    names: dict[int | None, str],
    along: Mapping[UUID, Along],
    wall: Callable[[datetime], str],
) -> list[ReceiptRow]:
    """Receipts as a page shows them; `names` are the parents' by id."""

    def came(one: Receipt) -> Along:
        return along.get(one.passing.shout_id, Along()) if one.passing else Along()

    return [
        ReceiptRow(
            code=one.grid.code,
            name=one.grid.name,
            parent=names.get(one.grid.parent_id, ""),
            standing=one.standing,
            late=one.late,
            unheld=one.unheld,
            seen=wall(one.seen_at) if one.seen_at else "",
            passed=wall(one.passing.at) if one.passing else "",
            means=one.passing.means if one.passing else "",
            passer=one.passing.person_name if one.passing else "",
            reached=one.reached,
            tasks_asked=one.tasks.asked,
            tasks_done=one.tasks.done,
            photos=came(one).photos,
            sounds=came(one).sounds,
        )
        for one in found
    ]
