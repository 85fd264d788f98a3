"""The desk's page of warnings and notices: write, follow up, correct, lift."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.systems_view import systems_part
from firegrid_app.alerts.issue_form import issue_form
from firegrid_app.alerts.issue_state import IssueState
from firegrid_app.alerts.list_view import alert_line
from firegrid_app.alerts.senders_state import SendersState
from firegrid_app.alerts.state import AlertsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import grid_picker, page_turner
from firegrid_app.ui.pieces import is_offline, refusal_line
from firegrid_app.ui.text import as_var, t, t_said

PICK = [AlertsState.pick.temporal, SendersState.load.temporal]
"""The systems let in are those of the grid that is looked at."""


def alerts() -> rx.Component:
    """The whole page."""
    return desk_page(
        "alerts.title",
        rx.cond(
            is_offline,
            rx.el.p(
                t("desk.offline_no_change"), class_name="fg-banner fg-banner-warn", role="status"
            ),
        ),
        rx.match(
            AlertsState.phase,
            ("ready", rx.fragment(_new(), _list(), _senders())),
            ("broken", _broken()),
            rx.el.p(t("desk.loading"), class_name="fg-empty", role="status"),
        ),
        tab=routes.DESK_ALERTS,
    )


def _new() -> rx.Component:
    """The form, or the button that opens it; nothing for who may issue none."""
    return rx.cond(
        AlertsState.may_issue,
        rx.cond(
            as_var(IssueState.homes).length() > 0,
            issue_form(),
            rx.el.div(
                rx.el.button(
                    t("alerts.write"),
                    type="button",
                    class_name="fg-button fg-button-primary",
                    disabled=is_offline,
                    on_click=IssueState.open_form.temporal,
                ),
            ),
        ),
    )


def _list() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("alerts.list", name=AlertsState.name)),
            rx.cond(
                as_var(AlertsState.picks).length() > 1,
                grid_picker(AlertsState.picks, AlertsState.code, PICK),
            ),
            class_name="fg-row fg-row-apart",
        ),
        refusal_line(AlertsState.said),
        rx.cond(
            as_var(AlertsState.lines).length() > 0,
            rx.el.ul(rx.foreach(AlertsState.lines, alert_line), class_name="fg-list"),
            rx.el.p(t("alerts.none"), class_name="fg-empty"),
        ),
        page_turner(
            as_var(AlertsState.page),
            as_var(AlertsState.pages),
            lambda page: AlertsState.turn(page).temporal,
        ),
        class_name="fg-card",
    )


def _broken() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("desk.broken")),
        rx.el.p(t_said(AlertsState.said)),
        rx.el.button(
            t("desk.again"),
            type="button",
            class_name="fg-button fg-button-primary",
            on_click=AlertsState.load.temporal,
        ),
        class_name="fg-card fg-empty",
        role="alert",
    )


def _senders() -> rx.Component:
    """Systems that may send warnings in (YB-60), for who manages the street or county."""
    return systems_part(
        SendersState,
        title=t("alerts.senders"),
        more=t("alerts.senders_more"),
        example=t("alerts.sender_example"),
        ways=(
            rx.el.code("POST ", SendersState.address),
            rx.el.code("Authorization: Bearer ", SendersState.key),
        ),
    )
