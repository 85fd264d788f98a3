"""The street's presence mode: what it is, and the form that sets it with basis and dates."""

import reflex as rx

from firegrid_app.supervision.forms import form_end, radio
from firegrid_app.supervision.state import WalksState
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of


def mode_part() -> rx.Component:
    """Shown to who manages the street, when the view is of the street."""
    mode = as_var(WalksState.view.mode)
    return rx.el.section(
        rx.el.h2(t("supervision.mode")),
        rx.el.p(rx.el.strong(t_of("presence.mode.", mode.mode))),
        rx.cond(
            mode.ends_on != "",
            rx.el.p(
                t(
                    "supervision.mode_until",
                    start=mode.starts_on,
                    end=mode.ends_on,
                    basis=mode.basis,
                )
            ),
        ),
        rx.el.p(t("supervision.mode_law"), class_name="fg-muted"),
        rx.cond(
            WalksState.setting,
            _form(),
            rx.el.button(
                t("supervision.change"),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=WalksState.ask_mode,
            ),
        ),
        class_name="fg-card",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("supervision.mode"), class_name="fg-legend"),
            *(
                radio("mode", mode, t(f"presence.mode.{mode}"), checked=mode == "off")
                for mode in ("off", "optional", "required")
            ),
            class_name="fg-field",
        ),
        rx.el.label(t("supervision.basis"), html_for="mode-basis"),
        rx.el.input(id="mode-basis", name="basis", class_name="fg-input", max_length=200),
        rx.el.label(t("supervision.from_day"), html_for="mode-from"),
        rx.el.input(id="mode-from", name="starts_on", type="date", class_name="fg-input"),
        rx.el.label(t("supervision.to_day"), html_for="mode-to"),
        rx.el.input(id="mode-to", name="ends_on", type="date", class_name="fg-input"),
        form_end(),
        on_submit=WalksState.set_presence.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )
