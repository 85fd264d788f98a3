"""What the desk decides about a report: taken on, joined to a known hazard, or turned down."""

import reflex as rx

from firegrid_app.desk.grid_list import when
from firegrid_app.hazards.cards import CATEGORY_CODES
from firegrid_app.residents.cards import REASONS, Known
from firegrid_app.residents.state import ReportsState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of, t_said

_GRADES = ("minor", "general", "suspected_major")


def decisions() -> rx.Component:
    """The form to take it on, and the ways not to."""
    return rx.match(
        ReportsState.form,
        ("joined", _join()),
        ("turned_down", _turn_down()),
        rx.fragment(
            _take_on(),
            rx.el.div(
                _ask("joined", "reports.join"),
                _ask("turned_down", "reports.turn_down"),
                class_name="fg-row",
            ),
        ),
    )


def _ask(form: str, key: str) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=ReportsState.ask(form),
    )


def _take_on() -> rx.Component:
    detail = as_var(ReportsState.detail)
    return rx.el.form(
        rx.el.p(t("reports.take_on_more"), class_name="fg-muted"),
        _choice(
            "category",
            detail.row.category,
            *(rx.el.option(t(f"hazards.category.{one}"), value=one) for one in CATEGORY_CODES),
        ),
        _choice(
            "severity",
            detail.severity,
            *(rx.el.option(t(f"hazards.severity.{one}"), value=one) for one in _GRADES),
        ),
        _choice(
            "grid",
            detail.grid,
            rx.foreach(
                ReportsState.detail.grids,
                lambda one: rx.el.option(one[1], value=one[0], key=one[0]),
            ),
        ),
        rx.cond(
            ReportsState.form_said.code != "",
            rx.el.p(t_said(ReportsState.form_said), class_name="fg-mistake", role="alert"),
        ),
        rx.el.button(
            t("reports.take_on"),
            type="submit",
            class_name="fg-button fg-button-primary fg-button-wide",
            disabled=is_offline,
        ),
        on_submit=ReportsState.take_on.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _choice(name: str, value: rx.Var[str], *options: rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.label(t(f"reports.{name}"), html_for=f"report-{name}"),
        rx.el.select(
            *options,
            id=f"report-{name}",
            name=name,
            default_value=value,
            class_name="fg-input",
        ),
    )


def _join() -> rx.Component:
    known = as_var(ReportsState.detail).known
    return rx.el.form(
        rx.el.h3(t("reports.join")),
        rx.el.p(t("reports.join_more"), class_name="fg-muted"),
        rx.cond(
            known.length() > 0,
            rx.el.div(rx.foreach(ReportsState.detail.known, _known), class_name="fg-part"),
            rx.el.p(t("reports.no_known"), class_name="fg-empty"),
        ),
        _end("reports.join"),
        on_submit=ReportsState.decide.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _known(one: rx.Var[Known]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="hazard", value=one.id, class_name="fg-tick", required=True),
        rx.el.span(
            rx.el.strong(t_of("hazards.category.", one.category)),
            rx.el.span(" ", t_of("hazards.status.", one.status), class_name="fg-tag"),
            rx.el.span(
                rx.cond(one.where_words != "", one.where_words + " · ", ""),
                rx.cond(one.words != "", one.words + " · ", ""),
                when(one.found),
                class_name="fg-row-line fg-muted",
            ),
        ),
        class_name="fg-row",
        key=one.id,
    )


def _turn_down() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t("reports.turn_down")),
        rx.el.p(t("reports.turn_down_more"), class_name="fg-muted"),
        rx.el.label(t("reports.reason"), html_for="report-reason"),
        rx.el.select(
            *(rx.el.option(t(f"reports.reason.{one}"), value=one) for one in REASONS),
            id="report-reason",
            name="reason",
            class_name="fg-input",
        ),
        rx.el.label(t("reports.words"), html_for="report-words"),
        rx.el.textarea(id="report-words", name="words", class_name="fg-input", max_length=300),
        _end("reports.turn_down"),
        on_submit=ReportsState.decide.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _end(key: str) -> rx.Component:
    return form_end(ReportsState.form_said, t(key), t("desk.no"), ReportsState.ask(""))
