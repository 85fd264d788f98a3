"""Pieces of the forms of the leader's view."""

import reflex as rx

from firegrid_app.supervision.state import WalksState
from firegrid_app.ui import pieces
from firegrid_app.ui.text import t


def radio(name: str, value: str, words: rx.Var[str], *, checked: bool = False) -> rx.Component:
    """One choice of a form, in words."""
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=checked),
        " ",
        words,
        class_name="fg-row",
    )


def form_end() -> rx.Component:
    """Why it was refused, then save or leave it."""
    return pieces.form_end(
        WalksState.form_said, t("supervision.save"), t("desk.no"), WalksState.drop_form
    )
