"""The desk's log of shouts: any grid, any day, with the photos and recordings that came along."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.cards import ShoutLine
from firegrid_app.desk.shout_item import shout_item
from firegrid_app.shouts.log_state import ShoutLogState
from firegrid_app.shouts.period_form import period_form
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import chip, page_turner, view_head
from firegrid_app.ui.pieces import phased, refusal_line
from firegrid_app.ui.text import as_var, t


def shout_log() -> rx.Component:
    """The whole page."""
    return desk_page("shout_log.title", phased(ShoutLogState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    view = as_var(ShoutLogState.view)
    return rx.fragment(
        refusal_line(ShoutLogState.said),
        view_head(
            ShoutLogState,
            rx.el.a(t("entries.to_entries"), href=routes.DESK_ENTRIES, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        period_form(ShoutLogState),
        rx.el.div(
            chip(
                t("shout_log.only_along"),
                chosen=view.only_along,
                on_click=ShoutLogState.narrow.temporal,
            ),
            class_name="fg-chips",
        ),
        rx.el.section(
            rx.el.p(rx.el.strong(t("shout_log.count", count=view.count))),
            rx.cond(
                view.lines.length() > 0,
                rx.el.ul(rx.foreach(ShoutLogState.view.lines, _line), class_name="fg-list"),
                rx.el.p(t("shout_log.none"), class_name="fg-empty"),
            ),
            page_turner(
                as_var(view.page),
                as_var(view.pages),
                lambda page: ShoutLogState.turn(page).temporal,
            ),
            class_name="fg-card",
        ),
    )


def _line(shout: rx.Var[ShoutLine]) -> rx.Component:
    return shout_item(shout, shout.on + " · " + shout.grid_name)
