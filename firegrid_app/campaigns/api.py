"""Routes of campaigns: lists to keep, and the leaflet: its picture, and the paper of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for, paper
from firegrid_app.campaigns import leaflet
from firegrid_app.campaigns.listing import list_of
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.photos import store
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.printing.press import pressed
from firegrid_app.refusals import Refused
from firegrid_app.spreadsheet import TYPES, as_file, file_headers
from firegrid_app.texts import say

router = APIRouter(prefix="/api/campaigns", tags=["campaigns"])
pages = APIRouter(tags=["campaigns"], route_class=PageRoute)
CampaignId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@pages.get("/campaigns/{campaign}/leaflet", response_class=Response)
def print_leaflet(request: Request, campaign: CampaignId) -> Response:
    """Its leaflet as PDF, twice on a sheet to be cut, for who sees the campaign at the desk.

    Refuses `campaigns.unknown`, `access.outside_grid`, `campaigns.no_leaflet`.
    """
    with reading() as session:
        card, pictures = leaflet.leaflet_paper(session, actor_of(session, request), campaign)
    language = language_for(request)
    pdf = pressed(
        __file__,
        "leaflet.typ",
        card,
        rooms=("campaigns",),
        languages=(language,),
        pictures=pictures,
    )
    return paper(pdf, f"{card.name} {say('campaigns.leaflet', language)}")


@pages.get("/campaigns/{campaign}/{what}.{kind}", response_class=Response)
def keep_list(
    request: Request,
    campaign: CampaignId,
    what: Literal["progress", "answers"],
    kind: Literal["csv", "xlsx"],
) -> Response:
    """Progress by building, or answers counted, for who keeps the doors of its grid."""
    with reading() as session:
        actor = actor_of(session, request)
        name, headings, rows = list_of(session, actor, campaign, what, language_for(request))
    body = as_file(kind, name, headings, rows)
    return Response(body, media_type=TYPES[kind], headers=file_headers(name, kind))


@router.put("/{campaign}/leaflet")
async def put_picture(request: Request, campaign: CampaignId) -> dict[str, str]:
    """The picture of a campaign's leaflet in place of the last one, for who keeps its doors.

    Body: JPEG, PNG or WebP, at most 15 MB. Refuses what `changeable` refuses,
    `photos.not_a_photo`, `photos.too_large`.
    """
    # Who is asking is known before anything large is read.
    await run_in_threadpool(_refuse_stranger, request, campaign)
    too_large = Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    data = await limited_body(request, MOST_BYTES, too_large)
    return {"sha256": await run_in_threadpool(_keep, request, campaign, data)}


@router.delete("/{campaign}/leaflet", status_code=204)
def take_picture_out(request: Request, campaign: CampaignId) -> None:
    """The leaflet has no picture any more."""
    with transaction() as session:
        leaflet.name_picture(session, actor_of(session, request), campaign, "", clock.now())


@router.get("/{campaign}/leaflet/{sha256}", response_class=Response)
def look_at_picture(
    request: Request, campaign: CampaignId, sha256: Annotated[str, Path(max_length=64)]
) -> Response:
    """The picture in force as JPEG, for who keeps doors of the campaign and who knocks at them.

    Refuses `campaigns.no_leaflet` for one that is no longer in force.
    """
    with reading() as session:
        now = leaflet.picture_of(session, actor_of(session, request), campaign)
    data = store.fetch(now, leaflet.SIZE) if now == sha256 else None
    if data is None:
        raise Refused("campaigns.no_leaflet")
    return Response(
        data,
        media_type="image/jpeg",
        headers={
            "Cache-Control": "private, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _refuse_stranger(request: Request, campaign: int) -> None:
    with reading() as session:
        leaflet.changeable(session, actor_of(session, request), campaign)


def _keep(request: Request, campaign: int, data: bytes) -> str:
    sha256, jpeg = leaflet.shrunk(data)
    # The file first: no row points to missing bytes, and a young file nobody names is left alone.
    store.keep(sha256, {leaflet.SIZE: jpeg})
    with transaction() as session:
        leaflet.name_picture(session, actor_of(session, request), campaign, sha256, clock.now())
    return sha256
