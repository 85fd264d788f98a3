"""A warning opened at the desk: its words, receipts by level and grid, trail, what can be done."""

import reflex as rx

from firegrid_app.alerts.cards import LevelRow, ReceiptRow, TaskLine, TrailChange, TrailLine
from firegrid_app.alerts.state import LATE, AlertsState
from firegrid_app.ui.pieces import count_chip, form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of

_STANDINGS = ("unseen", "seen", "passed_on", "done", LATE)


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
        rx.cond(view.line.may_change, _changing()),
        _levels(),
        _receipts(),
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


def _levels() -> rx.Component:
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


def _receipts() -> rx.Component:
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
        key=row.code,
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


def _changing() -> rx.Component:
    return rx.match(
        AlertsState.changing,
        ("correct", _correct_form()),
        ("lift", _lift_form()),
        rx.el.div(
            *(
                rx.el.button(
                    t(f"alerts.{what}"),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=AlertsState.begin(what),
                )
                for what in ("correct", "lift")
            ),
            class_name="fg-row",
        ),
    )


def _correct_form() -> rx.Component:
    view = as_var(AlertsState.view)
    return rx.el.form(
        rx.el.h3(t("alerts.correct")),
        field("title", default_value=view.line.title, max_length=60),
        words_field(default_value=view.words),
        rx.el.div(
            field("issuer", default_value=view.line.issuer, max_length=60),
            field("number", default_value=view.line.number, max_length=60),
            field("ends_at", type="datetime-local", default_value=view.ends_on),
            field("deadline_at", type="datetime-local", default_value=view.deadline_on),
            class_name="fg-form-row",
        ),
        check("anew", checked=True),
        rx.el.p(t("alerts.anew_more"), class_name="fg-muted"),
        field("why", max_length=200),
        form_end(AlertsState.form_said, t("alerts.save"), t("alerts.leave"), AlertsState.begin("")),
        on_submit=AlertsState.correct.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )


def _lift_form() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t("alerts.lift")),
        rx.el.p(t("alerts.lift_more")),
        field("why", max_length=200),
        form_end(
            AlertsState.form_said, t("alerts.lift_now"), t("alerts.leave"), AlertsState.begin("")
        ),
        on_submit=AlertsState.lift.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def field(name: str, **more: object) -> rx.Component:
    """A field of a form below its label."""
    return rx.el.label(
        t(f"alerts.field.{name}"),
        rx.el.input(name=name, class_name="fg-input", **more),
        class_name="fg-field",
    )


def words_field(**more: object) -> rx.Component:
    """What is read out."""
    return rx.el.label(
        t("alerts.field.words"),
        rx.el.textarea(name="words", class_name="fg-input", rows="4", max_length=300, **more),
        class_name="fg-field",
    )


def check(name: str, *, checked: bool | rx.Var[bool], **more: object) -> rx.Component:
    """Yes or no."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked, **more),
        " ",
        t(f"alerts.field.{name}"),
        class_name="fg-row",
    )
