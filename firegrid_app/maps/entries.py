"""How far the five entries (五进, YC-23) cover the grids of a map: the figures of their table."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.desk.cards import TODAY, Asked
from firegrid_app.desk.service import days_asked
from firegrid_app.grids.service import grid_by_code, ids_below, subtree
from firegrid_app.maps.cards import MapEntries
from firegrid_app.maps.service import tree_tag
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.entries import reached_targets, tallies_of
from firegrid_app.shouts.rules import period_of


def map_entries(
    session: Session, actor: Actor, code: str, now: datetime, asked: Asked = TODAY
) -> MapEntries:
    """What was reached in the table's usual season, which ends with the days asked about.

    Counted over the grids of today, as the table is. Refuses `grids.unknown`,
    `access.outside_grid`, `desk.no_such_day`, `shouts.bad_period`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    last = days_asked(asked, now).last
    period = period_of("", last.isoformat(), local_day(now, settings().zone))
    if period is None:
        raise Refused("shouts.bad_period")
    below = subtree(session, top)
    targets = reached_targets(session, below, ids_below(top), *period)
    every = Counter(one.grid_id for one in targets)
    reached = Counter(one.grid_id for one in targets if one.reached)
    small = [grid for grid in below if grid.level == 3]
    groups = [grid.id or 0 for grid in below if grid.level == 2]
    ids = [grid.id or 0 for grid in small]
    return MapEntries(
        tree=tree_tag((grid.code, grid.name) for grid in small),
        first=period[0].isoformat(),
        last=period[1].isoformat(),
        of=tuple(every[one] for one in ids),
        reached=tuple(reached[one] for one in ids),
        groups_of=tuple(every[one] for one in groups),
        groups_reached=tuple(reached[one] for one in groups),
        tallies=tuple((one.entry, one.reached, one.of) for one in tallies_of(targets)),
    )
