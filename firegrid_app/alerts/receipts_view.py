"""Receipts of a warning at the desk: in sums a level down, and grid by grid."""

import reflex as rx

from firegrid_app.alerts.cards import LevelRow, ReceiptRow
from firegrid_app.alerts.state import LATE, AlertsState
from firegrid_app.desk.shout_item import came_along
from firegrid_app.ui.lists import count_chip
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of

_STANDINGS = ("unseen", "seen", "passed_on", "done", LATE)


def levels() -> rx.Component:
    """One level down; each opens. What was called out for the grid itself stands beside."""
    view = as_var(AlertsState.view)
    return rx.cond(
        view.levels.length() > 0,
        rx.el.div(
            rx.el.h3(t("alerts.by_level")),
            rx.el.ul(rx.foreach(AlertsState.view.levels, _level), class_name="fg-list"),
            rx.cond(
                view.own_reached > 0,
                rx.el.p(
                    t("alerts.own_reached", name=view.name, count=view.own_reached),
                    class_name="fg-muted",
                ),
            ),
        ),
    )


def _level(row: rx.Var[LevelRow]) -> rx.Component:
    tally = as_var(row.tally)
    return rx.el.li(
        rx.el.button(
            rx.el.strong(row.name),
            rx.el.span(
                t(
                    "alerts.sums",
                    grids=tally.grids,
                    told=tally.passed_on + tally.done,
                    seen=tally.seen,
                    unseen=tally.unseen,
                    reached=tally.reached,
                ),
                rx.cond(tally.late > 0, " · " + t("alerts.late_count", count=tally.late), ""),
            ),
            type="button",
            class_name="fg-button fg-button-quiet fg-button-wide fg-figures-line",
            disabled=is_offline,
            on_click=AlertsState.pick(row.code).temporal,
        ),
        key=row.code,
    )


def receipts() -> rx.Component:
    """Grid by grid, narrowed by where they stand."""
    view = as_var(AlertsState.view)
    return rx.el.div(
        rx.el.h3(t("alerts.receipts", count=view.tally.grids)),
        rx.el.div(
            *(_chip(standing) for standing in _STANDINGS),
            class_name="fg-row",
            role="group",
            aria_label=t("alerts.narrow"),
        ),
        rx.cond(
            view.rows.length() > 0,
            rx.el.ul(rx.foreach(AlertsState.view.rows, _row), class_name="fg-list"),
            rx.el.p(t("alerts.no_rows"), class_name="fg-empty"),
        ),
        rx.cond(
            view.matches > view.rows.length(),
            rx.el.p(
                t("alerts.more_rows", count=view.matches - view.rows.length()),
                class_name="fg-muted",
            ),
        ),
    )


def _chip(standing: str) -> rx.Component:
    count = getattr(as_var(AlertsState.view).tally, standing)
    return rx.cond(
        (count > 0) | (AlertsState.chosen == standing),
        count_chip(
            t(f"alerts.standing.{standing}"),
            count,
            chosen=AlertsState.chosen == standing,
            on_click=AlertsState.narrow(standing).temporal,
        ),
    )


def _row(row: rx.Var[ReceiptRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.name, class_name="fg-grow"),
            rx.cond(
                row.late, rx.el.span(t("alerts.standing.late"), class_name="fg-tag fg-tag-danger")
            ),
            rx.el.span(
                t_of("alerts.standing.", row.standing),
                class_name=rx.match(
                    row.standing,
                    ("passed_on", "fg-tag fg-tag-ok"),
                    ("done", "fg-tag fg-tag-ok"),
                    ("seen", "fg-tag"),
                    "fg-tag fg-tag-warn",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            row.parent,
            rx.cond(row.unheld, " · " + t("alerts.unheld"), ""),
            rx.cond(row.seen != "", " · " + t("alerts.seen_at", time=row.seen), ""),
            rx.cond(
                row.passed != "",
                " · "
                + t("alerts.passed_at", time=row.passed, name=row.passer)
                + " · "
                + t_of("shouts.means.", row.means),
                "",
            ),
            rx.cond(row.reached > 0, " · " + t("alerts.reached", count=row.reached), ""),
            rx.cond(
                row.tasks_asked > 0,
                " · " + t("alerts.tasks_done", done=row.tasks_done, asked=row.tasks_asked),
                "",
            ),
            class_name="fg-muted",
        ),
        rx.cond(
            (as_var(row.photos).length() > 0) | (as_var(row.sounds).length() > 0),
            rx.el.details(
                rx.el.summary(t("alerts.came_along")),
                came_along(row.photos, row.sounds),
            ),
        ),
        key=row.code,
    )
