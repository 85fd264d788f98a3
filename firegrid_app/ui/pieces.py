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
    """A file to be looked at, then written: calendar, duty list, equipment, grids."""

    library = "$/ui/take_file.jsx"
    tag = "TakeFile"

    kind: rx.Var[str]
    grid: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


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


Named = Callable[[Any], tuple[Any, Any]]
"""Code and name of one of a list of grids."""


def code_and_name(one: Any) -> tuple[Any, Any]:
    """Of a card that has them under these names."""
    return one.code, one.name


def grid_picker(
    picks: Any,
    code: Any,
    pick: Any,
    *,
    named: Named = code_and_name,
) -> rx.Component:
    """Choose one of several grids: `code` is the chosen one's, `pick(code)` goes to another.

    `named` gives code and name of one of `picks`.
    """

    def option(one: Any) -> rx.Component:
        value, name = named(one)
        return rx.el.option(name, value=value, key=value)

    return rx.el.select(
        rx.foreach(picks, option),
        value=code,
        on_change=pick,
        disabled=is_offline,
        class_name="fg-input fg-desk-picker",
        aria_label=t("desk.picker"),
    )


def view_head(state: Any, *more: rx.Component, named: Named = code_and_name) -> rx.Component:
    """Whose view a desk page shows, and the choice of another grid where there is one."""
    view = as_var(state.view)
    return rx.el.section(
        rx.el.h2(view.name, class_name="fg-grow"),
        rx.cond(
            view.picks.length() > 1,
            grid_picker(state.view.picks, view.code, state.pick.temporal, named=named),
        ),
        *more,
        class_name="fg-desk-head",
    )


def refresh_button(*events: Any) -> rx.Component:
    """Asks for the page's figures as they are now."""
    return rx.el.button(
        t("desk.refresh"),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=list(events),
    )


def narrowing(tallies: Any, of_tally: Callable[[Any], rx.Component]) -> rx.Component:
    """The chips a list is narrowed by, one a tally."""
    return rx.el.div(
        rx.foreach(tallies, of_tally),
        class_name="fg-chips",
        role="group",
        aria_label=t("loop.narrow"),
    )


def chip(
    *words: Any, on_click: Any, chosen: Var[bool] | None = None, key: Any = None
) -> rx.Component:
    """A small button that narrows a list or chooses something; `chosen`: whether it is pressed."""
    props: dict[str, Any] = {} if key is None else {"key": key}
    if chosen is not None:
        props["aria_pressed"] = rx.cond(chosen, "true", "false")
    return rx.el.button(
        *words,
        type="button",
        class_name="fg-chip",
        disabled=is_offline,
        on_click=on_click,
        **props,
    )


def count_chip(
    words: Any, count: Any, *, on_click: Any, chosen: Var[bool], key: Any = None
) -> rx.Component:
    """A chip that narrows a list to as many as it says: `count` is a number, or words for one."""
    number = as_var(count)
    shown = number if number._var_type is str else number.to_string()
    return chip(
        rx.el.span(words),
        rx.el.strong(shown, class_name="fg-number"),
        on_click=on_click,
        chosen=chosen,
        key=key,
    )


def search_field(
    value: Any, hint: Var[str], label: Var[str], search: Any, *, key: Any = None, grow: bool = False
) -> rx.Component:
    """Words to narrow a list by, looked for while one types. Another `key` begins it anew."""
    props: dict[str, Any] = {} if key is None else {"key": key}
    return rx.el.input(
        type="search",
        default_value=value,
        placeholder=hint,
        aria_label=label,
        class_name="fg-input fg-desk-search fg-grow" if grow else "fg-input fg-desk-search",
        max_length=40,
        disabled=is_offline,
        on_change=search.temporal.debounce(350),
        **props,
    )


def so_many(count: Var[int], more: Var[bool]) -> Var[str]:
    """A number; `1000+` where only so many were counted and there are more."""
    return rx.cond(more, count.to_string() + "+", count.to_string())


def page_turner(
    page: Var[int], pages: Var[int], turn: Callable[[Var[int]], Any], *, more: Any = False
) -> rx.Component:
    """Back and on through a long list; nothing where one page holds it. `turn(page)` goes there.

    `more`: there are more pages than are known of.
    """

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
            rx.el.span(t("desk.page", page=page, pages=so_many(pages, as_var(more)))),
            step("desk.next", page + 1, page >= pages),
            class_name="fg-row fg-row-apart",
            aria_label=t("desk.pages"),
        ),
    )
