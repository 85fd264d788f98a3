"""The coverage report of a tree of grids: outlines, people, premises and doors (LY-13, YC-84)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shapely.geometry import shape
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.grids.coverage import (
    NARROW_M,
    Drawn,
    Fault,
    FaultKind,
    find_faults,
    metres_outside,
)
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.visits.tables import Household


@dataclass(frozen=True)
class GridName:
    """A grid in a list."""

    code: str
    name: str


@dataclass(frozen=True)
class Uncared:
    """A grid without a member that has premises or doors."""

    code: str
    name: str
    places: int
    households: int


@dataclass(frozen=True)
class Misplaced:
    """Premises whose point lies outside their grid."""

    code: str
    name: str
    grid_code: str
    metres: float


@dataclass(frozen=True)
class CoverageCard:
    """The whole report."""

    grids: int
    small_grids: int
    faults: tuple[Fault, ...]
    rounding_m2: float
    no_outline: tuple[GridName, ...]
    no_head: tuple[GridName, ...]
    no_member: tuple[GridName, ...]
    uncared: tuple[Uncared, ...]
    above_small_grids: int
    """Premises and doors that belong to no small grid but to a community."""
    misplaced: tuple[Misplaced, ...]

    def count(self, kind: FaultKind) -> int:
        """How many faults of a kind."""
        return sum(fault.kind is kind for fault in self.faults)

    @property
    def is_whole(self) -> bool:
        """No gap, no overlap, nothing outside, no small grid without head and member."""
        return not (self.faults or self.no_head or self.no_member or self.uncared)


def coverage(session: Session, root: Grid | None, today: date) -> CoverageCard:
    """The report for `root` and everything below it, or for all grids. The caller checked `root`.

    A list-only county above (LY-07) is no fault; it is named among the grids without outline.
    """
    query = select(Grid).where(col(Grid.valid_to).is_(None)).order_by(col(Grid.path))
    if root is not None:
        query = query.where(col(Grid.path).startswith(root.path, autoescape=True))
    grids = list(session.exec(query))
    codes = {grid.id: grid.code for grid in grids}
    drawn = {
        grid.id or 0: Drawn(
            code=grid.code,
            name=grid.name,
            level=grid.level,
            parent_code=codes.get(grid.parent_id, ""),
            shape=shape(grid.outline) if grid.outline else None,
        )
        for grid in grids
    }
    faults = find_faults(drawn.values())
    heads = _held(session, Role.GRID_HEAD, today)
    members = _held(session, Role.GRID_MEMBER, today)
    small = [grid for grid in grids if grid.level == 3]
    # A member of the community stands in for each of its small grids (rights go down the tree).
    unmanned = [g for g in grids if g.level >= 2 and not {g.id, g.parent_id} & members]
    places, doors = _count(session, Place), _count(session, Household)
    return CoverageCard(
        grids=len(grids),
        small_grids=len(small),
        faults=faults.found,
        rounding_m2=faults.rounding_m2,
        no_outline=_names(grid for grid in grids if not grid.outline),
        no_head=_names(grid for grid in small if grid.id not in heads),
        no_member=_names(grid for grid in unmanned if grid.level == 3),
        uncared=tuple(
            Uncared(grid.code, grid.name, places[grid.id or 0], doors[grid.id or 0])
            for grid in unmanned
            if places[grid.id or 0] or doors[grid.id or 0]
        ),
        above_small_grids=sum(
            places[grid.id or 0] + doors[grid.id or 0] for grid in grids if grid.level < 3
        ),
        misplaced=tuple(_misplaced(session, drawn)),
    )


def _names(grids: Iterable[Grid]) -> tuple[GridName, ...]:
    return tuple(GridName(grid.code, grid.name) for grid in grids)


def _held(session: Session, role: Role, today: date) -> set[int]:
    """Grids where someone who can log in holds this role today."""
    rows = session.exec(
        select(Post.grid_id)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            Post.role == role,
            col(Post.starts_on) <= today,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
    )
    return set(rows)


def _count(session: Session, table: type[Place] | type[Household]) -> Counter[int]:
    rows = session.exec(
        select(table.grid_id, func.count()).group_by(col(table.grid_id))  # type: ignore[arg-type]
    )
    return Counter(dict(rows.all()))


def _misplaced(session: Session, drawn: dict[int, Drawn]) -> Iterable[Misplaced]:
    rows = session.exec(select(Place).where(col(Place.lat).is_not(None)).order_by(Place.code))
    for place in rows:
        grid = drawn.get(place.grid_id)
        if grid is None or grid.shape is None or place.lat is None or place.lon is None:
            continue
        metres = metres_outside(grid.shape, place.lat, place.lon)
        if metres > NARROW_M:
            yield Misplaced(place.code, place.name, grid.code, round(metres, 1))
