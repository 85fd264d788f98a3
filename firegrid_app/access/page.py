"""The people page: who holds which post, invitations, switching off and on."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.invite_form import invite_form, link_card
from firegrid_app.access.people_list import people_list
from firegrid_app.access.state import PeopleState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import t, t_said


def people() -> rx.Component:
    """The whole page."""
    return desk_page(
        "access.people_title",
        rx.cond(
            is_offline,
            rx.el.p(
                t("desk.offline_no_change"), class_name="fg-banner fg-banner-warn", role="status"
            ),
        ),
        rx.match(
            PeopleState.phase,
            ("ready", rx.fragment(link_card(), _boards(), invite_form(), people_list())),
            ("broken", _broken()),
            rx.el.p(t("access.loading"), class_name="fg-empty", role="status"),
        ),
        tab=routes.PEOPLE,
    )


def _boards() -> rx.Component:
    """The way to what the public sees of these people."""
    return rx.el.nav(
        rx.el.a(t("posting.title"), href=routes.POSTING, class_name="fg-button fg-button-small"),
        class_name="fg-row",
        aria_label=t("posting.title"),
    )


def _broken() -> rx.Component:
    return rx.el.section(
        rx.el.p(t_said(PeopleState.said)),
        rx.cond(
            PeopleState.said.code != "access.not_allowed",
            rx.fragment(
                rx.el.p(t("access.broken")),
                rx.el.button(
                    t("desk.again"),
                    type="button",
                    class_name="fg-button fg-button-primary",
                    on_click=PeopleState.load.temporal,
                ),
            ),
        ),
        class_name="fg-card fg-empty",
        role="alert",
    )
