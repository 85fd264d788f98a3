"""Routes of 动态管理: try or keep a change of grids, see what was changed, take back a plan."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import features
from firegrid_app.database import reading, transaction
from firegrid_app.grids.bodies import Code, Wanted
from firegrid_app.grids.cards import ChangeCard, ChangedCard, GridHere, Neighbourhood
from firegrid_app.grids.changing import change, drop
from firegrid_app.grids.exporting import export
from firegrid_app.grids.finding import grids_at
from firegrid_app.grids.looking import changes_below, neighbourhood
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/grids", tags=["grids"])


@router.post("/changes")
def make_change(request: Request, wanted: Wanted, confirm: bool = False) -> ChangedCard:
    """What a change of grids would do; with `confirm` it is done, today or on its day."""
    with transaction() as session:
        card = change(session, actor_of(session, request), wanted, clock.now(), confirm=confirm)
        if not confirm:
            session.rollback()
    return card


@router.get("/at")
def find_grids(
    request: Request,
    lat: Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)],
    lon: Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)],
    accuracy_m: Annotated[float, Query(ge=0, le=1e7, allow_inf_nan=False)] = 0,
) -> list[GridHere]:
    """The small grids a place (WGS-84) is in, then those near by; near an edge both are named."""
    with reading() as session:
        actor_of(session, request)
        return grids_at(session, lat, lon, accuracy_m)


@router.get("/{code}/changes")
def list_changes(request: Request, code: Code) -> list[ChangeCard]:
    """Changes right below a grid, planned and done, the latest first."""
    with reading() as session:
        return changes_below(session, actor_of(session, request), code)


@router.delete("/changes/{change_id}")
def drop_change(request: Request, change_id: int) -> dict[str, bool]:
    """Take back a change that was planned."""
    with transaction() as session:
        drop(session, actor_of(session, request), change_id, clock.now())
    return {"dropped": True}


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise Refused("desk.no_such_day") from None


@router.get("/{code}/outlines")
def export_outlines(
    request: Request,
    code: Code,
    kind: Annotated[str, Query(max_length=20)] = "geojson",
    day: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """A grid and all below it with their outlines, as a file (`geojson`, `shapefile`, `kml`).

    `day`: as they were drawn then. Refuses `grids.no_such_format`, `grids.unknown`,
    `access.outside_grid`, `desk.no_such_day`.
    """
    with transaction() as session:
        actor = actor_of(session, request)
        body, name = export(session, actor, code, kind, _day(day), clock.now())
    return features(body, kind, name)


@router.get("/{code}/neighbours")
def show_neighbours(request: Request, code: Code) -> Neighbourhood:
    """A grid beside those it may be merged with or shares corners with, and the buildings in it."""
    with reading() as session:
        return neighbourhood(session, actor_of(session, request), code)
