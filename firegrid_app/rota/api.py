"""Routes of duty lists: the sheet to print, and swaps, which need both people and the server."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from firegrid_app import clock
from firegrid_app.access.session import actor_of
from firegrid_app.answers import PageRoute, language_for
from firegrid_app.database import reading, transaction
from firegrid_app.rota import swapping
from firegrid_app.rota.month import sheet
from firegrid_app.rota.pages import sheet_page
from firegrid_app.rota.phone_cards import SwapChoices
from firegrid_app.texts.paper import PRINTED_POLICY

RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]

router = APIRouter(prefix="/api/rota", tags=["rota"])
pages = APIRouter(tags=["rota"], route_class=PageRoute)


class SwapAsked(BaseModel):
    """Who is to take a shift, or which shift is wanted for it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    shift: RowId
    person: RowId | None = None
    other_shift: RowId | None = None
    words: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""


class SwapAnswered(BaseModel):
    """Yes or no."""

    model_config = ConfigDict(extra="forbid", strict=True)

    yes: bool


@pages.get("/rota/{code}/print", response_class=HTMLResponse)
def print_sheet(request: Request, code: str, month: str = "") -> Response:
    """The duty list of a month with names and numbers, for whoever keeps it."""
    with reading() as session:
        card = sheet(session, actor_of(session, request), code, month[:10], clock.now())
    headers = {
        "Content-Security-Policy": PRINTED_POLICY,
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cache-Control": "private, no-store",
    }
    return HTMLResponse(sheet_page(card, language_for(request)), headers=headers)


@router.get("/shifts/{shift_id}/choices")
def look(request: Request, shift_id: RowId) -> SwapChoices:
    """With whom one's own shift may be swapped."""
    with reading() as session:
        return swapping.choices(session, actor_of(session, request), shift_id, clock.now())


@router.post("/swaps", status_code=201)
def ask(request: Request, asked: SwapAsked) -> dict[str, int]:
    """Ask somebody to step in or to exchange shifts."""
    with transaction() as session:
        made = swapping.ask_swap(
            session,
            actor_of(session, request),
            shift_id=asked.shift,
            person_id=asked.person,
            other_shift_id=asked.other_shift,
            words=asked.words,
            now=clock.now(),
        )
        return {"id": made.id or 0}


@router.post("/swaps/{swap_id}/answer", status_code=204)
def answer(request: Request, swap_id: RowId, answered: SwapAnswered) -> None:
    """Say yes or no to what one was asked."""
    with transaction() as session:
        actor = actor_of(session, request)
        swapping.answer_swap(session, actor, swap_id, answered.yes, clock.now())


@router.delete("/swaps/{swap_id}", status_code=204)
def withdraw(request: Request, swap_id: RowId) -> None:
    """Take back what one asked."""
    with transaction() as session:
        swapping.withdraw_swap(session, actor_of(session, request), swap_id, clock.now())
