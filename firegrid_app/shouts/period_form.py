"""From which day to which: asked for above the table of the five entries and the log of shouts."""

from typing import Any

import reflex as rx

from firegrid_app.ui.pieces import is_offline, mistake
from firegrid_app.ui.text import as_var, t


def period_form(state: Any) -> rx.Component:
    """Two days; a period that is none is refused beside them."""
    view = as_var(state.view)
    return rx.el.form(
        _day("first", view.first),
        _day("last", view.last),
        rx.el.button(
            t("entries.show"),
            type="submit",
            class_name="fg-button fg-button-small",
            disabled=is_offline,
        ),
        mistake(state.form_said),
        on_submit=state.period.temporal,
        reset_on_submit=False,
        class_name="fg-row",
        key=view.first + view.last,
    )


def _day(name: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        t(f"entries.{name}"),
        " ",
        rx.el.input(type="date", name=name, default_value=value, class_name="fg-input"),
    )
