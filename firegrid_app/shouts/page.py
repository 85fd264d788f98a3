"""The desk's table of the five entries: who was reached when, with what; the unreached first."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.shouts.cards import EntryRow, EntryTally
from firegrid_app.shouts.period_form import period_form
from firegrid_app.shouts.state import EntriesState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, page_turner, view_head
from firegrid_app.ui.pieces import file_link, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def entries() -> rx.Component:
    """The whole page."""
    return desk_page("entries.title", phased(EntriesState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    view = as_var(EntriesState.view)
    return rx.fragment(
        refusal_line(EntriesState.said),
        view_head(
            EntriesState,
            rx.el.a(t("entries.to_places"), href=routes.DESK_PLACES, class_name="fg-link"),
            rx.el.a(t("entries.to_log"), href=routes.DESK_SHOUTS, class_name="fg-link"),
            rx.cond(
                view.may_word,
                rx.el.a(t("scripts.to_scripts"), href=routes.DESK_SCRIPTS, class_name="fg-link"),
            ),
            named=lambda pick: (pick[0], pick[1]),
        ),
        period_form(EntriesState),
        rx.el.p(
            *(
                file_link(
                    t(f"entries.keep.{kind}"),
                    href="/entries/"
                    + view.code
                    + f".{kind}?first="
                    + view.first
                    + "&last="
                    + view.last,
                    class_name="fg-button fg-button-small fg-button-quiet",
                )
                for kind in ("xlsx", "csv")
            ),
            class_name="fg-row",
        ),
        rx.el.div(
            rx.foreach(EntriesState.view.tallies, _tally),
            class_name="fg-chips",
            role="group",
            aria_label=t("entries.title"),
        ),
        rx.el.section(
            rx.foreach(EntriesState.view.tallies, _sum),
            rx.cond(
                view.rows.length() > 0,
                rx.el.ul(rx.foreach(EntriesState.view.rows, _row), class_name="fg-list"),
                rx.el.p(t("entries.none"), class_name="fg-empty"),
            ),
            page_turner(
                as_var(view.page), as_var(view.pages), lambda page: EntriesState.turn(page).temporal
            ),
            rx.el.p(t("entries.more"), class_name="fg-muted"),
            class_name="fg-card",
        ),
    )


def _tally(tally: rx.Var[EntryTally]) -> rx.Component:
    return count_chip(
        t_of("entries.entry.", tally.entry),
        t("entries.reached", reached=tally.reached, of=tally.of),
        chosen=EntriesState.view.entry == tally.entry,
        on_click=EntriesState.choose(tally.entry).temporal,
        key=tally.entry,
    )


def _sum(tally: rx.Var[EntryTally]) -> rx.Component:
    return rx.cond(
        EntriesState.view.entry == tally.entry,
        rx.el.p(
            rx.el.strong(
                t(
                    "entries.sum",
                    times=tally.times,
                    people=tally.people,
                    leaflets=tally.leaflets,
                    cards=tally.cards,
                )
            )
        ),
    )


def _row(row: EntryRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.name, class_name="fg-grow"),
            rx.cond(
                row.doors > 0,
                rx.el.span(t("entries.met", met=row.met, doors=row.doors), class_name="fg-tag"),
            ),
            rx.cond(
                row.times > 0,
                rx.el.span(
                    t("entries.times", times=row.times, day=row.last_on),
                    class_name="fg-tag fg-tag-ok",
                ),
                rx.el.span(t("entries.not_reached"), class_name="fg-tag fg-tag-warn"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(row.grid_name != "", rx.el.p(row.grid_name, class_name="fg-muted")),
        key=row.grid_name + row.name,
    )
