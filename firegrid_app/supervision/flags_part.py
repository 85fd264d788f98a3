"""What looks odd about records: looked at by a person, with a word."""

import reflex as rx

from firegrid_app.supervision.cards import FlagLine
from firegrid_app.supervision.forms import form_end, radio
from firegrid_app.supervision.state import WalksState
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of


def flags_part() -> rx.Component:
    """Shown when there are any, for who may say a word about them."""
    view = as_var(WalksState.view)
    return rx.cond(
        view.flag_count > 0,
        rx.el.section(
            rx.el.h2(t("supervision.flags", count=view.flag_count)),
            rx.el.p(t("supervision.flags_more"), class_name="fg-muted"),
            rx.el.ul(rx.foreach(WalksState.view.flags, _flag), class_name="fg-list"),
            class_name="fg-card",
        ),
    )


def _flag(flag: rx.Var[FlagLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.strong(t_of("presence.reason.", flag.reason, amount=flag.amount))),
        rx.el.p(
            flag.at,
            " · ",
            flag.grid_name,
            " · ",
            flag.person_name,
            rx.cond(flag.point_name != "", " · " + flag.point_name, ""),
            class_name="fg-muted",
        ),
        rx.cond(
            flag.own,
            rx.el.p(t("refusals.presence.own"), class_name="fg-muted"),
            rx.cond(
                WalksState.flag == flag.id,
                _flag_form(),
                rx.el.button(
                    t("supervision.look"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=WalksState.ask_flag(flag.id).temporal,
                ),
            ),
        ),
        key=flag.id.to_string(),
    )


def _flag_form() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("supervision.looked"), class_name="fg-legend"),
            radio("outcome", "fine", t("presence.outcome.fine"), checked=True),
            radio("outcome", "spoken", t("presence.outcome.spoken")),
            class_name="fg-field",
        ),
        rx.el.textarea(
            name="note", class_name="fg-input", max_length=500, aria_label=t("desk.note")
        ),
        form_end(),
        on_submit=WalksState.answer_flag.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )
