"""One day of a duty list: who is on, and with a tap who else, who instead, nobody."""

import reflex as rx

from firegrid_app.rota.cards import DayLine, NoteLine, RotaPerson, ShiftLine
from firegrid_app.rota.state import RotaState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t, t_of


def day_line(day: rx.Var[DayLine]) -> rx.Component:
    """A day in a line; the leader opens it with a tap."""
    view = as_var(RotaState.view)
    opened = RotaState.opened == day.day
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.strong(day.label, class_name="fg-number"),
                " ",
                t_of("rota.weekday.", day.weekday.to_string()),
                rx.cond(day.is_workday, rx.fragment(), " " + t("rota.rest")),
                rx.cond(day.is_today, " · " + t("rota.today"), ""),
                class_name="fg-rota-day",
            ),
            rx.el.span(
                rx.foreach(as_var(day).shifts, _chip), class_name="fg-row fg-grow fg-rota-shifts"
            ),
            rx.cond(
                view.may_set & view.is_near & ~day.is_past,
                rx.el.button(
                    rx.cond(opened, t("desk.close"), t("rota.change")),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    aria_expanded=rx.cond(opened, "true", "false"),
                    on_click=RotaState.open_day(day.day),
                ),
            ),
            class_name="fg-row",
        ),
        rx.foreach(as_var(day).shifts, _notes),
        rx.cond(
            opened,
            rx.el.div(
                rx.foreach(as_var(day).shifts, _shift),
                _add(),
                class_name="fg-part",
            ),
        ),
        key=day.day,
        class_name=rx.cond(day.is_workday, "", "fg-rota-rest"),
    )


def _chip(shift: rx.Var[ShiftLine]) -> rx.Component:
    return rx.el.span(
        rx.el.span(shift.hours, class_name="fg-number fg-muted"),
        " ",
        rx.el.strong(shift.name),
        rx.cond(shift.away, rx.el.span(t("rota.away_mark"), class_name="fg-warn")),
        rx.cond(
            shift.changed != "",
            rx.el.span(
                t_of("rota.changed.", shift.changed), title=shift.changed_by, class_name="fg-muted"
            ),
        ),
        class_name="fg-rota-shift",
        key=shift.id.to_string(),
    )


def _notes(shift: rx.Var[ShiftLine]) -> rx.Component:
    return rx.fragment(rx.foreach(as_var(shift).notes, _note), key=shift.id.to_string())


def _note(note: rx.Var[NoteLine]) -> rx.Component:
    return rx.el.p(
        t("rota.note_left", name=note.name, at=note.at, words=note.words),
        " ",
        rx.cond(note.taken != "", t("rota.note_taken", who=note.taken), t("rota.note_not_taken")),
        class_name="fg-muted",
        key=note.at + note.words,
    )


def _shift(shift: rx.Var[ShiftLine]) -> rx.Component:
    return rx.el.div(
        rx.el.span(shift.hours, class_name="fg-number"),
        rx.cond(
            shift.is_over,
            rx.el.span(shift.name, " · ", t("rota.is_over"), class_name="fg-grow"),
            rx.fragment(
                rx.el.select(
                    rx.el.option(shift.name, value=shift.person.to_string()),
                    rx.foreach(RotaState.view.people, lambda one: _option(one, but=shift.person)),
                    value=shift.person.to_string(),
                    on_change=lambda person: RotaState.give(shift.id, person).temporal,
                    disabled=is_offline,
                    class_name="fg-input fg-grow",
                    aria_label=t("rota.who_at", hours=shift.hours),
                ),
                rx.el.button(
                    t("rota.take_off"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    aria_label=t("rota.take_off_who", name=shift.name, hours=shift.hours),
                    disabled=is_offline,
                    on_click=RotaState.take_off(shift.id).temporal,
                ),
            ),
        ),
        rx.cond(
            shift.changed != "",
            rx.el.span(
                t_of("rota.changed.", shift.changed), " ", shift.changed_by, class_name="fg-muted"
            ),
        ),
        class_name="fg-row",
        key=shift.id.to_string(),
    )


def _option(one: rx.Var[RotaPerson], *, but: rx.Var[int]) -> rx.Component:
    return rx.cond(
        one.id == but,
        rx.fragment(),
        rx.el.option(one.name, value=one.id.to_string(), key=one.id.to_string()),
    )


def _add() -> rx.Component:
    pattern = as_var(RotaState.view).pattern
    return rx.el.form(
        rx.el.div(
            rx.el.label(
                t("rota.who"),
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
                class_name="fg-field",
            ),
            _time("starts", t("rota.from"), pattern.hours[0][0]),
            _time("ends", t("rota.to"), pattern.hours[0][1]),
            class_name="fg-form-row",
        ),
        rx.el.p(t("rota.over_midnight"), class_name="fg-muted"),
        send_end(RotaState.form_said, t("rota.add")),
        on_submit=RotaState.add.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _time(name: str, label: rx.Var[str], default: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        label,
        rx.el.input(name=name, type="time", default_value=default, class_name="fg-input"),
        class_name="fg-field",
    )
