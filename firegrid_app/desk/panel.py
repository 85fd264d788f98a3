"""The panel of one grid: who holds it, its minutes, open hazards and the steps, today's records."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.cards import HolderCard
from firegrid_app.desk.cards import DayMinutes, KnockLine, ShoutLine
from firegrid_app.desk.grid_list import date_of, last_walk, standing_tag, when
from firegrid_app.desk.hazard_item import hazard_item
from firegrid_app.desk.panel_state import GridState
from firegrid_app.desk.shout_item import shout_item
from firegrid_app.ui.pieces import Panel, is_offline
from firegrid_app.ui.text import as_var, t, t_of, t_said


def grid_panel() -> rx.Component:
    """Nothing while no grid is open."""
    return rx.cond(
        GridState.code != "",
        Panel.create(
            rx.cond(
                is_offline,
                rx.el.p(
                    t("desk.offline_no_change"),
                    class_name="fg-banner fg-banner-warn",
                    role="status",
                ),
            ),
            rx.cond(
                GridState.said.code != "",
                rx.el.p(
                    t_said(GridState.said), class_name="fg-banner fg-banner-danger", role="alert"
                ),
                rx.cond(
                    _is_here(), _detail(), rx.el.div(class_name="fg-ghost", aria_hidden="true")
                ),
            ),
            key=GridState.code,
            label=rx.cond(_is_here(), GridState.detail.name, t("desk.opening")),
            heading=GridState.detail.parent,
            close_label=t("desk.close"),
            on_close=GridState.close,
        ),
    )


def _is_here() -> rx.Var[bool]:
    return GridState.detail.code != ""


def _detail() -> rx.Component:
    grid = as_var(GridState.detail)
    return rx.fragment(
        rx.el.div(
            standing_tag(grid.standing),
            rx.el.p(
                rx.el.strong(
                    rx.cond(
                        grid.target > 0,
                        t("desk.minutes_of", minutes=grid.minutes, target=grid.target),
                        t("desk.minutes", minutes=grid.minutes),
                    )
                ),
                " · ",
                last_walk(grid.walked),
            ),
            class_name="fg-part",
        ),
        _part(
            t("desk.holders"),
            rx.cond(
                grid.holders.length() > 0,
                rx.el.ul(rx.foreach(grid.holders, _holder), class_name="fg-list"),
                rx.el.p(t("desk.nobody"), class_name="fg-muted"),
            ),
        ),
        _part(
            t("desk.week"),
            rx.el.ol(rx.foreach(grid.days, _day), class_name="fg-week"),
        ),
        _part(
            t("desk.open_hazards", count=grid.open),
            rx.cond(
                GridState.done != "",
                rx.el.p(
                    t_of("desk.done.", GridState.done),
                    class_name="fg-toast fg-toast-passing",
                    role="status",
                ),
            ),
            rx.cond(
                grid.open > 0,
                rx.el.ul(rx.foreach(grid.hazards, hazard_item), class_name="fg-hazards"),
                rx.el.p(t("desk.no_hazards"), class_name="fg-muted"),
            ),
            rx.cond(
                grid.open > grid.hazards.length(),
                rx.el.p(
                    t("desk.more_hazards", count=grid.open - grid.hazards.length()),
                    class_name="fg-muted",
                ),
            ),
        ),
        _part(
            t("desk.knocks_today", count=grid.knocked_doors),
            rx.cond(
                grid.knocks.length() > 0,
                rx.el.ul(rx.foreach(grid.knocks, _knock), class_name="fg-list"),
                rx.el.p(t("desk.no_knocks"), class_name="fg-muted"),
            ),
        ),
        _part(
            t("desk.shouts_today", count=grid.shouts.length()),
            rx.cond(
                grid.shouts.length() > 0,
                rx.el.ul(rx.foreach(grid.shouts, _shout), class_name="fg-list"),
                rx.el.p(t("desk.no_shouts"), class_name="fg-muted"),
            ),
            rx.el.a(
                t("desk.shouts_before"), href=routes.desk_shouts(grid.code), class_name="fg-link"
            ),
        ),
        rx.el.a(
            t("desk.board"),
            href=grid.board,
            target="_blank",
            class_name="fg-button fg-button-wide",
        ),
    )


def _part(title: rx.Var[str], *children: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h3(title), *children, class_name="fg-part")


def _holder(holder: rx.Var[HolderCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(holder.name),
            " ",
            rx.el.span(t_of("access.role.", holder.role), class_name="fg-muted"),
            rx.cond(
                holder.switched_off,
                rx.el.span(" · ", t("access.is_off"), class_name="fg-bad"),
            ),
        ),
        rx.cond(
            holder.phone.contains("*"),
            rx.el.span(holder.phone, class_name="fg-number fg-muted"),
            rx.el.a(holder.phone, href="tel:" + holder.phone, class_name="fg-bar-link fg-number"),
        ),
        class_name="fg-row fg-row-apart",
    )


def _day(day: rx.Var[DayMinutes]) -> rx.Component:
    return rx.el.li(
        rx.el.span(day.minutes.to_string(), class_name="fg-number"),
        rx.el.span(
            rx.el.span(style={"height": day.share.to_string() + "%"}),
            class_name="fg-week-bar",
            custom_attrs={"data-workday": day.is_workday},
        ),
        rx.el.small(t_of("desk.weekday_short.", day.day.weekday)),
        aria_label=t("desk.day_minutes", day=date_of(day.day), minutes=day.minutes),
    )


def _knock(knock: rx.Var[KnockLine]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(knock.building, " ", knock.door),
        " · ",
        t_of("visits.outcome.", knock.outcome),
        rx.cond(knock.off_register, " · " + t("desk.off_register"), ""),
        rx.el.p(when(knock.at), " · ", knock.person_name, class_name="fg-muted"),
    )


def _shout(shout: rx.Var[ShoutLine]) -> rx.Component:
    return shout_item(shout, when(shout.at))
