"""The desk's page of hazards: narrowed by what has to be done, searched, given away together."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.grid_list import date_of
from firegrid_app.desk.hazard_item import marks, severity_tag, whose
from firegrid_app.hazards.cards import HazardRow, NotGiven, WhichTally
from firegrid_app.hazards.departments_view import departments_part
from firegrid_app.hazards.filter_view import filter_form, saved_filters, search_bar
from firegrid_app.hazards.inside_view import inside_part
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.one_view import hazard_panel
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.step_view import person_choice
from firegrid_app.hazards.terms_view import terms_part
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import (
    count_chip,
    grid_picker,
    narrowing,
    page_turner,
    refresh_button,
    so_many,
)
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def hazards() -> rx.Component:
    """The whole page."""
    return desk_page(
        "loop.title",
        phased(HazardsState, _ready()),
        tab=routes.DESK_HAZARDS,
    )


def _ready() -> rx.Component:
    view = as_var(HazardsState.view)
    return rx.fragment(
        refusal_line(HazardsState.said),
        rx.cond(
            is_offline,
            rx.el.p(
                t("desk.offline_no_change"), class_name="fg-banner fg-banner-warn", role="status"
            ),
        ),
        rx.el.section(
            rx.el.div(
                rx.el.h2(view.name, class_name="fg-desk-name"),
                rx.el.p(t("desk.as_of", time=view.as_of), class_name="fg-muted"),
                class_name="fg-grow",
            ),
            rx.cond(
                view.picks.length() > 1,
                grid_picker(
                    HazardsState.view.picks,
                    view.code,
                    HazardsState.pick.temporal,
                    named=lambda pick: (pick[0], pick[1]),
                ),
            ),
            refresh_button(HazardsState.load.temporal),
            class_name="fg-desk-head",
        ),
        narrowing(HazardsState.view.tallies, _tally),
        _list(),
        inside_part(),
        terms_part(),
        departments_part(),
        hazard_panel(),
    )


def _tally(tally: rx.Var[WhichTally]) -> rx.Component:
    """Nothing for a narrowing that holds none, but for those one looks for first."""
    chosen = HazardsState.view.which == tally.which
    always = (tally.which == "mine") | (tally.which == "all") | (tally.which == "closed")
    return rx.cond((tally.count > 0) | chosen | always, _chip(tally))


def _chip(tally: rx.Var[WhichTally]) -> rx.Component:
    return count_chip(
        t_of("loop.which.", tally.which),
        so_many(as_var(tally.count), as_var(tally.more)),
        chosen=HazardsState.view.which == tally.which,
        on_click=HazardsState.narrow(tally.which).temporal,
        key=tally.which,
    )


def _list() -> rx.Component:
    view = as_var(HazardsState.view)
    return rx.el.section(
        rx.el.h2(t("loop.list", count=so_many(as_var(view.matches), as_var(view.more)))),
        search_bar(),
        saved_filters(),
        filter_form(),
        rx.cond(
            HazardsState.given > 0,
            rx.el.p(
                t("loop.given", count=HazardsState.given),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        rx.cond(
            as_var(HazardsState.chosen).length() > 0,
            _give(),
            rx.cond(
                view.may_give & (view.matches > 0) & (view.which != "closed"),
                rx.el.div(_choose_page(), class_name="fg-row"),
            ),
        ),
        rx.cond(
            view.matches > 0,
            rx.el.ul(rx.foreach(HazardsState.view.rows, _row), class_name="fg-rows"),
            rx.el.p(t_of("loop.none.", view.which), class_name="fg-empty"),
        ),
        page_turner(
            as_var(view.page),
            as_var(view.pages),
            lambda page: HazardsState.turn(page).temporal,
            more=as_var(view.more),
        ),
        rx.cond(
            view.not_on_map > 0,
            rx.el.p(t("loop.not_on_map", count=view.not_on_map), class_name="fg-muted"),
        ),
        class_name="fg-card",
    )


def _row(row: rx.Var[HazardRow]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            HazardsState.view.may_give & (row.status != "closed") & (row.status != "merged"),
            rx.el.input(
                type="checkbox",
                class_name="fg-tick",
                checked=as_var(HazardsState.chosen).contains(row.id),
                aria_label=t("loop.choose", name=t_of("hazards.category.", row.category)),
                disabled=is_offline,
                on_change=lambda _: HazardsState.choose(row.id).temporal,
            ),
        ),
        rx.el.button(
            rx.el.span(t_of("hazards.category.", row.category), class_name="fg-row-name"),
            rx.el.span(
                rx.cond(
                    row.told != "",
                    rx.el.span(t_of("loop.told.", row.told), class_name="fg-tag fg-tag-ok"),
                ),
                rx.cond(
                    row.urgent, rx.el.span(t("desk.urgent"), class_name="fg-tag fg-tag-danger")
                ),
                severity_tag(row.severity),
                rx.el.span(t_of("hazards.status.", row.status), class_name="fg-tag"),
                rx.cond(
                    row.listing != "",
                    rx.el.span(
                        t("loop.listed_as", number=row.listing), class_name="fg-tag fg-tag-danger"
                    ),
                ),
                marks(row.step_ups, row.urges_open),
                class_name="fg-row fg-tags",
            ),
            rx.el.span(
                rx.cond(
                    row.overdue,
                    rx.el.strong(
                        "⚠ ", t("desk.due_over", day=date_of(row.due)), class_name="fg-bad"
                    ),
                    t("desk.due", day=date_of(row.due)),
                ),
                " · ",
                whose(row.owner_name, row.rung),
                class_name="fg-row-line",
            ),
            rx.el.span(
                row.grid_name,
                rx.cond(row.where_words != "", " · " + row.where_words, ""),
                rx.cond(row.words != "", " · " + row.words, ""),
                class_name="fg-row-line fg-muted",
            ),
            type="button",
            class_name="fg-desk-row",
            disabled=is_offline,
            on_click=HazardState.open_hazard(row.id).temporal,
        ),
        class_name="fg-row-ticked",
        key=row.id,
    )


def _choose_page() -> rx.Component:
    return rx.el.button(
        t("loop.choose_page"),
        type="button",
        class_name="fg-button fg-button-small fg-button-quiet",
        disabled=is_offline,
        on_click=HazardsState.choose_page.temporal,
    )


def _not_given(one: rx.Var[NotGiven]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t_of("hazards.category.", one.category), " ", one.where_words),
        rx.el.p(t_of("refusals.", one.code), class_name="fg-mistake"),
        key=one.id,
    )


def _give() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t("loop.chosen", count=as_var(HazardsState.chosen).length())),
        rx.cond(
            as_var(HazardsState.not_given).length() > 0,
            rx.el.div(
                rx.el.p(
                    t("loop.none_given", count=as_var(HazardsState.not_given).length()),
                    class_name="fg-mistake",
                    role="alert",
                ),
                rx.el.ul(rx.foreach(HazardsState.not_given, _not_given), class_name="fg-list"),
            ),
        ),
        rx.cond(
            as_var(HazardsState.people).length() > 0,
            rx.fragment(
                person_choice(HazardsState.people, "give-person"),
                rx.el.label(t("desk.note"), html_for="give-note"),
                rx.el.input(id="give-note", name="note", class_name="fg-input", max_length=1000),
            ),
            rx.el.p(t("loop.nobody_for_all"), class_name="fg-muted"),
        ),
        form_end(HazardsState.form_said, t("loop.give"), t("desk.no"), HazardsState.drop_chosen),
        on_submit=HazardsState.give.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )
