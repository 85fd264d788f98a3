"""The desk's React components by their Python names, and whether the server is in reach."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_base.constants import Hooks, Imports
from reflex_base.vars.base import Var, VarData

from firegrid_app.ui.text import as_var, t, t_said

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
    day: rx.Var[str]
    """The day shown, in ISO 8601; empty for today."""
    week: rx.Var[bool]
    on_grid: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class Covering(rx.Component):
    """Photos one by one: what is covered before the public sees them, drawn by hand."""

    library = "$/ui/covering.jsx"
    tag = "Covering"

    photos: rx.Var[tuple[str, ...]]
    """Ids."""
    offline: rx.Var[bool]


class DaySlider(rx.Component):
    """Which day, or which week, the figures are of. Days in ISO 8601; today is the empty one."""

    library = "$/ui/days.jsx"
    tag = "DaySlider"

    day: rx.Var[str]
    earliest: rx.Var[str]
    today: rx.Var[str]
    week: rx.Var[bool]
    offline: rx.Var[bool]
    on_day: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_week: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


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


class TakeIn(rx.Component):
    """Reads a hand-over file, hands its records in, shows what became of each."""

    library = "$/ui/take_in.jsx"
    tag = "TakeIn"


class TakeFile(rx.Component):
    """A file to be looked at, then written: calendar, duty list, equipment, grids, roads."""

    library = "$/ui/take_file.jsx"
    tag = "TakeFile"

    kind: rx.Var[str]
    grid: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


def file_link(words: Any, href: Any, **props: Any) -> rx.Component:
    """A link to what the server itself answers: a file to keep, or a page that is none of the
    app's. A link of Reflex is followed by the app, which knows its own pages only."""
    return rx.el.a(words, href=href, reload_document=True, **props)


def download_links(address: Callable[[str], Any]) -> rx.Component:
    """What a map draws as files for other programs; `address` is told which of their formats."""
    formats = (("geojson", "GeoJSON"), ("shapefile", "Shapefile"), ("kml", "KML"))
    return rx.el.div(
        *(
            file_link(
                name, href=address(kind), download=True, class_name="fg-button fg-button-small"
            )
            for kind, name in formats
        ),
        class_name="fg-row",
    )


class Attached(rx.Component):
    """Photos of a meeting or a drill: to be looked at, added and taken out."""

    library = "$/ui/attached.jsx"
    tag = "Attached"

    kind: rx.Var[str]
    record: rx.Var[str]
    photos: rx.Var[list[str]]
    may: rx.Var[bool]
    offline: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class LeafletPicture(rx.Component):
    """The picture of a campaign's leaflet: to be looked at, put in and taken out."""

    library = "$/ui/leaflet.jsx"
    tag = "LeafletPicture"

    campaign: rx.Var[int]
    picture: rx.Var[str]
    may: rx.Var[bool]
    offline: rx.Var[bool]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


def phased(state: Any, ready: rx.Component) -> rx.Component:
    """A desk page as its state's `phase` says: loading, `ready`, or why nothing could be shown."""
    return rx.match(
        state.phase,
        ("ready", ready),
        ("broken", rx.el.p(t_said(state.said), class_name="fg-card", role="alert")),
        rx.el.p(t("desk.loading"), class_name="fg-empty", role="status"),
    )


def refusal_line(said: Any) -> rx.Component:
    """Why the page's last wish was refused (`Said`), over the page; nothing without a code."""
    return _why(said, "fg-banner fg-banner-danger")


def mistake(said: Any) -> rx.Component:
    """The same inside a form."""
    return _why(said, "fg-mistake")


def _why(said: Any, class_name: str) -> rx.Component:
    found = as_var(said)
    return rx.cond(found.code != "", rx.el.p(t_said(found), class_name=class_name, role="alert"))


def form_end(said: Any, save: Var[str], leave: Var[str], on_leave: Any) -> rx.Component:
    """Why it was refused, then save or leave it."""
    return rx.fragment(
        mistake(said),
        rx.el.div(
            rx.el.button(
                save,
                type="submit",
                class_name="fg-button fg-button-primary",
                disabled=is_offline,
            ),
            rx.el.button(
                leave, type="button", class_name="fg-button fg-button-quiet", on_click=on_leave
            ),
            class_name="fg-row",
        ),
    )


def send_end(said: Any, send: Var[str], looks: str = "fg-button-small") -> rx.Component:
    """Why it was refused, then the one button that sends a short form."""
    return rx.fragment(
        mistake(said),
        rx.el.button(send, type="submit", class_name=f"fg-button {looks}", disabled=is_offline),
    )


def open_panel(
    state: Any, here: Any, *, label: Var[str], heading: Var[str], content: rx.Component
) -> rx.Component:
    """The panel of a list's open line (`OneOpenState`); a ghost until it is `here`."""
    return rx.cond(
        state.opened != "",
        Panel.create(
            refusal_line(state.detail_said),
            rx.cond(here, content, rx.el.div(class_name="fg-ghost", aria_hidden="true")),
            key=state.opened,
            label=rx.cond(here, label, t("desk.opening")),
            heading=heading,
            close_label=t("desk.close"),
            on_close=state.close,
        ),
    )
