"""Unannounced checks (四不两直): written down beside a walk, and the latest ones."""

import reflex as rx

from firegrid_app.supervision.cards import SpotCheckLine, WalkPick
from firegrid_app.supervision.forms import form_end, radio
from firegrid_app.supervision.state import WalksState
from firegrid_app.ui.text import as_var, t


def check_form() -> rx.Component:
    """What a superior found, beside one of the walks of the last days."""
    return rx.el.form(
        rx.el.label(t("supervision.walk"), html_for="check-walk"),
        rx.el.select(
            rx.el.option(t("supervision.no_walk"), value=""),
            rx.foreach(WalksState.walks, _walk_option),
            id="check-walk",
            name="patrol",
            class_name="fg-input",
        ),
        rx.el.fieldset(
            rx.el.legend(t("supervision.agrees"), class_name="fg-legend"),
            radio("agrees", "yes", t("supervision.yes"), checked=True),
            radio("agrees", "no", t("supervision.not")),
            class_name="fg-field",
        ),
        rx.el.label(t("supervision.found"), html_for="check-found"),
        rx.el.textarea(id="check-found", name="found", class_name="fg-input", max_length=1000),
        form_end(),
        on_submit=WalksState.write_check.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _walk_option(walk: rx.Var[WalkPick]) -> rx.Component:
    return rx.el.option(walk.label, value=walk.id, key=walk.id)


def checks_part() -> rx.Component:
    """The latest checks, for who may make some."""
    return rx.el.section(
        rx.el.h2(t("supervision.checks")),
        rx.cond(
            as_var(WalksState.view.checks).length() > 0,
            rx.el.ul(rx.foreach(WalksState.view.checks, _check), class_name="fg-list"),
            rx.el.p(t("supervision.no_checks"), class_name="fg-muted"),
        ),
        class_name="fg-card",
    )


def _check(line: rx.Var[SpotCheckLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.grid_name, class_name="fg-grow"),
            rx.el.span(
                rx.cond(line.agrees, t("supervision.yes"), t("supervision.not")),
                class_name=rx.cond(line.agrees, "fg-tag fg-tag-ok", "fg-tag fg-tag-warn"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(line.found != "", rx.el.p(line.found)),
        rx.el.p(
            line.at,
            " · ",
            line.person_name,
            rx.cond(line.walk != "", " · " + t("supervision.against", walk=line.walk), ""),
            class_name="fg-muted",
        ),
        key=line.id.to_string(),
    )
