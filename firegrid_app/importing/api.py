"""The route a desk hands files in by: looked at first, written when it is confirmed."""

from typing import Literal

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.importing.cards import DeskFileCard
from firegrid_app.importing.rules.columns import OF_MAPS, FileKind
from firegrid_app.importing.service.desk import (
    read_upload,
    refuse_stranger,
    take_calendar,
    take_rota,
)
from firegrid_app.importing.service.equipment import take_equipment
from firegrid_app.importing.service.orders import take_orders
from firegrid_app.importing.service.outlines import take_outlines
from firegrid_app.importing.service.roads import take_roads
from firegrid_app.maps.rules.datum import DATUMS, Datum
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/import", tags=["import"])
MOST_BYTES = 2 * 1024 * 1024
MOST_OF_MAPS = 20 * 1024 * 1024


@router.post("/{kind}")
async def take_file(
    request: Request,
    kind: Literal["calendar", "rota", "equipment", "grids", "roads", "orders"],
    grid: str = "",
    confirm: bool = False,
    datum: Literal["", "wgs84", "cgcs2000", "gcj02", "bd09"] = "",
) -> DeskFileCard:
    """What a calendar, duty list, equipment, grids, roads or orders would change, all mistakes by
    row.

    Body: the file, CSV or XLSX, at most 2 MB; grids and roads as GeoJSON, zipped Shapefile, KML or
    KMZ, at most 20 MB, measured by `datum`. With `confirm` it is written, if there is no mistake.
    Refuses `importing.too_large`, `duties.calendar_of_all`, `grids.unknown`, `access.outside_grid`.
    """
    wanted = FileKind(kind)
    await run_in_threadpool(_who, request, wanted, grid[:30])
    most = MOST_OF_MAPS if wanted in OF_MAPS else MOST_BYTES
    too_large = Refused("importing.too_large", megabytes=most // 1024 // 1024)
    data = await limited_body(request, most, too_large)
    measured = DATUMS.get(datum)
    return await run_in_threadpool(_take, request, wanted, grid[:30], data, confirm, measured)


def _who(request: Request, kind: FileKind, grid: str) -> None:
    with reading() as session:
        refuse_stranger(session, actor_of(session, request), kind, grid)


def _take(
    request: Request, kind: FileKind, grid: str, data: bytes, confirm: bool, datum: Datum | None
) -> DeskFileCard:
    # Read before anything is asked of the database: a file takes its time.
    table, language, now = read_upload(kind, data), language_of(request), clock.now()
    with transaction() if confirm else reading() as session:
        actor = actor_of(session, request)
        if kind is FileKind.CALENDAR:
            return take_calendar(session, actor, table, language, confirm, now)
        if kind is FileKind.GRIDS:
            return take_outlines(session, actor, table, grid, language, confirm, now, datum)
        if kind is FileKind.ROADS:
            return take_roads(session, actor, table, grid, language, confirm, now, datum)
        if kind is FileKind.EQUIPMENT:
            return take_equipment(session, actor, table, grid, language, confirm, now)
        if kind is FileKind.ORDERS:
            return take_orders(session, actor, table, grid, language, confirm, now)
        return take_rota(session, actor, table, grid, language, confirm, now)
