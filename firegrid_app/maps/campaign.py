"""A running campaign at doors, grid by grid, for the map; the figures of its own list."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.campaigns.progress import progress_rows
from firegrid_app.campaigns.service import running_below
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.maps.cards import MapCampaign
from firegrid_app.maps.service import tree_tag
from firegrid_app.settings import settings

STEPS = ("never", "some", "done", "none")
"""Nobody began, begun, done at every door, no doors there."""


def map_campaign(
    session: Session, actor: Actor, code: str, now: datetime, campaign_id: int = 0
) -> MapCampaign:
    """How far a campaign is in the small grids below one: the one named, if it runs here, else the
    one that ends first, as phones choose it. Without one it has the id 0.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.KEEP_DOORS)
    grids = subtree(session, top, level=3)
    running = running_below(session, top, local_day(now, settings().zone))
    chosen = next((one for one in running if one.id == campaign_id), next(iter(running), None))
    doors, done, back = _figures(session, chosen)
    codes = [grid.code for grid in grids]
    tally = Counter(_step(doors[one], done[one], back[one]) for one in codes)
    sums = {
        name: sum(found[one] for one in codes)
        for name, found in (("doors", doors), ("done", done), ("back", back))
    }
    return MapCampaign(
        id=chosen.id or 0 if chosen else 0,
        name=chosen.name if chosen else "",
        until=chosen.ends_on.isoformat() if chosen else "",
        running=tuple((one.id or 0, one.name, one.ends_on.isoformat()) for one in running),
        tree=tree_tag((grid.code, grid.name) for grid in grids),
        doors=tuple(doors[one] for one in codes),
        done=tuple(done[one] for one in codes),
        back=tuple(back[one] for one in codes),
        sums=sums | {"never": sums["doors"] - sums["done"] - sums["back"]},
        tallies=tuple((one, tally[one]) for one in STEPS if tally[one]),
    )


def _figures(
    session: Session, campaign: Campaign | None
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Doors, those done and those to come back to, by the grid's code."""
    doors, done, back = Counter[str](), Counter[str](), Counter[str]()
    for row in progress_rows(session, campaign) if campaign else ():
        doors[row.grid] += row.doors
        done[row.grid] += row.done
        back[row.grid] += row.back
    return doors, done, back


def _step(doors: int, done: int, back: int) -> str:
    """The same as the map's script colours by (`stepOf` in `first-picture.js`)."""
    if not doors:
        return "none"
    if done == doors:
        return "done"
    return "some" if done + back else "never"
