"""The desk's React components by their Python names, and whether the server is in reach."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_base.constants import Hooks, Imports
from reflex_base.vars.base import Var, VarData

from firegrid_app.ui.text import t

is_offline = Var(
    _js_expr="(connectErrors.length > 0)",
    _var_data=VarData(imports=Imports.CONNECT_ERRORS, hooks={Hooks.CONNECT_ERRORS: None}),
).to(bool)
"""The websocket is down. What changes something is not offered then: it would be lost or late."""


class MapFrame(rx.Component):
    """The map in its frame; on a phone it unfolds when wanted."""

    library = "$/ui/pieces.jsx"
    tag = "MapFrame"

    src: rx.Var[str]
    stamp: rx.Var[str]
    """Changes with the list's figures: the map then fetches its own."""
    selected: rx.Var[str]
    on_grid: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class DeskPulse(rx.Component):
    """From when the figures are; asks for new ones while the page is looked at."""

    library = "$/ui/pieces.jsx"
    tag = "DeskPulse"

    stamp: rx.Var[str]
    time: rx.Var[str]
    every: rx.Var[int]
    offline: rx.Var[bool]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


class Panel(rx.Component):
    """A panel over the page that closes on Escape."""

    library = "$/ui/pieces.jsx"
    tag = "Panel"

    label: rx.Var[str]
    heading: rx.Var[str]
    """A line below the label."""
    close_label: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class CopyLink(rx.Component):
    """A link with a button that copies it."""

    library = "$/ui/pieces.jsx"
    tag = "CopyLink"

    link: rx.Var[str]


def page_turner(page: Var[int], pages: Var[int], turn: Callable[[Var[int]], Any]) -> rx.Component:
    """Back and on through a long list; nothing where one page holds it. `turn(page)` goes there."""

    def step(key: str, to: Var[int], end: Var[bool]) -> rx.Component:
        return rx.el.button(
            t(key),
            type="button",
            class_name="fg-button fg-button-small",
            disabled=end | is_offline,
            on_click=turn(to),
        )

    return rx.cond(
        pages > 1,
        rx.el.nav(
            step("desk.previous", page - 1, page <= 1),
            rx.el.span(t("desk.page", page=page, pages=pages)),
            step("desk.next", page + 1, page >= pages),
            class_name="fg-row fg-row-apart",
            aria_label=t("desk.pages"),
        ),
    )
