"""The part of a hazard's panel about the exposure board: propose, approve, take down."""

from typing import Any

import reflex as rx

from firegrid_app.exposure.state import ExposureState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t


def exposure_part(hazard: Any) -> rx.Component:
    """Nothing for whoever has no say, and for what can not be exposed and never was."""
    line = as_var(ExposureState.line)
    return rx.el.div(
        rx.cond(
            (line.id > 0) | line.may_propose,
            rx.el.section(
                rx.el.h3(t("exposure.title")),
                rx.cond(line.id > 0, _standing(), _propose()),
                class_name="fg-part",
            ),
        ),
        on_mount=ExposureState.load(hazard).temporal,
    )


def _standing() -> rx.Component:
    line = as_var(ExposureState.line)
    return rx.fragment(
        rx.el.p(
            rx.cond(
                line.shown,
                t("exposure.shown"),
                rx.cond(
                    line.approved_by.length() > 0, t("exposure.waits_one"), t("exposure.waits")
                ),
            ),
            " ",
            rx.el.a(t("exposure.board"), href=line.board, target="_blank"),
        ),
        rx.el.p(
            t("exposure.as", name=line.name, day=line.ends_on),
            rx.el.br(),
            t("exposure.proposed_by", name=line.proposed_by),
            rx.cond(
                line.approved_by.length() > 0,
                " · " + t("exposure.approved_by", names=line.approved_by.join("、")),
                "",
            ),
            class_name="fg-muted",
        ),
        rx.cond(
            line.may_approve,
            rx.el.button(
                t("exposure.approve"),
                type="button",
                class_name="fg-button fg-button-small fg-button-primary",
                disabled=is_offline,
                on_click=ExposureState.approve(line.id).temporal,
            ),
        ),
        rx.el.form(
            rx.el.label(t("exposure.reason"), html_for="exposure-reason"),
            rx.el.input(id="exposure-reason", name="reason", class_name="fg-input", max_length=300),
            send_end(ExposureState.said, t("exposure.take_down")),
            on_submit=ExposureState.take_down.temporal,
            reset_on_submit=False,
            class_name="fg-field",
        ),
    )


def _propose() -> rx.Component:
    return rx.el.form(
        rx.el.p(t("exposure.more"), class_name="fg-muted"),
        rx.el.p(t("exposure.name", name=as_var(ExposureState.line).name)),
        rx.el.label(t("exposure.ends_on"), html_for="exposure-ends"),
        rx.el.input(id="exposure-ends", name="ends_on", type="date", class_name="fg-input"),
        rx.el.label(
            rx.el.input(type="checkbox", name="is_organisation", class_name="fg-tick"),
            rx.el.span(t("exposure.is_organisation")),
            class_name="fg-row",
        ),
        send_end(ExposureState.said, t("exposure.propose")),
        on_submit=ExposureState.propose.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )
