"""A grid of the leader's view: how it stands today, whom to call, who is away, its week."""

import reflex as rx

from firegrid_app.rota.cards import AwayToday
from firegrid_app.supervision.cards import DueCall, StripDay, WalkRow
from firegrid_app.supervision.checks_part import check_form
from firegrid_app.supervision.state import WalksState
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of


def grid_row(row: rx.Var[WalkRow]) -> rx.Component:
    """A grid in the list."""
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.name, class_name="fg-grow"),
            rx.el.span(
                t_of("supervision.progress.", row.progress),
                class_name=rx.match(
                    row.progress,
                    ("late", "fg-tag fg-tag-warn"),
                    ("done", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            rx.cond(
                row.target > 0,
                t("desk.minutes_of", minutes=row.minutes, target=row.target),
                t("desk.minutes", minutes=row.minutes),
            ),
            rx.cond((row.started != "") | ~row.listed, " · ", ""),
            rx.cond(
                row.started != "",
                t("supervision.started", time=row.started, names=row.walkers),
                rx.cond(row.listed, rx.fragment(), t("supervision.usual", time=row.usual)),
            ),
        ),
        rx.cond(row.listed, _by_list(row)),
        rx.cond(as_var(row.away).length() > 0, _away(row)),
        rx.el.ol(rx.foreach(row.days, _day), class_name="fg-week"),
        rx.cond(
            WalksState.checked == row.code,
            check_form(),
            rx.cond(
                WalksState.view.may_supervise,
                rx.el.button(
                    t("supervision.check"),
                    type="button",
                    class_name="fg-button fg-button-small fg-button-quiet",
                    disabled=is_offline,
                    on_click=WalksState.ask_check(row.code).temporal,
                ),
            ),
        ),
        key=row.code,
    )


def _by_list(row: rx.Var[WalkRow]) -> rx.Component:
    """Who begins by the duty list, to be called."""
    return rx.el.p(
        rx.cond(
            as_var(row.due).length() > 0,
            t("supervision.listed", time=row.usual),
            rx.cond(row.nobody_left, t("supervision.nobody_left"), t("supervision.not_listed")),
        ),
        rx.foreach(as_var(row.due), _call),
        class_name="fg-row",
    )


def _away(row: rx.Var[WalkRow]) -> rx.Component:
    """Who is sent elsewhere or on leave: nobody calls them."""
    return rx.el.p(
        t("supervision.away"), rx.foreach(as_var(row.away), _gone), class_name="fg-muted"
    )


def _gone(one: rx.Var[AwayToday]) -> rx.Component:
    return rx.el.span(
        one.name,
        t("supervision.away_until", day=one.last),
        rx.cond(one.why != "", rx.fragment(" ", t_of("rota.why.", one.why))),
        rx.cond(one.words != "", " · " + one.words, ""),
        " ",
        key=one.name,
    )


def _call(one: rx.Var[DueCall]) -> rx.Component:
    return rx.cond(
        one.phone != "",
        rx.el.a(
            one.name,
            href="tel:" + one.phone,
            aria_label=t("supervision.call", name=one.name),
            class_name="fg-button fg-button-small fg-button-quiet",
            key=one.name,
        ),
        rx.el.span(one.name, key=one.name),
    )


def _day(day: rx.Var[StripDay]) -> rx.Component:
    return rx.el.li(
        rx.el.span(as_var(day.minutes).to_string(), class_name="fg-number"),
        rx.el.span(
            rx.el.span(style={"height": as_var(day.share).to_string() + "%"}),
            class_name="fg-week-bar fg-week-low",
            custom_attrs={"data-workday": day.is_workday},
        ),
        rx.el.small(t_of("desk.weekday_short.", day.weekday)),
        key=day.label,
        aria_label=t(
            "supervision.day_minutes",
            day=day.label,
            minutes=day.minutes,
            kind=rx.cond(day.is_workday, t("desk.workday"), t("desk.rest_day")),
        ),
    )
