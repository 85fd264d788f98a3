"""A browser tab as the server knows it: Reflex states with the cookie of one of the cast."""

import asyncio
import inspect
from typing import Any, TypeVar

import reflex as rx
from reflex.event import Event
from reflex_base.utils.format import json_dumps

from firegrid_app.access.session import COOKIE

S = TypeVar("S", bound=rx.State)
ORIGIN = "http://desk.test"


def tab(cls: type[S], token: str | None = None, language: str = "zh_CN") -> S:
    """The state of this class in a fresh tab; with a token its cookie is that log-in's."""
    root = rx.State()
    use_cookie(root, token, language)
    return root.get_substate(cls.get_full_name().split("."))


def use_cookie(state: Any, token: str | None, language: str = "zh_CN") -> None:
    """Let the tab's socket have shaken hands with this cookie, or with none."""
    root = state._get_root_state()
    cookie = f"{COOKIE}={token}; firegrid_language={language}" if token else ""
    data = {"headers": {"cookie": cookie, "origin": ORIGIN}}
    root.router_data = root._update_router_vars(data, {})


def at_address(state: Any, address: str) -> None:
    """The tab's address is this."""
    root = state._get_root_state()
    data = {**root.router_data, "asPath": address, "pathname": address.partition("?")[0]}
    root.router_data = root._update_router_vars(data, {})


def click(handled: Any) -> list[Any]:
    """Let a handler run to its end; what it sends the browser to do besides comes back."""

    async def whole() -> list[Any]:
        if inspect.isasyncgen(handled):
            return [event async for event in handled]
        return [await handled if inspect.iscoroutine(handled) else handled]

    return [event for event in asyncio.run(whole()) if event is not None]


def goes_to(events: list[Any]) -> list[str]:
    """Where these events send the browser: addresses of redirects, names of handlers."""
    named = Event.from_event_type(events)
    return [event.payload.get("path", event.name.rsplit(".", 1)[-1]) for event in named]


def sent(state: Any) -> str:
    """Everything that would travel to this browser now, as it travels."""
    return json_dumps(state._get_root_state().get_delta())


def settle(state: Any) -> None:
    """It has travelled."""
    state._get_root_state()._clean()
