"""What the map gets: outlines once, figures again and again, both as columns."""

from dataclasses import dataclass

from firegrid_app.maps.rules import Shapes


@dataclass(frozen=True)
class MapAreas:
    """Areas by column. `labels` holds longitude and latitude in units, [0, 0] if there is none."""

    names: tuple[str, ...]
    labels: tuple[int, ...]
    shapes: Shapes


@dataclass(frozen=True)
class MapGrids:
    """The small grids below one grid, in tree order, and the communities they belong to."""

    tree: str
    """Changes when a grid comes, goes or gets another name; `MapToday` carries the same."""
    units: int
    codes: tuple[str, ...]
    parents: tuple[int, ...]
    """Index into `groups`; -1 for none."""
    grids: MapAreas
    groups: MapAreas


@dataclass(frozen=True)
class MapToday:
    """The same grids today or in the days asked about; columns in the order of `MapGrids.codes`."""

    tree: str
    first: str
    day: str
    """The first and the last of the days."""
    is_now: bool
    """Do the figures reach up to now?"""
    is_workday: bool
    standing: tuple[int, ...]
    """Index into `standings`."""
    standings: tuple[str, ...]
    minutes: tuple[int, ...]
    targets: tuple[int, ...]
    open_hazards: tuple[int, ...]
    overdue_hazards: tuple[int, ...]
    doors_left: tuple[int, ...]
    shouts: tuple[int, ...]
    points_left: tuple[int, ...]
    sums: dict[str, int]
    """Of the columns after `targets`, and of `doors` and `points`; the desk's own, too."""
    tallies: tuple[tuple[str, int], ...]
    """The legend: standing and how many grids; the desk's own tallies, not counted anew."""


@dataclass(frozen=True)
class MapPlaces:
    """Premises as points, what matters most last; names and phones stay at the desk."""

    units: int
    colours: tuple[str, ...]
    colour: tuple[int, ...]
    """Index into `colours`."""
    xy: tuple[int, ...]
    """Longitude and latitude in units, one pair a point."""
    tallies: tuple[tuple[str, int], ...]
    """Of all premises, also those without a point."""
    unplaced: int
    """Of them without a point."""
