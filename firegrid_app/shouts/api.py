"""Routes of recordings: hand one in, hear it, list them, take one off."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body, wav
from firegrid_app.photos import store
from firegrid_app.refusals import Refused
from firegrid_app.shouts import recordings
from firegrid_app.shouts.cards import EntriesAsk, KeptRecording
from firegrid_app.shouts.entries import entries_list
from firegrid_app.shouts.sound import MOST_BYTES, MOST_SECONDS
from firegrid_app.spreadsheet import TYPES, as_file, file_headers

router = APIRouter(prefix="/api/recordings", tags=["recordings"])
pages = APIRouter(tags=["entries"], route_class=PageRoute)
GridCode = Annotated[str, Query(max_length=30)]


@router.get("")
def near(request: Request, grid: GridCode) -> list[KeptRecording]:
    """Recordings heard in a grid and below it, for who may speak for it."""
    with reading() as session:
        return recordings.recordings_near(session, actor_of(session, request), grid)


@router.get("/{recording_id}", response_class=Response)
def hear(request: Request, recording_id: UUID) -> Response:
    """A recording as WAV, for who calls out where it is heard."""
    with reading() as session:
        digest = recordings.sound_of(session, actor_of(session, request), recording_id)
    return wav(store.fetch(digest, store.SOUND), Refused("shouts.unknown_recording"))


@router.put("/{recording_id}")
async def hand_in(
    request: Request,
    recording_id: UUID,
    grid: GridCode,
    script: Annotated[str, Query(max_length=40)],
    dialect: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, str]:
    """A script spoken for a grid and all below it; the same again is `already`.

    Body: WAV as `shouts/sound.py` has it, at most 60 seconds. Refused for what `name` refuses.
    """
    spoken = recordings.Spoken(recording_id, grid, script, dialect)
    too_large = Refused("shouts.sound_too_large", most=MOST_SECONDS)
    # Who is asking is known before anything large is read.
    await run_in_threadpool(_may_speak, request, grid)
    data = await limited_body(request, MOST_BYTES, too_large)
    return {
        "id": str(recording_id),
        "status": await run_in_threadpool(_keep, request, spoken, data),
    }


@router.delete("/{recording_id}", status_code=204)
def take_off(request: Request, recording_id: UUID) -> None:
    """Nobody hears it any more."""
    with transaction() as session:
        recordings.end_recording(session, actor_of(session, request), recording_id, clock.now())


def _may_speak(request: Request, grid: str) -> None:
    with reading() as session:
        recordings.may_speak(session, actor_of(session, request), grid)


def _keep(request: Request, spoken: recordings.Spoken, data: bytes) -> str:
    with transaction() as session:
        recordings.name(session, actor_of(session, request), spoken, data, clock.now())
    recordings.put_away(data)
    with transaction() as session:
        return recordings.keep(session, actor_of(session, request), spoken.id, clock.now())


@pages.get("/entries/{grid}.{kind}", response_class=Response)
def keep_entries(
    request: Request,
    grid: Annotated[str, Path(max_length=30)],
    kind: Literal["csv", "xlsx"],
    first: Annotated[str, Query(max_length=10)] = "",
    last: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The table of the five entries of a grid and those below it, for who sees its work."""
    ask = EntriesAsk(code=grid, first=first, last=last)
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = entries_list(session, actor, ask, clock.now(), language_for(request))
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))
