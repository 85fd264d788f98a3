"""A warning is corrected or lifted: the forms of whoever issued it."""

import reflex as rx

from firegrid_app.alerts.form_parts import check, field, words_field
from firegrid_app.alerts.state import AlertsState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t


def changing() -> rx.Component:
    """Two buttons, or the form of the one that was pressed."""
    return rx.match(
        AlertsState.changing,
        ("correct", _correct_form()),
        ("lift", _lift_form()),
        rx.el.div(
            *(
                rx.el.button(
                    t(f"alerts.{what}"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=AlertsState.begin(what),
                )
                for what in ("correct", "lift")
            ),
            class_name="fg-row",
        ),
    )


def _correct_form() -> rx.Component:
    view = as_var(AlertsState.view)
    return rx.el.form(
        rx.el.h3(t("alerts.correct")),
        field("title", default_value=view.line.title, max_length=60),
        words_field(default_value=view.words),
        rx.el.div(
            field("issuer", default_value=view.line.issuer, max_length=60),
            field("number", default_value=view.line.number, max_length=60),
            field("ends_at", type="datetime-local", default_value=view.ends_on),
            field("deadline_at", type="datetime-local", default_value=view.deadline_on),
            class_name="fg-form-row",
        ),
        check("anew", checked=True),
        rx.el.p(t("alerts.anew_more"), class_name="fg-muted"),
        field("why", max_length=200),
        form_end(AlertsState.form_said, t("alerts.save"), t("alerts.leave"), AlertsState.begin("")),
        on_submit=AlertsState.correct.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )


def _lift_form() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t("alerts.lift")),
        rx.el.p(t("alerts.lift_more")),
        field("why", max_length=200),
        form_end(
            AlertsState.form_said, t("alerts.lift_now"), t("alerts.leave"), AlertsState.begin("")
        ),
        on_submit=AlertsState.lift.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )
