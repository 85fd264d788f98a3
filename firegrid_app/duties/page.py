"""The desk's page of duties: one's own, figures of the grids below, and what is set."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.duties.board_view import board, mine
from firegrid_app.duties.plan_view import plan, to_messages
from firegrid_app.duties.state import DutiesState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import t, t_said


def duties() -> rx.Component:
    """The whole page."""
    return desk_page(
        "duties.title",
        rx.cond(
            is_offline,
            rx.el.p(
                t("desk.offline_no_change"), class_name="fg-banner fg-banner-warn", role="status"
            ),
        ),
        rx.match(
            DutiesState.phase,
            ("ready", rx.fragment(to_messages(), mine(), board(), plan())),
            ("broken", _broken()),
            rx.el.p(t("desk.loading"), class_name="fg-empty", role="status"),
        ),
        tab=routes.DESK_DUTIES,
    )


def _broken() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("desk.broken")),
        rx.el.p(t_said(DutiesState.said)),
        rx.el.button(
            t("desk.again"),
            type="button",
            class_name="fg-button fg-button-primary",
            on_click=DutiesState.load.temporal,
        ),
        class_name="fg-card fg-empty",
        role="alert",
    )
