"""Which systems may send warnings in: let one in, see when it last did, shut it out."""

import reflex as rx

from firegrid_app.alerts.cards import SenderLine
from firegrid_app.alerts.detail_view import field
from firegrid_app.alerts.senders_state import SendersState
from firegrid_app.ui.pieces import is_offline, mistake
from firegrid_app.ui.text import as_var, t


def senders() -> rx.Component:
    """Shown to who manages the street or county that is looked at."""
    return rx.cond(
        SendersState.may,
        rx.el.details(
            rx.el.summary(t("alerts.senders")),
            rx.el.p(t("alerts.senders_more"), class_name="fg-muted"),
            rx.cond(
                as_var(SendersState.lines).length() > 0,
                rx.el.ul(rx.foreach(SendersState.lines, _line), class_name="fg-list"),
                rx.el.p(t("alerts.no_senders"), class_name="fg-muted"),
            ),
            rx.cond(SendersState.token != "", _token()),
            rx.el.form(
                field("name", max_length=60, placeholder=t("alerts.name_example")),
                mistake(SendersState.said),
                rx.el.button(
                    t("alerts.let_in"),
                    type="submit",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                ),
                on_submit=SendersState.let_in.temporal,
                reset_on_submit=False,
                class_name="fg-part",
            ),
            class_name="fg-card",
        ),
    )


def _token() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("alerts.token_once")),
        rx.el.p(rx.el.code("POST ", SendersState.address)),
        rx.el.p(rx.el.code("Authorization: Bearer ", SendersState.token)),
        class_name="fg-card",
        role="status",
    )


def _line(line: rx.Var[SenderLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.name),
            rx.el.p(
                t("alerts.let_in_on", day=line.made, name=line.maker),
                " · ",
                rx.cond(line.used != "", t("alerts.used", time=line.used), t("alerts.never_used")),
                class_name="fg-muted",
            ),
            class_name="fg-grow",
        ),
        rx.el.button(
            t("alerts.shut_out"),
            type="button",
            class_name="fg-button fg-button-small fg-button-quiet",
            disabled=is_offline,
            on_click=SendersState.shut_out(line.id).temporal,
        ),
        class_name="fg-row fg-row-apart",
        key=line.id.to_string(),
    )
