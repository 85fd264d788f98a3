"""The equipment on its layout sheet (ZZ-34): what stands where, numbered as on the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint

MOST_PIECES = 500
"""On one sheet: some twenty pages of table."""
ROW = 0.0003
"""Some thirty metres in degrees: what lies in one row is numbered from west to east."""
DOT = 4.0
"""How high a dot is, and how wide without its words, in percent of the drawing's width."""
LETTER = 1.4
"""How wide a sign in it is."""


@dataclass(frozen=True)
class Standing:
    """One line of the register as the sheet has it."""

    grid_id: int
    place_id: int | None
    kind: str
    name: str
    where: str
    amount: int
    keeper: str
    next_on: date | None
    spot: tuple[float, float] | None
    """Longitude and latitude: its own, else of its check point or premises; None: nobody knows."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What makes a sheet old. Its tests do not: the sheet says of which day they are."""
        spot = "" if self.spot is None else f"{self.spot[0]:.5f} {self.spot[1]:.5f}"
        return (self.kind, self.name, self.where, str(self.amount), self.keeper, spot)


def standing_in(session: Session, grids: Iterable[Grid]) -> list[Standing]:
    """Equipment of these grids that is still there, as a sheet numbers it. The caller has checked.

    As one reads the map: in a grid from north to south and west to east, so that neighbours have
    neighbouring numbers; what is nowhere known comes last.
    """
    paths = {grid.id or 0: grid.path for grid in grids}
    rows = session.exec(
        select(Equipment, Place, CheckPoint)
        .outerjoin(Place, col(Place.id) == col(Equipment.place_id))
        .outerjoin(CheckPoint, col(CheckPoint.id) == col(Equipment.check_point_id))
        .where(col(Equipment.grid_id).in_(paths), col(Equipment.ends_on).is_(None))
        .order_by(col(Equipment.id))
    ).all()
    found = [_standing(*row) for row in rows]
    return sorted(found, key=lambda one: (paths[one.grid_id], *_as_read(one), one.kind, one.name))


def _as_read(one: Standing) -> tuple[bool, int, float, str]:
    lon, lat = one.spot or (0, 0)
    return one.spot is None, -round(lat / ROW), lon, one.where


def _standing(piece: Equipment, place: Place | None, point: CheckPoint | None) -> Standing:
    spots = ((one.lon, one.lat) for one in (piece, point, place) if one is not None)
    named = (place.name if place else "", point.name if point else "", piece.where_words)
    return Standing(
        grid_id=piece.grid_id,
        place_id=piece.place_id,
        kind=piece.kind,
        name=piece.name,
        where=" · ".join(filter(None, named)),
        amount=piece.amount,
        keeper=piece.keeper,
        next_on=piece.next_on,
        spot=next(((lon, lat) for lon, lat in spots if lon is not None and lat is not None), None),
    )


def equipped_places(session: Session, grid: Grid, most: int) -> list[tuple[int, str]]:
    """Premises of a grid that have equipment, by name. The caller has checked."""
    rows = session.exec(
        select(Place.id, Place.name)
        .join(Equipment, col(Equipment.place_id) == col(Place.id))
        .where(Place.grid_id == grid.id, col(Equipment.ends_on).is_(None))
        .distinct()
        .order_by(col(Place.name), col(Place.id))
        .limit(most)
    )
    return [(place_id or 0, name) for place_id, name in rows]


def has_equipment(session: Session, grid_ids: GridIds) -> bool:
    """Is there any in these grids?"""
    count = select(func.count()).where(
        col(Equipment.grid_id).in_(grid_ids), col(Equipment.ends_on).is_(None)
    )
    return session.exec(count).one() > 0


def marks_of(pieces: Sequence[Standing]) -> list[tuple[float, float, str]]:
    """What a map writes where: numbers, at the spots that are known."""
    return [
        (*one.spot, str(number))
        for number, one in enumerate(pieces[:MOST_PIECES], 1)
        if one.spot is not None
    ]


def numbers_in_words(numbers: Sequence[int]) -> str:
    """1-3, 7 for 1, 2, 3 and 7: what one dot on the map stands for."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def dots(
    labels: Iterable[tuple[float, float, str]], ratio: float
) -> tuple[tuple[float, float, str], ...]:
    """Numbered labels of a drawing as dots: those that would lie on each other are one.

    Places are in percent of width and height, `ratio` is height by width. A dot that lies outside
    the drawing is left out: the table tells of it.
    """
    groups: list[tuple[float, float, list[int]]] = []
    for x, y, number in labels:
        if not (0 <= x <= 100 and 0 <= y <= 100):
            continue
        for left, top, numbers in groups:
            room = DOT + LETTER * (len(numbers_in_words(numbers)) + len(number)) / 2
            if abs(left - x) < room and abs(top - y) * ratio < DOT:
                numbers.append(int(number))
                break
        else:
            groups.append((x, y, [int(number)]))
    return tuple((x, y, numbers_in_words(numbers)) for x, y, numbers in groups)


def drawn_numbers(labels: Iterable[tuple[float, float, str]]) -> frozenset[int]:
    """Which numbered labels lie inside the drawing."""
    return frozenset(int(n) for x, y, n in labels if 0 <= x <= 100 and 0 <= y <= 100)
