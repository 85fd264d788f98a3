"""One warning on the desk's list: what it is, how the grids stand, and, opened, all about it."""

from typing import Any

import reflex as rx

from firegrid_app.alerts.cards import AlertLine
from firegrid_app.alerts.detail_view import detail
from firegrid_app.alerts.state import AlertsState
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of

FIGURES = ("unseen", "seen", "passed_on", "done", "late")


def alert_line(line: rx.Var[AlertLine]) -> rx.Component:
    """A line of the list; it opens."""
    is_open = AlertsState.opened == line.id
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.strong(line.title),
                colour_tag(line.colour),
                rx.el.span(
                    t_of("alerts.phase.", line.phase),
                    class_name=rx.match(
                        line.phase,
                        ("in_force", "fg-tag fg-tag-warn"),
                        ("coming", "fg-tag fg-tag-warn"),
                        "fg-tag",
                    ),
                ),
                class_name="fg-row",
            ),
            rx.el.span(
                t("alerts.pass_by", time=line.deadline),
                " · ",
                t("alerts.sums", **sums(as_var(line.tally))),
                rx.cond(
                    as_var(line.tally).late > 0,
                    " · " + t("alerts.late_count", count=as_var(line.tally).late),
                    "",
                ),
                class_name="fg-muted",
            ),
            type="button",
            class_name="fg-button fg-button-quiet fg-button-wide fg-figures-line",
            aria_expanded=rx.cond(is_open, "true", "false"),
            disabled=is_offline,
            on_click=AlertsState.open_alert(line.id).temporal,
        ),
        rx.cond(is_open, detail()),
        key=line.id.to_string(),
    )


def sums(tally: Any) -> dict[str, Any]:
    """What fills the sentence of the sums."""
    return {
        "grids": tally.grids,
        "told": tally.passed_on + tally.done,
        "seen": tally.seen,
        "unseen": tally.unseen,
        "reached": tally.reached,
    }


def colour_tag(colour: rx.Var[str]) -> rx.Component:
    """The colour in a word, and in itself."""
    return rx.cond(
        colour != "",
        rx.el.span(
            t_of("alerts.colour.", colour),
            class_name="fg-tag fg-alert",
            custom_attrs={"data-colour": colour},
        ),
    )
