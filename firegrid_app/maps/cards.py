"""What the map gets: outlines once, figures again and again, both as columns."""

from dataclasses import dataclass

from firegrid_app.maps.rules.packing import Shapes


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
    """To a degree; fewer than the outlines have where those are very many, and simplified."""
    whole: bool
    """Are these the outlines whole? Else `MapOutlines` has them."""
    codes: tuple[str, ...]
    """As `grids.names`, each without the beginning it shares with its community's
    (`rules.beginnings`): whole they would be most of what a map of very many weighs."""
    parents: tuple[int, ...]
    """Index into `groups`; -1 for none."""
    group_codes: tuple[str, ...]
    grids: MapAreas
    groups: MapAreas


@dataclass(frozen=True)
class MapOutlines:
    """The outlines of one community whole, for who looks near; names are known by then."""

    units: int
    codes: tuple[str, ...]
    """Of its small grids, in tree order: they fit no other tree."""
    grids: Shapes
    groups: Shapes
    """The community itself; nothing for a small grid without one."""


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


@dataclass(frozen=True)
class WorkTally:
    """How many pieces a layer has, also those without a point: the register's own."""

    layer: str
    pieces: int
    due: int
    """Of them with a test overdue, or never tested."""
    unplaced: int


@dataclass(frozen=True)
class MapWorks:
    """Fire equipment and guard posts as points, what is due last; homes to care for as counts."""

    tree: str
    """As `MapGrids.tree`: counts by grid fit no other."""
    units: int
    layers: tuple[str, ...]
    layer: tuple[int, ...]
    """Index into `layers`."""
    due: tuple[int, ...]
    names: tuple[str, ...]
    xy: tuple[int, ...]
    """Longitude and latitude in units, one pair a point."""
    lines: tuple[tuple[int, int], ...]
    """Guard posts that come to each other's help: two places in the columns above, and after their
    end in those of `beyond`."""
    beyond_names: tuple[str, ...]
    """Neighbours of the street that stand outside the grids of this map."""
    beyond_xy: tuple[int, ...]
    tallies: tuple[WorkTally, ...]
    care_homes: tuple[int, ...]
    """By grid, as `MapGrids.codes`; empty for who may not see such counts."""
    care_total: int


@dataclass(frozen=True)
class MapEntries:
    """The five entries (五进) grid by grid: of what is to be reached, how much was. Communities and
    villages stand with their own grid, which is in `groups` unless a small grid is looked at."""

    tree: str
    """As `MapGrids.tree`: counts by grid fit no other."""
    first: str
    last: str
    """The days counted, both with them: the table's usual season up to the last day asked about."""
    of: tuple[int, ...]
    reached: tuple[int, ...]
    """By grid, as `MapGrids.codes`: premises, and its families as one."""
    groups_of: tuple[int, ...]
    groups_reached: tuple[int, ...]
    """Of the groups themselves, without what lies in their grids."""
    tallies: tuple[tuple[str, int, int], ...]
    """Each of the five as the table counts it: reached, of how many; families by doors."""


@dataclass(frozen=True)
class MapCampaign:
    """How far a running campaign is; columns in the order of `MapGrids.codes`."""

    id: int
    """0: none runs here."""
    name: str
    until: str
    running: tuple[tuple[int, str, str], ...]
    """All that run here today with their last days, the one that ends first ahead."""
    tree: str
    doors: tuple[int, ...]
    done: tuple[int, ...]
    back: tuple[int, ...]
    sums: dict[str, int]
    """`doors`, `done`, `back` and `never` of all of them."""
    tallies: tuple[tuple[str, int], ...]
    """How many grids are how far."""


@dataclass(frozen=True)
class FoundSpot:
    """Something found by words: where it is (WGS-84), if that is known, and in which grid."""

    kind: str
    """`grid`, `place`, `building`, `point`, or `address` of a geocoder."""
    name: str
    address: str
    code: str
    """Of the grid it is in; empty where that is none of ours."""
    grid: str
    """Its name; empty for a grid itself."""
    lat: float | None
    lon: float | None
    formerly: str = ""
    """What it was called before, where it was found by that."""


@dataclass(frozen=True)
class MapSearch:
    """What a search on the map found."""

    spots: tuple[FoundSpot, ...]
    may_ask: bool
    """Is there a geocoder that could be asked too?"""
    asked: str
    """Of a geocoder: `answered` or `failed`; empty where none was asked."""


@dataclass(frozen=True)
class PhoneBase:
    """The base map as a day pack carries it: whose tiles, at which addresses, kept or not."""

    kind: str
    urls: tuple[str, ...]
    """Of its layers, the lowest first, with `{z}`, `{x}`, `{y}`, and `{s}` for one of `servers`."""
    servers: str
    datum: str
    max_zoom: int
    credit: str
    """Empty: the phone's texts know whose it is, by `kind`."""
    link: str
    approval: str
    may_be_kept: bool
