"""What helps against fire, as points on the map by layer, and homes to care for as counts only.

The same pieces that the register of equipment lists, the same homes that the page of alarms counts.
"""

from collections import Counter
from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.alarms.figures import figures_of
from firegrid_app.clock import local_day
from firegrid_app.equipment.guards import lines, neighbours
from firegrid_app.equipment.rules import Kind
from firegrid_app.equipment.spots import posts_around, spots_of
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.maps.cards import MapWorks, WorkTally
from firegrid_app.maps.rules import UNITS_PER_DEGREE, units
from firegrid_app.maps.service import tree_tag
from firegrid_app.settings import settings

LAYERS = ("gear", "storage", "hydrant", "intake", "station", "guard")
"""Each alone or together: kit, storage points, hydrants, intakes, micro stations, guard posts."""
LAYER_OF = {
    Kind.STORAGE_POINT: "storage",
    Kind.HYDRANT: "hydrant",
    Kind.WATER_CRANE: "hydrant",
    Kind.WATER_INTAKE: "intake",
    Kind.MICRO_STATION: "station",
    Kind.GUARD_POST: "guard",
}
"""What is not named here is kit."""


def may_count_care(session: Session, actor: Actor, code: str) -> bool:
    """May the actor see how many homes to care for each grid has? As on the page of alarms."""
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    return actor.may(Action.KEEP_DOORS, top.path)


def map_works(session: Session, actor: Actor, code: str, now: datetime) -> MapWorks:
    """Equipment below a grid that is still there, as it stands today; care homes grid by grid for
    who keeps the doors, none for others.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    below = subtree(session, top)
    pieces = spots_of(session, ids_below(top), today)
    layer = {one.id: LAYER_OF.get(Kind(one.kind), "gear") for one in pieces}
    drawn = sorted(
        (one for one in pieces if one.lat is not None and one.lon is not None),
        key=lambda one: (LAYERS.index(layer[one.id]), one.due, one.id),
    )
    posts = {one.id: one for one in posts_around(session, top, today)}
    here = {one.id for one in drawn}
    # As the list has them: also with who comes to help from beyond this map.
    joined = lines(
        {one: near for one, near in neighbours(list(posts.values())).items() if one in here}
    )
    beyond = [posts[one] for one in sorted({one for pair in joined for one in pair} - here)]
    at = {
        one: number
        for number, one in enumerate(
            [*(piece.id for piece in drawn), *(post.id for post in beyond)]
        )
    }
    every, due = Counter(layer.values()), Counter(layer[one.id] for one in pieces if one.due)
    placed = Counter(layer[one.id] for one in drawn)
    is_kept = actor.may(Action.KEEP_DOORS, top.path)
    care = (
        {one.code: one.care_homes for one in figures_of(session, below, ids_below(top), today)}
        if is_kept
        else {}
    )
    small = [grid for grid in below if grid.level == 3]
    return MapWorks(
        tree=tree_tag((grid.code, grid.name) for grid in small),
        units=UNITS_PER_DEGREE,
        layers=LAYERS,
        layer=tuple(LAYERS.index(layer[one.id]) for one in drawn),
        due=tuple(int(one.due) for one in drawn),
        names=tuple(one.name for one in drawn),
        xy=tuple(n for one in drawn for n in (units(one.lon or 0), units(one.lat or 0))),
        lines=tuple((at[a], at[b]) for a, b in joined),
        beyond_names=tuple(one.name for one in beyond),
        beyond_xy=tuple(n for one in beyond for n in (units(one.lon), units(one.lat))),
        tallies=tuple(
            WorkTally(one, every[one], due[one], every[one] - placed[one]) for one in LAYERS
        ),
        care_homes=tuple(care.get(grid.code, 0) for grid in small) if is_kept else (),
        care_total=sum(care.values()),
    )
