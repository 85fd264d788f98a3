"""The form that draws up a month: people in their order, hours, days, whose turn is how long."""

import reflex as rx

from firegrid_app.rota.cards import DAYS, PEOPLE_A_SHIFT, SHIFTS_A_DAY, TURNS, RotaPerson
from firegrid_app.rota.state import RotaState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of


def draw_form() -> rx.Component:
    """The whole form, filled in as the list was drawn up last."""
    view = as_var(RotaState.view)
    pattern = view.pattern
    return rx.el.section(
        rx.el.h2(t("rota.draw_month", month=view.month)),
        rx.el.form(
            rx.el.fieldset(
                rx.el.legend(t("rota.people"), class_name="fg-legend"),
                rx.el.p(t("rota.people_more"), class_name="fg-muted"),
                rx.el.ol(rx.foreach(RotaState.order, _person), class_name="fg-list"),
                rx.cond(
                    as_var(RotaState.order).length() == 0,
                    rx.el.p(t("rota.nobody_here"), class_name="fg-banner fg-banner-warn"),
                ),
                rx.cond(
                    view.left_out > 0,
                    rx.el.p(t("rota.left_out", count=view.left_out), class_name="fg-muted"),
                ),
                class_name="fg-field",
            ),
            rx.el.div(
                _choose(
                    "first",
                    t("rota.first"),
                    rx.foreach(
                        RotaState.order,
                        lambda one: rx.el.option(
                            one.name, value=one.id.to_string(), key=one.id.to_string()
                        ),
                    ),
                    pattern.first.to_string(),
                ),
                _choose(
                    "days",
                    t("rota.days"),
                    [rx.el.option(t(f"rota.days.{one}"), value=one) for one in DAYS],
                    pattern.days,
                ),
                _choose(
                    "turn",
                    t("rota.turn"),
                    [rx.el.option(t(f"rota.turn.{one}"), value=one) for one in TURNS],
                    pattern.turn,
                ),
                _choose(
                    "at_once",
                    t("rota.at_once"),
                    [
                        rx.el.option(str(count), value=str(count))
                        for count in range(1, PEOPLE_A_SHIFT + 1)
                    ],
                    pattern.at_once.to_string(),
                ),
                class_name="fg-form-row",
            ),
            rx.el.fieldset(
                rx.el.legend(t("rota.hours"), class_name="fg-legend"),
                rx.el.p(t("rota.over_midnight"), class_name="fg-muted"),
                *(_hours(number) for number in range(SHIFTS_A_DAY)),
                class_name="fg-field",
            ),
            _replace(),
            form_end(RotaState.form_said, t("rota.draw_now"), t("desk.no"), RotaState.drop_form),
            on_submit=RotaState.draw.temporal,
            reset_on_submit=False,
            no_validate=True,
            class_name="fg-part",
        ),
        rx.el.form(
            rx.el.h3(t("rota.copy")),
            rx.el.p(t("rota.copy_more", month=view.before), class_name="fg-muted"),
            _replace(),
            rx.el.button(
                t("rota.copy_now"), type="submit", class_name="fg-button", disabled=is_offline
            ),
            on_submit=RotaState.copy_last.temporal,
            reset_on_submit=False,
            class_name="fg-part",
        ),
        class_name="fg-card",
    )


def _person(one: rx.Var[RotaPerson], place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="person-" + one.id.to_string(),
                default_checked=one.chosen,
            ),
            rx.el.span(
                one.name,
                " ",
                rx.el.span(t_of("access.role.", one.role), class_name="fg-muted"),
            ),
            class_name="fg-row fg-grow",
        ),
        rx.cond(
            place > 0,
            rx.el.button(
                "↑",
                type="button",
                class_name="fg-button fg-button-small fg-button-quiet",
                aria_label=t("rota.earlier", name=one.name),
                on_click=RotaState.move_up(one.id),
            ),
        ),
        class_name="fg-row",
        key=one.id.to_string(),
    )


def _choose(name: str, label: rx.Var[str], options: object, chosen: object) -> rx.Component:
    inside = options if isinstance(options, list) else [options]
    return rx.el.label(
        label,
        rx.el.select(*inside, name=name, default_value=chosen, class_name="fg-input"),
        class_name="fg-field",
    )


def _hours(number: int) -> rx.Component:
    kept = as_var(RotaState.view).pattern.hours
    there = kept.length() > number
    return rx.el.div(
        rx.el.label(
            t("rota.from_of", number=number + 1),
            rx.el.input(
                name=f"from-{number}",
                type="time",
                default_value=rx.cond(there, kept[number][0], ""),
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        rx.el.label(
            t("rota.to"),
            rx.el.input(
                name=f"to-{number}",
                type="time",
                default_value=rx.cond(there, kept[number][1], ""),
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        class_name="fg-form-row",
    )


def _replace() -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="replace"),
        t("rota.replace"),
        class_name="fg-row",
    )
