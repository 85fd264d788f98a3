"""What recorded work has done of duties: asked of the rooms where the work is recorded.

Nobody counts for a duty what the rooms do not count themselves. Only work inside the period counts;
what is made up for later is ticked with a note.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.tables import Post
from firegrid_app.clock import day_bounds
from firegrid_app.duties.rules.obligations import Kind
from firegrid_app.duties.tables import Duty, ObligationRule
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.waiting import awaiting_recheck, rechecked
from firegrid_app.meetings.counts import meetings_held
from firegrid_app.meetings.rules import does
from firegrid_app.patrols.days import minutes_by_grid
from firegrid_app.patrols.reached import minutes_by_person, spots_reached
from firegrid_app.settings import settings
from firegrid_app.shouts.counts import shouts_between
from firegrid_app.training.counts import courses_held, drills_held
from firegrid_app.training.rules import does as did
from firegrid_app.visits.counts import doors_between, doors_there


@dataclass(frozen=True)
class Dated:
    """A duty with its rule and the path of its grid."""

    duty: Duty
    rule: ObligationRule
    path: str


@dataclass(frozen=True)
class Progress:
    """How much is done of how much; `wanted` 0 where records cannot say."""

    done: int = 0
    wanted: int = 0
    finished: bool = False


Key = tuple[int, int, date, int]


def key_of(duty: Duty) -> Key:
    """Rule, grid, first day and number: what a duty is known by."""
    return duty.rule_id, duty.grid_id, duty.first_on, duty.number


def progress_of(session: Session, dated: Sequence[Dated]) -> dict[Key, Progress]:
    """What records have done of each of these duties; those only ticked are missing.

    A duty of a grid above the small ones is done by the work in all grids below it. Where a period
    asks for something several times, the second needs twice as much.
    """
    found: dict[Key, Progress] = {}
    groups: dict[tuple[Kind, date, date], list[Dated]] = defaultdict(list)
    for one in dated:
        kind = Kind(one.rule.kind)
        if kind in _COUNTS:
            groups[kind, one.duty.first_on, one.duty.last_on].append(one)
    if not groups:
        return found
    below = _Below(session, {one.path for some in groups.values() for one in some})
    for (kind, first, last), some in groups.items():
        start_at = day_bounds(first, settings().zone)[0]
        end_at = day_bounds(last, settings().zone)[1]
        count = _COUNTS[kind](session, below, some, start_at, end_at)
        for one in some:
            found[key_of(one.duty)] = count(one)
    return found


class _Below:
    """Ids of the grids at and below some paths, read once."""

    def __init__(self, session: Session, paths: set[str]) -> None:
        tops = [
            path for path in paths if not any(path != up and path.startswith(up) for up in paths)
        ]
        self._ids: dict[str, list[int]] = {path: [] for path in paths}
        for top in tops:
            rows = session.exec(
                select(Grid.id, Grid.path).where(col(Grid.path).startswith(top, autoescape=True))
            )
            for grid_id, path in rows:
                codes = path.split("/")[:-1]
                for depth in range(1, len(codes) + 1):
                    up = "/".join(codes[:depth]) + "/"
                    if up in self._ids:
                        self._ids[up].append(grid_id or 0)

    def of(self, one: Dated) -> list[int]:
        """The grids whose work counts for this duty."""
        return self._ids[one.path]

    def all(self, some: Sequence[Dated]) -> list[int]:
        """Those of all of these."""
        return sorted({grid_id for one in some for grid_id in self.of(one)})


_Count = Callable[[Dated], Progress]
_Counter = Callable[[Session, _Below, Sequence[Dated], datetime, datetime], _Count]


def _upto(done: int, wanted: int) -> Progress:
    return Progress(min(done, wanted), wanted, wanted > 0 and done >= wanted)


def _walk(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    minutes = minutes_by_grid(session, below.all(some), some[0].duty.first_on)
    return lambda one: _upto(
        sum(minutes.get(grid_id, 0) for grid_id in below.of(one)),
        one.rule.target * one.duty.number,
    )


def _go_down(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """Minutes of whoever holds the post that day: a member's walk is not the secretary's."""
    day = some[0].duty.first_on
    holders: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = session.exec(
        select(Post.grid_id, Post.role, Post.person_id).where(
            col(Post.grid_id).in_({one.duty.grid_id for one in some}),
            Post.starts_on <= day,
            (col(Post.ends_on).is_(None)) | (col(Post.ends_on) >= day),
        )
    )
    for grid_id, role, person_id in rows:
        holders[grid_id, role].add(person_id)

    def count(one: Dated) -> Progress:
        people = holders.get((one.duty.grid_id, one.rule.role), set())
        minutes = minutes_by_person(session, people, one.path, day) if people else 0
        return _upto(minutes, one.rule.target * one.duty.number)

    return count


def _spots(*, premises: bool) -> _Counter:
    def counter(
        session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
    ) -> _Count:
        ids = below.all(some)
        reached = spots_reached(session, ids, start_at, end_at, premises=premises)

        def count(one: Dated) -> Progress:
            pairs = [reached[grid_id] for grid_id in below.of(one) if grid_id in reached]
            return _upto(sum(done for done, _ in pairs), sum(there for _, there in pairs))

        return count

    return counter


def _shout(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    shouts = shouts_between(session, below.all(some), start_at, end_at)
    return lambda one: _upto(
        sum(shouts.get(grid_id, 0) for grid_id in below.of(one)),
        one.rule.target * one.duty.number,
    )


def _doors(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """The target, or every door there is where that is less or the target is 0."""
    ids = below.all(some)
    knocked = doors_between(session, ids, start_at, end_at)
    there = doors_there(session, ids)

    def count(one: Dated) -> Progress:
        doors = sum(there.get(grid_id, 0) for grid_id in below.of(one))
        wanted = min(one.rule.target * one.duty.number or doors, doors)
        return _upto(sum(knocked.get(grid_id, 0) for grid_id in below.of(one)), wanted)

    return count


def _recheck(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """Second looks made, of those and what still waits for one; of nothing, nothing is asked."""
    ids = below.all(some)
    waiting = awaiting_recheck(session, ids, end_at)
    looked = rechecked(session, ids, start_at, end_at)

    def count(one: Dated) -> Progress:
        done = sum(looked.get(grid_id, 0) for grid_id in below.of(one))
        left = sum(waiting.get(grid_id, 0) for grid_id in below.of(one))
        return _upto(done, done + left)

    return count


def _meeting(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """Meetings the grid itself held; a community's own do not do what the street owes."""
    held = meetings_held(session, {one.duty.grid_id for one in some}, start_at, end_at)

    def count(one: Dated) -> Progress:
        kinds = [kind for kind in held.get(one.duty.grid_id, []) if does(kind, one.rule.code)]
        return Progress(finished=len(kinds) >= one.duty.number)

    return count


def _training(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """Courses the grid itself held, of the kind that the plan's row asks for."""
    period = some[0].duty.first_on, some[0].duty.last_on
    held = courses_held(session, {one.duty.grid_id for one in some}, *period)

    def count(one: Dated) -> Progress:
        kinds = [kind for kind in held.get(one.duty.grid_id, []) if did(kind, one.rule.source)]
        return Progress(finished=len(kinds) >= one.duty.number)

    return count


def _drill(
    session: Session, below: _Below, some: Sequence[Dated], start_at: datetime, end_at: datetime
) -> _Count:
    """Drills the grid itself held."""
    period = some[0].duty.first_on, some[0].duty.last_on
    held = drills_held(session, {one.duty.grid_id for one in some}, *period)
    return lambda one: Progress(finished=held.get(one.duty.grid_id, 0) >= one.duty.number)


_COUNTS: dict[Kind, _Counter] = {
    Kind.WALK: _walk,
    Kind.GO_DOWN: _go_down,
    Kind.CHECK: _spots(premises=False),
    Kind.SWEEP: _spots(premises=True),
    Kind.SHOUT: _shout,
    Kind.DOORS: _doors,
    Kind.RECHECK: _recheck,
    Kind.MEETING: _meeting,
    Kind.TRAINING: _training,
    Kind.DRILL: _drill,
}
