"""A warning opened at the desk: its words and tasks, receipts, trail, what can be done."""

import reflex as rx

from firegrid_app.alerts.cards import TaskLine, TrailChange, TrailLine
from firegrid_app.alerts.change_forms import changing
from firegrid_app.alerts.receipts_view import levels, receipts
from firegrid_app.alerts.state import AlertsState
from firegrid_app.ui.text import as_var, t, t_of


def detail() -> rx.Component:
    """All about the one that is open."""
    view = as_var(AlertsState.view)
    return rx.el.div(
        rx.el.p(
            t_of("alerts.kind.", view.line.kind),
            " · ",
            t("alerts.period", start=view.line.starts, end=view.line.ends),
            rx.cond(view.line.issuer != "", " · " + view.line.issuer, ""),
            rx.cond(view.line.number != "", " · " + view.line.number, ""),
            " · ",
            t("alerts.issued_in", name=view.line.grid_name),
            class_name="fg-muted",
        ),
        rx.el.blockquote(view.words, class_name="fg-alert-words"),
        rx.cond(
            view.line.to_residents,
            rx.fragment(),
            rx.el.p(t("alerts.not_to_residents"), class_name="fg-muted"),
        ),
        rx.cond(view.line.edition > 1, rx.el.p(t("alerts.edition", edition=view.line.edition))),
        _tasks(),
        rx.cond(view.line.may_change, changing()),
        levels(),
        receipts(),
        _trail(),
        class_name="fg-part",
    )


def _tasks() -> rx.Component:
    return rx.cond(
        as_var(AlertsState.view.tasks).length() > 0,
        rx.el.div(
            rx.el.h3(t("alerts.tasks")),
            rx.el.ul(rx.foreach(AlertsState.view.tasks, _task), class_name="fg-list"),
        ),
    )


def _task(task: rx.Var[TaskLine]) -> rx.Component:
    return rx.el.li(
        rx.cond(task.words != "", task.words, t_of("duties.kind.", task.kind)),
        " · ",
        t_of("duties.rhythm.", task.rhythm),
        rx.cond(task.target > 0, " · " + t("duties.target_is", target=task.target), ""),
        key=task.kind + task.words + task.rhythm,
    )


def _trail() -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("alerts.trail")),
        rx.el.ol(rx.foreach(AlertsState.view.trail, _entry), class_name="fg-list"),
    )


def _entry(entry: rx.Var[TrailLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            entry.at,
            " · ",
            t_of("alerts.event.", entry.what),
            rx.cond(entry.who != "", " · " + entry.who, ""),
            rx.cond(entry.note != "", " · " + entry.note, ""),
        ),
        rx.foreach(entry.changes, _changed),
        key=entry.at + entry.what,
    )


def _changed(one: rx.Var[TrailChange]) -> rx.Component:
    return rx.el.p(
        t("alerts.was", field=t_of("alerts.field.", one.field), was=one.was),
        class_name="fg-muted",
        key=one.field,
    )
