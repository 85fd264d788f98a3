"""Who is away from the field: the days noted, and the form that notes some (YC-75)."""

import reflex as rx

from firegrid_app.rota.cards import WHYS, AwayLine
from firegrid_app.rota.state import RotaState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t, t_of


def away_part() -> rx.Component:
    """For whoever keeps the list."""
    return rx.el.section(
        rx.el.h2(t("rota.away")),
        rx.el.p(t("rota.away_more"), class_name="fg-muted"),
        rx.cond(
            as_var(RotaState.view).away.length() > 0,
            rx.el.ul(rx.foreach(RotaState.view.away, _line), class_name="fg-list"),
            rx.el.p(t("rota.away_none"), class_name="fg-muted"),
        ),
        _form(),
        class_name="fg-card",
    )


def _line(one: rx.Var[AwayLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.strong(one.name),
                " ",
                rx.el.span(
                    t("rota.away_line", first=one.first, last=one.last), class_name="fg-number"
                ),
                " ",
                t_of("rota.why.", one.why),
                rx.cond(one.words != "", " · " + one.words, ""),
                class_name="fg-grow",
            ),
            rx.cond(
                one.is_over,
                rx.fragment(),
                rx.el.button(
                    t("rota.away_back"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    aria_label=t("rota.away_back_who", name=one.name),
                    disabled=is_offline,
                    on_click=RotaState.back(one.id).temporal,
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            one.shifts > 0,
            rx.el.p(t("rota.away_shifts", count=one.shifts), class_name="fg-warn"),
        ),
        rx.el.p(t("rota.away_noted", name=one.noted_by), class_name="fg-muted"),
        key=one.id.to_string(),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            _field(
                "rota.who",
                rx.el.select(
                    rx.foreach(
                        RotaState.view.people,
                        lambda one: rx.el.option(
                            one.name, value=one.id.to_string(), key=one.id.to_string()
                        ),
                    ),
                    name="person",
                    class_name="fg-input",
                ),
            ),
            _field(
                "rota.away_why",
                rx.el.select(
                    *(rx.el.option(t(f"rota.why.{why}"), value=why) for why in WHYS),
                    name="why",
                    class_name="fg-input",
                ),
            ),
            _field("rota.away_first", _day("first")),
            _field("rota.away_last", _day("last")),
            class_name="fg-form-row",
        ),
        _field(
            "rota.away_words",
            rx.el.input(name="words", max_length=60, class_name="fg-input"),
        ),
        send_end(RotaState.away_said, t("rota.away_add")),
        # Once noted, the fields begin anew.
        key=as_var(RotaState.view).away.length().to_string(),
        on_submit=RotaState.note_away.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _day(name: str) -> rx.Component:
    return rx.el.input(name=name, type="date", required=True, class_name="fg-input")


def _field(key: str, control: rx.Component) -> rx.Component:
    return rx.el.label(t(key), control, class_name="fg-field")
