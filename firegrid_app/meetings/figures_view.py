"""A period in figures on the page of a meeting: by grid, and hazards by category and grade."""

import reflex as rx

from firegrid_app.meetings.cards import CategoryFigures, Figures, GridFigures
from firegrid_app.ui.text import as_var, grouped, t, t_of

_NUMBERS = ("walks", "minutes", "knocks", "shouts", "found", "closed", "open", "overdue")
_STATES = ("found", "closed", "open", "overdue")


def figures_view(figures: rx.Var[Figures]) -> rx.Component:
    """Nothing for who is asked but may not look into the grid before it is held."""
    shown = as_var(figures)
    return rx.cond(
        shown.first != "",
        rx.fragment(
            rx.el.p(
                t("meetings.period_is", first=shown.first, last=shown.last), class_name="fg-muted"
            ),
            _table(
                rx.foreach(shown.rows, _row),
                (t("meetings.figure.grid"),),
                _NUMBERS,
                rx.el.tr(
                    rx.el.th(t("meetings.sum")),
                    *(_cell(rx.el.th, getattr(shown.total, name)) for name in _NUMBERS),
                ),
            ),
            rx.cond(
                shown.hazards.length() > 0,
                _table(
                    rx.foreach(shown.hazards, _category),
                    (t("meetings.figure.category"), t("meetings.figure.severity")),
                    _STATES,
                ),
            ),
            rx.el.p(
                t(
                    "meetings.duties_are",
                    done=shown.duties_done,
                    overdue=shown.duties_overdue,
                ),
                t("meetings.warnings_are", warnings=shown.warnings, notices=shown.notices),
                class_name="fg-muted",
            ),
        ),
    )


def _table(
    rows: rx.Component,
    words: tuple[rx.Var[str], ...],
    numbers: tuple[str, ...],
    *ends: rx.Component,
) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(rx.el.th(word) for word in words),
                    *(
                        rx.el.th(t(f"meetings.figure.{name}"), class_name="fg-number")
                        for name in numbers
                    ),
                )
            ),
            rx.el.tbody(rows, *ends),
            class_name="fg-table",
        ),
        class_name="fg-scroll",
        tab_index=0,
    )


def _cell(tag: type, value: rx.Var) -> rx.Component:
    return tag(grouped(value), class_name="fg-number")


def _row(row: GridFigures) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.name),
        *(_cell(rx.el.td, getattr(row, name)) for name in _NUMBERS),
        key=row.code,
    )


def _category(row: CategoryFigures) -> rx.Component:
    return rx.el.tr(
        rx.el.td(t_of("hazards.category.", as_var(row.category))),
        rx.el.td(t_of("hazards.severity.", as_var(row.severity))),
        *(_cell(rx.el.td, getattr(row, name)) for name in _STATES),
        key=row.category + row.severity,
    )
