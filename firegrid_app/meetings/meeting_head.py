"""The head of an open meeting: what, when, how it stands; move it, call it off."""

import reflex as rx

from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.parts import STANDING_TAGS, end, field, is_held, is_over, small
from firegrid_app.ui.text import as_var, t, t_of


def head() -> rx.Component:
    """The card above."""
    card = as_var(MeetingState.card)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                rx.cond(card.title != "", card.title, t_of("meetings.kind.", card.kind)),
                class_name="fg-grow",
            ),
            rx.el.span(
                t_of("meetings.standing.", card.standing),
                class_name=rx.match(card.standing, *STANDING_TAGS, "fg-tag"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            card.grid_name,
            " · ",
            card.day,
            " ",
            card.time,
            rx.cond(card.place != "", " · " + card.place, ""),
            " · ",
            card.source,
        ),
        rx.cond(
            card.standing == "confirmed",
            rx.el.p(
                t("meetings.confirmed_by", name=card.confirmed_by, day=card.confirmed_on),
                class_name="fg-muted",
            ),
        ),
        rx.cond(
            card.standing == "cancelled",
            rx.el.p(t("meetings.called_off", why=card.cancelled_why), class_name="fg-muted"),
        ),
        rx.cond(
            (card.standing == "missed") & card.may_hold,
            rx.el.p(t("meetings.missed_more"), class_name="fg-banner fg-banner-warn"),
        ),
        rx.el.div(
            rx.el.button(
                t("meetings.back"),
                type="button",
                class_name="fg-button fg-button-small",
                on_click=MeetingState.shut,
            ),
            rx.cond(
                card.sheet != "",
                rx.el.a(
                    t("meetings.print"),
                    href=card.sheet,
                    target="_blank",
                    class_name="fg-button fg-button-small",
                ),
            ),
            rx.cond(
                card.may_hold & ~is_held() & ~is_over(),
                rx.fragment(
                    small(t("meetings.move"), MeetingState.ask("move").temporal),
                    small(t("meetings.call_off"), MeetingState.ask("call_off").temporal),
                ),
            ),
            class_name="fg-row",
        ),
        rx.match(
            MeetingState.form,
            ("move", _move_form()),
            ("call_off", _call_off_form()),
            rx.fragment(),
        ),
        class_name="fg-card",
    )


def _move_form() -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.el.form(
        rx.el.div(
            field(t("meetings.field.day"), "day", type="date", default_value=card.day),
            field(t("meetings.field.time"), "clock_time", type="time", default_value=card.time),
            class_name="fg-form-row",
        ),
        end(t("meetings.move_it")),
        on_submit=MeetingState.move.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _call_off_form() -> rx.Component:
    return rx.el.form(
        field(t("meetings.field.why"), "why", max_length=200),
        end(t("meetings.call_it_off")),
        on_submit=MeetingState.call_off.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
