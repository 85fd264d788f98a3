"""The head of a desk's list and what narrows, searches and turns it."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_base.vars.base import Var

from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t

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
