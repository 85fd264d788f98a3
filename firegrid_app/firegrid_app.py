"""Builds the Reflex app: the table of pages, the head, the API behind the same port."""

import reflex as rx

from firegrid_app.access.origin import guard_origin
from firegrid_app.api import make_api
from firegrid_app.phone.components import Probe
from firegrid_app.ui.text import t


class DeskState(rx.State):
    n: int = 0

    @rx.event
    def up(self):
        self.n += 1


def index():
    return rx.el.main(rx.el.h1(t("access.role.grid_head")), Probe.create())


def desk():
    return rx.el.main(rx.el.p(t("refusals.access.slow_down", seconds=DeskState.n)), rx.el.button("x", on_click=DeskState.up, aria_label=t("access.role.grid_member")))


app = rx.App(
    api_transformer=[make_api(), guard_origin],
)
app.add_page(index, route="/")
app.add_page(desk, route="/desk")
