"""The route a desk hands files in by: looked at first, written when it is confirmed."""

from typing import Literal

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.importing.cards import DeskFileCard
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.service.desk import (
    read_upload,
    refuse_stranger,
    take_calendar,
    take_rota,
)
from firegrid_app.importing.service.equipment import take_equipment
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api/import", tags=["import"])
MOST_BYTES = 2 * 1024 * 1024


@router.post("/{kind}")
async def take_file(
    request: Request,
    kind: Literal["calendar", "rota", "equipment"],
    grid: str = "",
    confirm: bool = False,
) -> DeskFileCard:
    """What a calendar, a duty list or equipment of a grid would change, and all mistakes, by row.

    Body: the file, CSV or XLSX, at most 2 MB. With `confirm` it is written, if there is no mistake.
    Refuses `importing.too_large`, `duties.calendar_of_all`, `grids.unknown`, `access.outside_grid`.
    """
    wanted = FileKind(kind)
    await run_in_threadpool(_who, request, wanted, grid[:30])
    data = await limited_body(
        request, MOST_BYTES, Refused("importing.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    )
    return await run_in_threadpool(_take, request, wanted, grid[:30], data, confirm)


def _who(request: Request, kind: FileKind, grid: str) -> None:
    with reading() as session:
        refuse_stranger(session, actor_of(session, request), kind, grid)


def _take(request: Request, kind: FileKind, grid: str, data: bytes, confirm: bool) -> DeskFileCard:
    # Read before anything is asked of the database: a file takes its time.
    table, language, now = read_upload(kind, data), language_of(request), clock.now()
    with transaction() if confirm else reading() as session:
        actor = actor_of(session, request)
        if kind is FileKind.CALENDAR:
            return take_calendar(session, actor, table, language, confirm, now)
        if kind is FileKind.EQUIPMENT:
            return take_equipment(session, actor, table, grid, language, confirm, now)
        return take_rota(session, actor, table, grid, language, confirm, now)
