"""The page where a hand-over file is taken in."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.pieces import TakeIn
from firegrid_app.ui.text import t


def take_in() -> rx.Component:
    """The whole page. It holds no state: the file is read in the browser."""
    return desk_page(
        "handover.title",
        TakeIn.create(),
        rx.el.a(t("handover.to_desk"), href=routes.DESK, class_name="fg-button fg-button-quiet"),
    )
