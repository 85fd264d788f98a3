"""The form that issues a warning or notice: what, for whom, in which words, with which tasks."""

import reflex as rx

from firegrid_app.alerts.cards import CHOICES
from firegrid_app.alerts.form_parts import check, field, words_field
from firegrid_app.alerts.issue_state import MEASURES, IssueState
from firegrid_app.grids.cards import GridPick
from firegrid_app.ui.lists import chip, grid_picker
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of


def issue_form() -> rx.Component:
    """The whole form."""
    return rx.el.section(
        rx.el.h2(t("alerts.write")),
        _what(),
        _whom(),
        _measures(),
        rx.el.form(
            field("title", placeholder=IssueState.title, max_length=60),
            words_field(
                default_value=rx.cond(
                    IssueState.words != "", t_of("alerts.script.", IssueState.words), ""
                ),
                key=IssueState.words,
            ),
            rx.cond(
                _is_coloured(),
                rx.el.button(
                    t("alerts.take_words"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet fg-start",
                    disabled=is_offline,
                    on_click=IssueState.take_words,
                ),
            ),
            rx.el.div(
                field("issuer", max_length=60, placeholder=t("alerts.issuer_example")),
                field("number", max_length=60),
                class_name="fg-form-row",
            ),
            rx.el.div(
                *(
                    field(name, type="datetime-local", default_value=IssueState.times[name])
                    for name in ("starts_at", "ends_at", "deadline_at")
                ),
                class_name="fg-form-row",
            ),
            check(
                "to_residents",
                checked=IssueState.kind != "document",
                key=IssueState.kind,
            ),
            rx.el.p(t("alerts.to_residents_more"), class_name="fg-muted"),
            field("own_task", max_length=120),
            form_end(IssueState.said, t("alerts.send"), t("alerts.leave"), IssueState.close_form),
            on_submit=IssueState.send.temporal,
            reset_on_submit=False,
            no_validate=True,
            class_name="fg-part",
        ),
        class_name="fg-card",
    )


def _is_coloured() -> rx.Var[bool]:
    return (IssueState.kind == "weather") | (IssueState.kind == "fire_danger")


def _what() -> rx.Component:
    return rx.fragment(
        _choices("kind", IssueState.kind, IssueState.choose_kind),
        rx.cond(
            IssueState.kind == "weather",
            rx.el.label(
                t("alerts.field.weather"),
                rx.el.select(
                    *(
                        rx.el.option(t(f"alerts.weather.{one}"), value=one)
                        for one in CHOICES["weather"]
                    ),
                    value=IssueState.weather,
                    on_change=IssueState.choose_weather,
                    disabled=is_offline,
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
        ),
        rx.cond(_is_coloured(), _choices("colour", IssueState.colour, IssueState.choose_colour)),
    )


def _choices(name: str, chosen: rx.Var[str], choose: rx.event.EventHandler) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t(f"alerts.field.{name}"), class_name="fg-legend"),
        rx.el.div(
            *(
                rx.el.button(
                    t(f"alerts.{name}.{one}"),
                    type="button",
                    class_name="fg-choice",
                    aria_pressed=rx.cond(chosen == one, "true", "false"),
                    disabled=is_offline,
                    on_click=choose(one),
                )
                for one in CHOICES[name]
            ),
            class_name="fg-choices fg-choices-4",
        ),
        class_name="fg-field",
    )


def _whom() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("alerts.field.grids"), class_name="fg-legend"),
        rx.cond(
            as_var(IssueState.homes).length() > 1,
            grid_picker(IssueState.homes, IssueState.home, IssueState.choose_home.temporal),
            rx.el.p(IssueState.homes[0].name),
        ),
        rx.el.p(t("alerts.whom_more"), class_name="fg-muted"),
        rx.el.div(rx.foreach(IssueState.below, _target), class_name="fg-row"),
        class_name="fg-field",
    )


def _target(grid: rx.Var[GridPick]) -> rx.Component:
    return chip(
        grid.name,
        chosen=as_var(IssueState.targets).contains(grid.code),
        on_click=IssueState.choose_target(grid.code),
        key=grid.code,
    )


def _measures() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("alerts.measures"), class_name="fg-legend"),
        rx.el.p(t("alerts.measures_more"), class_name="fg-muted"),
        rx.el.div(
            *(
                chip(
                    t(f"alerts.measure.{one}"),
                    chosen=as_var(IssueState.measures).contains(one),
                    on_click=IssueState.choose_measure(one),
                )
                for one in MEASURES
            ),
            class_name="fg-row",
        ),
        class_name="fg-field",
    )
