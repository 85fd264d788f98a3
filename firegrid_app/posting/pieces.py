"""Small pieces of the page of boards."""

import reflex as rx

from firegrid_app.posting.state import PostingState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import t


def small(key: str, handler: rx.event.EventType) -> rx.Component:
    """A small button of a line."""
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small fg-button-quiet",
        disabled=is_offline,
        on_click=handler,
    )


def end_of_form() -> rx.Component:
    """Why it was refused, save, leave."""
    return form_end(
        PostingState.form_said, t("posting.save"), t("posting.drop"), PostingState.drop_form
    )
