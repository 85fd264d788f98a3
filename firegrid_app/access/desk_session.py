"""Who a Reflex event comes from, and how its handler asks a use case: checked anew every time.

Any client may call any handler with any argument, so a handler holds no right of its own: it hands
its use case to `look` or `act`, which read the cookie of the websocket's handshake, make the actor
and run the use case in the same session, outside the event loop.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import reflex as rx
import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from firegrid_app import clock, routes
from firegrid_app.access.rules import Actor
from firegrid_app.access.service import actor_for_token
from firegrid_app.access.session import LANGUAGE_COOKIE, cookie_in
from firegrid_app.database import reading, transaction
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import best_language, told

log = structlog.get_logger()
T = TypeVar("T")
UseCase = Callable[[Session, Actor, datetime], T]

_OUT = frozenset({"access.not_logged_in", "access.switched_off"})


@dataclass(frozen=True)
class Said:
    """A refusal as a page shows it: the browser has the sentence in every language."""

    code: str = ""
    gaps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What became of a use case: its value, or the refusal."""

    value: T | None = None
    said: Said = Said()

    @property
    def refused(self) -> bool:
        """Was it refused?"""
        return bool(self.said.code)


async def look(state: rx.State, use_case: UseCase[T]) -> Answer[T]:
    """Run a use case that changes nothing, for whoever sent this event."""
    return await asyncio.to_thread(_run, reading, _token(state), own_language(state), use_case)


async def act(state: rx.State, use_case: UseCase[T]) -> Answer[T]:
    """Run a use case in a transaction, for whoever sent this event."""
    return await asyncio.to_thread(_run, transaction, _token(state), own_language(state), use_case)


async def carry_out(state: rx.State, use_case: UseCase[object]) -> Said:
    """Run a use case that changes something, for whoever sent this event; why not, if refused.

    What the use case gives stays in its session: no row reaches a state.
    """

    def run(session: Session, actor: Actor, now: datetime) -> None:
        use_case(session, actor, now)

    return (await act(state, run)).said


async def show(state: Any, use_case: UseCase[Any]) -> Any:
    """Make a page's `view` anew, or `turn_away`. Gives where to go instead, if anywhere."""
    answer = await look(state, use_case)
    if answer.value is None:
        return turn_away(state, answer.said)
    state.said, state.view, state.phase = answer.said, answer.value, "ready"
    return None


def turn_away(state: Any, said: Said, *, to: str = routes.HOME) -> Any:
    """What a page shows cannot be had: it says so, and is `broken` if it never showed anything.

    Whoever may not be here is sent away, and nothing of the page stays with them.
    """
    state.said = said
    if state.phase == "loading":
        state.phase = "broken"
    way = rx.redirect(to) if said.code == "access.not_allowed" else way_out(said)
    if way is not None:
        state.reset()
    return way


def way_out(said: Said) -> Any:
    """Where a refusal sends the person: whoever is not logged in to the log-in, else nowhere."""
    return rx.redirect(routes.LOGIN) if said.code in _OUT else None


def own_address(state: rx.State) -> str:
    """The address a link given to others begins with: the public one, else the one in use here."""
    return settings().public_url.rstrip("/") or state.router.headers.origin.rstrip("/")


def asked_in_address(state: rx.State, name: str = "open") -> str:
    """What a link asked this page to open: that part of its address, at most 40 signs of it."""
    return parse_qs(urlsplit(str(state.router.url)).query).get(name, [""])[0][:40]


def own_language(state: rx.State) -> str:
    """The language this browser reads."""
    headers = state.router.headers
    chosen = cookie_in(headers.cookie, LANGUAGE_COOKIE) or ""
    return best_language(chosen, headers.accept_language)


def text_in(form: object, key: str, most: int = 200) -> str:
    """A field of a form as text; anything else a client may have sent is an empty field."""
    value = form.get(key) if isinstance(form, dict) else None
    return value[:most] if isinstance(value, str) else ""


def ticked_in(form: object, prefix: str) -> list[str]:
    """What is ticked of the boxes whose names begin so: what follows in each, at most 61 signs."""
    names = form if isinstance(form, dict) else {}
    return [
        name.removeprefix(prefix)[:61]
        for name, value in names.items()
        if isinstance(name, str) and name.startswith(prefix) and value
    ]


def number_in(value: object) -> int:
    """An id, page or count that a client sent, as a number or in digits.

    Anything else is 0, which no row has.
    """
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 11 else 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        return 0
    return value


def uuid_in(text: object) -> UUID | None:
    """The id of a record that a client sent; none for anything else."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def day_in(text: str, otherwise: str = "access.bad_date") -> date:
    """The day a date field holds. Refuses `otherwise`, which can say what day it is."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Refused(otherwise) from None


def _token(state: rx.State) -> str | None:
    return cookie_in(state.router.headers.cookie)


def _run(
    opened: Callable[[], AbstractContextManager[Session]],
    token: str | None,
    language: str,
    use_case: UseCase[T],
) -> Answer[T]:
    try:
        with opened() as session:
            now = clock.now()
            return Answer(use_case(session, actor_for_token(session, token, now), now))
    except Refused as refused:
        gaps = {name: str(value) for name, value in told(refused.details, language).items()}
        return Answer(said=Said(refused.code, gaps))
    except OperationalError as error:
        log.warning("desk_busy", error=type(error).__name__)
        return Answer(said=Said("busy"))
    except Exception as error:
        log.error("desk_failed", error=type(error).__name__, exc_info=error)
        return Answer(said=Said("server_error"))
