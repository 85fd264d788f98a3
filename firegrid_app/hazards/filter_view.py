"""The filters of the list of hazards: grade, kind, grid, days; and those a person saved."""

from typing import Any

import reflex as rx

from firegrid_app.hazards.cards import CATEGORY_CODES, SEVERITIES, FilterCard
from firegrid_app.hazards.filter_state import FilterState
from firegrid_app.hazards.state import HazardsState
from firegrid_app.ui.lists import chip, search_field
from firegrid_app.ui.pieces import is_offline, mistake
from firegrid_app.ui.text import as_var, t


def search_bar() -> rx.Component:
    """The words looked for, and the way to the filters."""
    return rx.el.div(
        search_field(
            HazardsState.words,
            t("loop.search_hint"),
            t("loop.search"),
            HazardsState.search,
            key=as_var(HazardsState.words_set).to_string(),
            grow=True,
        ),
        rx.el.button(
            rx.cond(_count() > 0, t("loop.filters_on", count=_count()), t("loop.filters")),
            type="button",
            class_name="fg-button fg-button-small",
            aria_expanded=rx.cond(FilterState.unfolded, "true", "false"),
            on_click=FilterState.unfold,
        ),
        class_name="fg-row",
    )


def _count() -> Any:
    """How many filters narrow the list."""
    ask = as_var(HazardsState.view).ask
    parts = (ask.severity, ask.category, ask.grid, ask.found_from, ask.found_to)
    total: Any = 0
    for part in parts:
        total = total + rx.cond(part != "", 1, 0).to(int)
    return total


def saved_filters() -> rx.Component:
    """The reader's own filters, a tap each."""
    return rx.cond(
        as_var(FilterState.saved).length() > 0,
        rx.el.div(
            rx.foreach(FilterState.saved, _saved),
            class_name="fg-chips",
            role="group",
            aria_label=t("loop.saved_filters"),
        ),
    )


def _saved(one: rx.Var[FilterCard]) -> rx.Component:
    return rx.el.span(
        chip(one.name, on_click=FilterState.take(one.id).temporal),
        rx.cond(
            FilterState.unfolded,
            rx.el.button(
                "×",
                type="button",
                class_name="fg-button fg-button-small fg-button-quiet",
                aria_label=t("loop.forget_filter", name=one.name),
                disabled=is_offline,
                on_click=FilterState.drop(one.id).temporal,
            ),
        ),
        class_name="fg-row",
        key=as_var(one.id).to_string(),
    )


def filter_form() -> rx.Component:
    """Nothing while it is folded away."""
    ask = as_var(HazardsState.view).ask
    return rx.cond(
        FilterState.unfolded,
        rx.el.div(
            rx.el.form(
                rx.el.div(
                    _choice(
                        "severity",
                        ask.severity,
                        [(t(f"hazards.severity.{one}"), one) for one in SEVERITIES],
                    ),
                    _choice(
                        "category",
                        ask.category,
                        [(t(f"hazards.category.{one}"), one) for one in CATEGORY_CODES],
                    ),
                    _grid(ask.grid),
                    _day("found_from", ask.found_from),
                    _day("found_to", ask.found_to),
                    class_name="fg-form-row",
                ),
                rx.el.div(
                    rx.el.button(
                        t("loop.use_filter"),
                        type="submit",
                        class_name="fg-button fg-button-primary fg-button-small",
                        disabled=is_offline,
                    ),
                    rx.el.button(
                        t("loop.clear_filter"),
                        type="button",
                        class_name="fg-button fg-button-quiet fg-button-small",
                        disabled=is_offline,
                        on_click=FilterState.clear.temporal,
                    ),
                    class_name="fg-row",
                ),
                # Another filter in force is another form: its fields begin with what it says.
                key=ask.severity
                + "|"
                + ask.category
                + "|"
                + ask.grid
                + "|"
                + ask.found_from
                + "|"
                + ask.found_to,
                on_submit=FilterState.use.temporal,
                reset_on_submit=False,
                class_name="fg-field",
            ),
            rx.el.form(
                rx.el.label(t("loop.filter_name"), html_for="filter-name"),
                rx.el.div(
                    rx.el.input(
                        id="filter-name",
                        name="name",
                        class_name="fg-input fg-grow",
                        max_length=30,
                        placeholder=t("loop.filter_name_hint"),
                    ),
                    rx.el.button(
                        t("loop.save_filter"),
                        type="submit",
                        class_name="fg-button fg-button-small",
                        disabled=is_offline,
                    ),
                    class_name="fg-row",
                ),
                mistake(FilterState.name_said),
                on_submit=FilterState.save.temporal,
                reset_on_submit=True,
                class_name="fg-field",
            ),
            class_name="fg-field fg-sunk",
        ),
    )


def _choice(name: str, value: Any, options: list[tuple[Any, str]]) -> rx.Component:
    return _field(
        name,
        rx.el.select(
            rx.el.option(t("loop.filter.any"), value=""),
            *(rx.el.option(text, value=code) for text, code in options),
            id=f"filter-{name}",
            name=name,
            default_value=value,
            class_name="fg-input",
        ),
    )


def _grid(value: Any) -> rx.Component:
    grids = as_var(HazardsState.view).grids
    return rx.cond(
        grids.length() > 0,
        _field(
            "grid",
            rx.el.select(
                rx.el.option(t("loop.filter.any"), value=""),
                rx.foreach(
                    HazardsState.view.grids,
                    lambda one: rx.el.option(one[1], value=one[0], key=one[0]),
                ),
                id="filter-grid",
                name="grid",
                default_value=value,
                class_name="fg-input",
            ),
        ),
    )


def _day(name: str, value: Any) -> rx.Component:
    return _field(
        name,
        rx.el.input(
            id=f"filter-{name}",
            name=name,
            type="date",
            default_value=value,
            class_name="fg-input",
        ),
    )


def _field(name: str, field: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"loop.filter.{name}"), html_for=f"filter-{name}"),
        field,
        class_name="fg-field",
    )
