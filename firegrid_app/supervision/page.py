"""The leader's view: how the walks of each grid stand, what is flagged, unannounced checks."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.supervision.cards import ProgressTally
from firegrid_app.supervision.checks_part import checks_part
from firegrid_app.supervision.flags_part import flags_part
from firegrid_app.supervision.mode_part import mode_part
from firegrid_app.supervision.row_part import grid_row
from firegrid_app.supervision.state import WalksState
from firegrid_app.supervision.unaccepted_part import unaccepted_part
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, grid_picker, refresh_button
from firegrid_app.ui.pieces import phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def walks() -> rx.Component:
    """The whole page."""
    return desk_page(
        "supervision.title",
        phased(WalksState, _ready()),
        tab=routes.WALKS,
    )


def _ready() -> rx.Component:
    view = as_var(WalksState.view)
    return rx.fragment(
        refusal_line(WalksState.said),
        rx.el.section(
            rx.el.div(
                rx.el.h2(view.name),
                rx.el.p(
                    rx.cond(view.is_workday, t("desk.workday"), t("desk.rest_day")),
                    " · ",
                    t("supervision.as_of", time=view.as_of),
                    class_name="fg-muted",
                ),
                class_name="fg-grow",
            ),
            rx.cond(
                view.picks.length() > 1,
                grid_picker(
                    WalksState.view.picks,
                    view.code,
                    WalksState.pick.temporal,
                    named=lambda pick: (pick[0], pick[1]),
                ),
            ),
            rx.el.a(
                t("supervision.points"),
                href=routes.POINTS,
                class_name="fg-button fg-button-small",
            ),
            rx.el.a(
                t("supervision.doors"),
                href=routes.CAMPAIGNS,
                class_name="fg-button fg-button-small",
            ),
            rx.el.a(
                t("supervision.rota"),
                href=routes.ROTA,
                class_name="fg-button fg-button-small",
            ),
            refresh_button(WalksState.load.temporal),
            class_name="fg-desk-head",
        ),
        unaccepted_part(),
        rx.cond(view.may_supervise, flags_part()),
        _today(),
        rx.cond(view.may_supervise, checks_part()),
        rx.cond(view.may_set_mode, mode_part()),
    )


def _today() -> rx.Component:
    view = as_var(WalksState.view)
    return rx.el.section(
        rx.el.div(
            rx.foreach(WalksState.view.tallies, _tally),
            class_name="fg-chips",
            role="group",
            aria_label=t("desk.narrow"),
        ),
        rx.el.ul(rx.foreach(WalksState.view.rows, grid_row), class_name="fg-list"),
        rx.cond(
            view.matches > view.rows.length(),
            rx.el.p(
                t("supervision.more", count=view.matches - view.rows.length()),
                class_name="fg-muted",
            ),
        ),
        rx.el.p(t("supervision.no_ranking"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _tally(tally: rx.Var[ProgressTally]) -> rx.Component:
    return count_chip(
        t_of("supervision.progress.", tally.progress),
        tally.grids,
        chosen=WalksState.chosen == tally.progress,
        on_click=WalksState.narrow(tally.progress).temporal,
        key=tally.progress,
    )
