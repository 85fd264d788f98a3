"""The list of the desk: tallies to narrow it, a search, one page of rows."""

import reflex as rx

from firegrid_app.desk.cards import Day, DeskRow, Tally, When
from firegrid_app.desk.panel_state import GridState
from firegrid_app.desk.state import DeskState
from firegrid_app.ui.lists import chip, page_turner, search_field
from firegrid_app.ui.text import as_var, t, t_of


def when(moment: rx.Var[When]) -> rx.Var[str]:
    """A moment in words: today at …, yesterday at …, on a day, never."""
    return t_of(
        "desk.when.",
        moment.day,
        month=t_of("desk.month.", moment.month),
        date=moment.date,
        time=moment.time,
    )


def date_of(day: rx.Var[Day]) -> rx.Var[str]:
    """A day without its year."""
    return t("desk.date", month=t_of("desk.month.", day.month), date=day.date)


def last_walk(moment: rx.Var[When]) -> rx.Var[str]:
    """When a grid was last walked, in words."""
    return rx.cond(
        moment.day == "never", t("desk.when.never"), t("desk.last_walk", when=when(moment))
    )


def mark(standing: rx.Var[str]) -> rx.Component:
    """The square of a standing: colour, pattern and mark as the map paints them."""
    return rx.el.span(
        class_name="fg-mark", custom_attrs={"data-standing": standing}, aria_hidden="true"
    )


def standing_tag(standing: rx.Var[str], words: rx.Var[str] | None = None) -> rx.Component:
    """A standing as a square and its word, the one of today unless another is given."""
    said = t_of("desk.standing.", standing) if words is None else words
    return rx.el.span(mark(standing), said, class_name="fg-standing")


def standing_words(standing: rx.Var[str]) -> rx.Var[str]:
    """A standing in words: "today" is said of today only."""
    return rx.cond(
        as_var(DeskState.head).is_today & ~as_var(DeskState.week),
        t_of("desk.standing.", standing),
        t_of("desk.standing_then.", standing),
    )


def tallies() -> rx.Component:
    """How many grids stand how; each narrows the list to its own."""
    return rx.el.div(
        _chip("", t("desk.all"), as_var(DeskState.head.grids), rx.fragment()),
        rx.foreach(DeskState.tallies, _tally),
        class_name="fg-chips",
        role="group",
        aria_label=t("desk.narrow"),
    )


def _tally(tally: rx.Var[Tally]) -> rx.Component:
    return _chip(
        tally.standing,
        standing_words(tally.standing),
        tally.grids,
        mark(tally.standing),
    )


def _chip(
    standing: rx.Var[str] | str, word: rx.Var[str], count: rx.Var[int], shape: rx.Component
) -> rx.Component:
    return chip(
        shape,
        rx.el.span(word),
        rx.el.strong(as_var(count).to_string(), class_name="fg-number"),
        chosen=DeskState.chosen == standing,
        on_click=DeskState.narrow(standing).temporal,
    )


def grid_list() -> rx.Component:
    """Search, rows, pages."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("desk.list", count=DeskState.matches)),
            search_field(
                DeskState.words,
                t("desk.search_hint"),
                t("desk.search"),
                DeskState.search,
                key="search" + as_var(DeskState.fresh).to_string(),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            DeskState.matches > 0,
            rx.el.ul(rx.foreach(DeskState.rows, _row), class_name="fg-rows"),
            _none(),
        ),
        page_turner(
            as_var(DeskState.page),
            as_var(DeskState.pages),
            lambda page: DeskState.turn(page).temporal,
        ),
        rx.el.p(t("desk.points_how"), class_name="fg-muted"),
        class_name="fg-card fg-desk-list",
    )


def _none() -> rx.Component:
    return rx.el.div(
        rx.cond(
            DeskState.head.grids > 0,
            rx.fragment(
                rx.el.p(t("desk.no_match")),
                rx.el.button(
                    t("desk.show_all"),
                    type="button",
                    class_name="fg-button",
                    on_click=[DeskState.show_all.temporal],
                ),
            ),
            rx.el.p(t("desk.no_grids")),
        ),
        class_name="fg-empty",
    )


def _row(row: rx.Var[DeskRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(row.name, class_name="fg-row-name"),
            standing_tag(row.standing, standing_words(row.standing)),
            rx.el.span(
                _minutes(row),
                " · ",
                last_walk(row.walked),
                class_name="fg-row-line",
            ),
            rx.cond(
                row.open > 0,
                rx.el.span(
                    rx.cond(
                        row.overdue > 0,
                        t("desk.hazards_overdue", open=row.open, overdue=row.overdue),
                        t("desk.hazards", open=row.open),
                    ),
                    class_name=rx.cond(row.overdue > 0, "fg-row-line fg-bad", "fg-row-line"),
                ),
            ),
            rx.el.span(
                rx.cond(row.holders != "", row.holders, t("desk.nobody")),
                rx.cond(row.knocks > 0, " · " + t("desk.knocks", count=row.knocks), ""),
                rx.cond(row.shouts > 0, " · " + t("desk.shouts", count=row.shouts), ""),
                rx.cond(row.doors_left > 0, " · " + t("desk.doors_left", count=row.doors_left), ""),
                rx.cond(
                    row.points_left > 0,
                    " · " + t("desk.points_left", left=row.points_left, points=row.points),
                    "",
                ),
                class_name="fg-row-line fg-muted",
            ),
            type="button",
            class_name="fg-desk-row",
            aria_current=rx.cond(GridState.code == row.code, "true", "false"),
            on_click=GridState.open_grid(row.code).temporal,
        ),
        key=row.code,
    )


def _minutes(row: rx.Var[DeskRow]) -> rx.Var[str]:
    return rx.cond(
        row.target > 0,
        t("desk.minutes_of", minutes=row.minutes, target=row.target),
        t("desk.minutes", minutes=row.minutes),
    )
