"""Papers as PDF for who posts them, the form for a staff photo, and what a badge's code says."""

from collections.abc import AsyncGenerator

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from firegrid_app import clock
from firegrid_app.access.session import actor_of, language_of
from firegrid_app.answers import PageRoute, language_for, paper
from firegrid_app.database import reading, transaction
from firegrid_app.http import limited_body
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.posting.badges import badges_paper, check_badge
from firegrid_app.posting.faces import keep_face, person_for_photo, portrait
from firegrid_app.posting.pages import badge_page, face_page
from firegrid_app.posting.papers import paper_of
from firegrid_app.printing.press import pressed
from firegrid_app.refusals import Refused
from firegrid_app.routes import face_form
from firegrid_app.settings import settings
from firegrid_app.texts import say
from firegrid_app.texts.paper import FORM_POLICY

router = APIRouter(tags=["posting"], route_class=PageRoute)
_ROOMS = ("wall", "boards", "access", "equipment")
_HEADERS = {
    "Content-Security-Policy": FORM_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@router.get("/b/{tag}", response_class=HTMLResponse)
def open_badge(request: Request, tag: str) -> Response:
    """Whether a badge is genuine and in date; for everybody, so it names nobody else."""
    with reading() as session:
        card = check_badge(session, tag[:20].upper(), clock.now())
    return HTMLResponse(badge_page(card, language_for(request)), headers=_HEADERS)


@router.get("/posting/face/{person_id}", response_class=HTMLResponse)
def show_face_form(request: Request, person_id: int) -> Response:
    """The form for a person's photo, for who may keep it."""
    with reading() as session:
        person = person_for_photo(session, actor_of(session, request), person_id, clock.now())
        name = person.name
    done = request.query_params.get("done") == "1"
    page = face_page(name, face_form(person_id), done, language_for(request))
    return HTMLResponse(page, headers=_HEADERS)


@router.post("/posting/face/{person_id}", response_class=HTMLResponse)
async def take_face(request: Request, person_id: int) -> Response:
    """Keep a photo: a form with one file, `photo`, at most 15 MB; it leads back to the form.

    Refuses `photos.too_large`, `photos.not_a_photo`, `access.unknown_person`,
    `access.outside_grid`, `access.not_allowed`.
    """
    await run_in_threadpool(_refuse_stranger, request, person_id)
    body = await limited_body(
        request, MOST_BYTES, Refused("photos.too_large", megabytes=MOST_BYTES // 1024 // 1024)
    )
    data = await _photo_in(request, body)
    await run_in_threadpool(_keep, request, person_id, data)
    return RedirectResponse(f"{face_form(person_id)}?done=1", 303, headers=_HEADERS)


def _refuse_stranger(request: Request, person_id: int) -> None:
    with reading() as session:
        person_for_photo(session, actor_of(session, request), person_id, clock.now())


def _keep(request: Request, person_id: int, data: bytes) -> None:
    sha256, jpeg = portrait(data)
    with transaction() as session:
        keep_face(session, actor_of(session, request), person_id, sha256, jpeg, clock.now())


async def _photo_in(request: Request, body: bytes) -> bytes:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, whole(), max_files=1, max_fields=3).parse()
    except (MultiPartException, KeyError, ValueError):
        raise Refused("photos.not_a_photo") from None
    photo = form.get("photo")
    data = await photo.read() if isinstance(photo, UploadFile) else b""
    await form.close()
    return data


@router.get("/posting/{kind}/{code}", response_class=Response)
def print_paper(
    request: Request, kind: str, code: str, of: str = "", languages: str = "zh"
) -> Response:
    """A board, notice, sheet of cards, badges, sign, wall pack or equipment layout as PDF, for who
    posts in the grid.

    `of` is the building, contact or premises. The print is noted as an edition.
    """
    base, now = settings().public_url or str(request.base_url), clock.now()
    with transaction() as session:
        actor = actor_of(session, request)
        if kind == "badge":
            sheet = badges_paper(
                session, actor, code[:30], languages=languages[:10], base=base, now=now
            )
        else:
            sheet = paper_of(
                session,
                actor,
                kind[:10],
                code[:30],
                subject=of[:40],
                languages=languages[:10],
                base=base,
                now=now,
            )
    pdf = pressed(
        __file__,
        sheet.template,
        sheet.card,
        rooms=_ROOMS,
        languages=sheet.languages,
        pictures=sheet.pictures,
    )
    return paper(pdf, f"{say(sheet.title, language_of(request))} {sheet.of}")
