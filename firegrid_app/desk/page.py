"""The desk: figures and tallies above, the map left, the list right; on a phone the list first."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.files_view import map_files
from firegrid_app.desk.grid_list import date_of, grid_list, tallies, when
from firegrid_app.desk.panel import grid_panel
from firegrid_app.desk.panel_state import GridState
from firegrid_app.desk.state import DeskState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import grid_picker, refresh_button
from firegrid_app.ui.pieces import (
    DaySlider,
    DeskPulse,
    MapFrame,
    file_link,
    is_offline,
    refusal_line,
)
from firegrid_app.ui.text import as_var, grouped, t, t_of, t_said

REFRESH_SECONDS = 60


def desk() -> rx.Component:
    """The whole page."""
    return desk_page(
        "desk.title",
        rx.match(
            DeskState.phase,
            ("ready", _ready()),
            ("broken", _broken()),
            _loading(),
        ),
        tab=routes.DESK,
    )


def _loading() -> rx.Component:
    return rx.el.section(
        _pulse(),
        rx.el.p(t("desk.loading"), class_name="fg-empty", role="status"),
        *(rx.el.div(class_name="fg-ghost", aria_hidden="true") for _ in range(4)),
        class_name="fg-page-part",
        aria_busy="true",
    )


def _broken() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("desk.broken")),
        rx.el.p(t_said(DeskState.said)),
        rx.el.button(
            t("desk.again"),
            type="button",
            class_name="fg-button fg-button-primary",
            on_click=DeskState.load.temporal,
        ),
        class_name="fg-card fg-empty",
        role="alert",
    )


def _ready() -> rx.Component:
    return rx.fragment(
        rx.cond(DeskState.head.pilot, rx.el.p(t("ui.pilot"), class_name="fg-banner")),
        _head(),
        refusal_line(DeskState.said),
        _then(),
        _backup(),
        _reports(),
        _figures(),
        tallies(),
        rx.el.div(
            rx.el.div(
                MapFrame.create(
                    src=routes.map_frame(DeskState.code),
                    stamp=DeskState.head.stamp,
                    selected=GridState.code,
                    day=DeskState.day,
                    week=DeskState.week,
                    on_grid=GridState.open_grid,
                ),
                class_name="fg-desk-map",
            ),
            grid_list(),
            class_name="fg-desk",
        ),
        rx.cond(
            as_var(DeskState.head).may_draw,
            file_link(
                t("desk.draw"),
                href=routes.draw_grids(DeskState.code),
                class_name="fg-button fg-button-quiet",
            ),
        ),
        map_files(),
        rx.cond(
            as_var(DeskState.head).has_log,
            file_link(
                t("duties.work_log"),
                href=routes.work_log(DeskState.code),
                class_name="fg-button fg-button-quiet",
            ),
        ),
        rx.el.a(t("handover.title"), href=routes.TAKE_IN, class_name="fg-button fg-button-quiet"),
        grid_panel(),
    )


def _head() -> rx.Component:
    head = as_var(DeskState.head)
    day = t(
        "desk.day",
        year=head.day.year,
        month=t_of("desk.month.", head.day.month),
        date=head.day.date,
        weekday=t_of("desk.weekday.", head.day.weekday),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(head.name, class_name="fg-desk-name"),
            rx.el.p(
                day,
                " · ",
                rx.cond(head.is_workday, t("desk.workday"), t("desk.rest_day")),
            ),
            rx.cond(
                head.calendar_known,
                rx.fragment(),
                rx.el.p(t("desk.calendar_unknown"), class_name="fg-muted"),
            ),
        ),
        DaySlider.create(
            day=DeskState.day,
            earliest=head.earliest,
            today=head.today,
            week=DeskState.week,
            offline=is_offline,
            on_day=DeskState.go_to_day.temporal,
            on_week=DeskState.set_week.temporal,
        ),
        rx.el.div(
            _pulse(),
            _picker(),
            refresh_button(DeskState.refresh.temporal, GridState.refresh.temporal),
            class_name="fg-row fg-desk-tools",
        ),
        class_name="fg-desk-head",
    )


def _then() -> rx.Component:
    """Said aloud where the figures are not of today."""
    head = as_var(DeskState.head)
    return rx.cond(
        DeskState.week,
        rx.el.p(
            t("desk.week_then", first=date_of(head.first), day=date_of(head.day)),
            class_name="fg-banner",
        ),
        rx.cond(
            head.is_today,
            rx.fragment(),
            rx.el.p(t("desk.then", day=date_of(head.day)), class_name="fg-banner"),
        ),
    )


def _pulse() -> rx.Component:
    return DeskPulse.create(
        stamp=DeskState.head.stamp,
        time=DeskState.head.as_of,
        every=REFRESH_SECONDS,
        offline=is_offline,
        on_tick=[DeskState.refresh.temporal, GridState.refresh.temporal],
    )


def _picker() -> rx.Component:
    return rx.cond(
        as_var(DeskState.picks).length() > 1,
        grid_picker(DeskState.picks, DeskState.code, DeskState.pick.temporal),
    )


def _reports() -> rx.Component:
    """Residents wait for an answer: how many, and how many too long."""
    head = as_var(DeskState.head)
    return rx.cond(
        head.reports > 0,
        rx.el.a(
            t("reports.waiting_badge", count=head.reports),
            rx.cond(
                head.reports_late > 0, " · " + t("reports.late_badge", count=head.reports_late), ""
            ),
            href=routes.REPORTS,
            class_name=rx.cond(
                head.reports_late > 0,
                "fg-banner fg-banner-danger",
                "fg-banner fg-banner-warn",
            ),
        ),
    )


def _backup() -> rx.Component:
    """For who answers for the server: no backup is made, since when and why."""
    fault = as_var(DeskState.backup)
    return rx.cond(
        fault.why != "",
        rx.el.p(
            t("desk.backup.failed", since=when(fault.since)),
            t_of("desk.backup.why.", fault.why),
            rx.cond(
                fault.last.day == "never",
                t("desk.backup.none"),
                t("desk.backup.last", when=when(fault.last)),
            ),
            class_name="fg-banner fg-banner-warn",
        ),
    )


def _figures() -> rx.Component:
    head = as_var(DeskState.head)
    return rx.el.dl(
        _figure("desk.figure.minutes", head.minutes),
        _figure("desk.figure.knocks", head.knocks),
        _figure("desk.figure.shouts", head.shouts),
        _figure("desk.figure.doors_left", head.doors_left),
        _figure("desk.figure.points_left", head.points_left),
        _figure("desk.figure.open", head.open),
        _figure(
            "desk.figure.overdue", head.overdue, rx.cond(head.overdue > 0, "fg-figure-bad", "")
        ),
        class_name="fg-figures fg-figures-desk",
    )


def _figure(key: str, value: rx.Var, more: rx.Var | str = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(t(key), class_name="fg-muted"),
        rx.el.dd(rx.el.strong(grouped(value))),
        class_name=["fg-figure", more],
    )
