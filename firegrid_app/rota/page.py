"""The page of duty lists: a month day by day, drawn up, copied, changed by a tap, printed."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.rota.away_view import away_part
from firegrid_app.rota.cards import SwapLine
from firegrid_app.rota.day_view import day_line
from firegrid_app.rota.draw_view import draw_form
from firegrid_app.rota.state import RotaState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import TakeFile, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def rota() -> rx.Component:
    """The whole page."""
    return desk_page(
        "rota.title",
        phased(RotaState, _ready()),
        tab=routes.ROTA,
    )


def _ready() -> rx.Component:
    view = as_var(RotaState.view)
    return rx.fragment(
        refusal_line(RotaState.said),
        view_head(RotaState, named=lambda pick: (pick[0], pick[1])),
        _months(),
        rx.cond(
            view.calendar_known,
            rx.fragment(),
            rx.el.p(t("rota.calendar_unknown"), class_name="fg-banner fg-banner-warn"),
        ),
        _drawn(),
        rx.cond(view.may_set & view.is_near, _ways()),
        rx.cond(RotaState.drawing, draw_form()),
        rx.el.section(
            rx.cond(
                view.count > 0,
                rx.fragment(),
                rx.el.p(
                    rx.cond(view.may_set, t("rota.none_yet"), t("rota.none")),
                    class_name="fg-empty",
                ),
            ),
            rx.el.ul(rx.foreach(RotaState.view.days, day_line), class_name="fg-list"),
            class_name="fg-card",
        ),
        rx.cond(view.swaps.length() > 0, _swaps()),
        rx.cond(view.may_set, away_part()),
        rx.cond(
            view.may_set,
            rx.el.div(
                TakeFile.create(
                    kind="rota", grid=view.code, on_done=RotaState.load.temporal, key=view.code
                ),
                class_name="fg-card",
            ),
        ),
        rx.cond(view.may_show, _board()),
        rx.el.p(t("rota.no_clocking_in"), class_name="fg-muted"),
    )


def _months() -> rx.Component:
    view = as_var(RotaState.view)

    def step(month: rx.Var[str], key: str) -> rx.Component:
        return rx.el.button(
            t(key),
            type="button",
            class_name="fg-button fg-button-small",
            disabled=is_offline,
            on_click=RotaState.go(month).temporal,
        )

    return rx.el.nav(
        step(view.before, "rota.month_before"),
        rx.el.strong(view.month, class_name="fg-number"),
        step(view.after, "rota.month_after"),
        class_name="fg-row fg-row-apart",
        aria_label=t("rota.months"),
    )


def _ways() -> rx.Component:
    view = as_var(RotaState.view)
    return rx.el.div(
        rx.el.button(
            t("rota.draw"),
            type="button",
            class_name="fg-button fg-button-primary",
            disabled=is_offline,
            on_click=RotaState.ask_draw,
        ),
        rx.cond(
            view.count > 0,
            rx.el.a(t("rota.print"), href=view.sheet, target="_blank", class_name="fg-button"),
        ),
        class_name="fg-row",
    )


def _drawn() -> rx.Component:
    drawn = as_var(RotaState.drawn)
    return rx.cond(
        drawn.made >= 0,
        rx.el.p(
            t("rota.drawn", made=drawn.made),
            rx.cond(drawn.replaced > 0, " " + t("rota.replaced", count=drawn.replaced), ""),
            rx.cond(drawn.empty > 0, " " + t("rota.empty", count=drawn.empty), ""),
            class_name=rx.cond(
                drawn.empty > 0, "fg-banner fg-banner-warn", "fg-banner fg-banner-ok"
            ),
            role="status",
        ),
    )


def _swaps() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("rota.swaps")),
        rx.el.ul(rx.foreach(RotaState.view.swaps, _swap), class_name="fg-list"),
        class_name="fg-card",
    )


def _swap(swap: rx.Var[SwapLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                swap.other != "",
                t(
                    "rota.swap_exchange",
                    one=swap.asked_by,
                    shift=swap.shift,
                    other=swap.asked_of,
                    other_shift=swap.other,
                ),
                t("rota.swap_step_in", one=swap.asked_by, shift=swap.shift, other=swap.asked_of),
            ),
            rx.el.span(t_of("rota.answer.", swap.answer), class_name="fg-tag"),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(swap.words != "", rx.el.p(swap.words, class_name="fg-muted")),
        key=swap.id.to_string(),
    )


def _board() -> rx.Component:
    shown = as_var(RotaState.view).on_board
    return rx.el.section(
        rx.el.h2(t("rota.board")),
        rx.el.p(t("rota.board_more"), class_name="fg-muted"),
        rx.el.button(
            rx.cond(shown, t("rota.board_off"), t("rota.board_on")),
            type="button",
            class_name="fg-button fg-button-small",
            aria_pressed=rx.cond(shown, "true", "false"),
            disabled=is_offline,
            on_click=RotaState.show_boards(~shown).temporal,
        ),
        class_name="fg-card",
    )
