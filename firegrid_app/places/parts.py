"""Pieces that the list of premises and a place's file both show."""

from typing import Any

import reflex as rx

from firegrid_app.places.cards import PlaceRow
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import t, t_of


def colour_mark(colour: Any) -> rx.Component:
    """The colour as a shape: who cannot tell red from green still can tell ▲ from ●."""
    return rx.el.span(
        rx.match(colour, ("red", "▲"), ("yellow", "◆"), ("green", "●"), "○"),
        class_name="fg-shade",
        custom_attrs={"data-colour": colour},
        aria_hidden="true",
    )


def due_words(row: rx.Var[PlaceRow]) -> rx.Component:
    """When somebody has to call, and what came of the last call."""
    return rx.fragment(
        rx.match(
            row.outcome,
            ("", rx.el.span(t("places.never"))),
            (
                "checked",
                rx.el.span(t("places.checked_on", day=row.called_on)),
            ),
            rx.el.span(t("places.came_of", day=row.called_on, outcome=t_of("calls.", row.outcome))),
        ),
        rx.cond(
            row.due_on != "",
            rx.el.span(
                " · ",
                t("places.next_check", day=row.due_on),
                class_name=rx.cond(row.due, "fg-bad", ""),
            ),
        ),
    )


def small_button(key: str, handler: rx.event.EventType) -> rx.Component:
    """What can be done in a place's file, on one line; not without the server."""
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
    )
