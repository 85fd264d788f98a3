"""The route roads are taken along by."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.answers import features
from firegrid_app.database import transaction
from firegrid_app.roads.exporting import export_roads
from firegrid_app.texts import say

router = APIRouter(prefix="/api/roads", tags=["roads"])


@router.get("/{code}")
def export(
    request: Request, code: str, kind: Annotated[str, Query(max_length=20)] = "geojson"
) -> Response:
    """The roads on the map of a grid as a file (`geojson`, `shapefile`, `kml`).

    Refuses `grids.no_such_format`, `grids.unknown`, `access.outside_grid`.
    """
    with transaction() as session:
        actor = actor_of(session, request)
        body, name = export_roads(session, actor, code[:30], kind, clock.now())
    return features(body, kind, f"{name} {say('roads.title', language_of(request))}")
