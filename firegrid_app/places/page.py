"""The desk's page of premises: what is due first, narrowed, searched, one of them opened."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.places.cards import ALL_KINDS, PlaceRow, PlaceTally
from firegrid_app.places.one_state import PlaceState
from firegrid_app.places.one_view import place_panel
from firegrid_app.places.parts import colour_mark, due_words
from firegrid_app.places.state import PlacesState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, page_turner, search_field, view_head
from firegrid_app.ui.pieces import file_link, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def places() -> rx.Component:
    """The whole page."""
    return desk_page("places.title", phased(PlacesState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    view = as_var(PlacesState.view)
    return rx.fragment(
        refusal_line(PlacesState.said),
        view_head(
            PlacesState,
            rx.el.a(t("places.to_equipment"), href=routes.DESK_EQUIPMENT, class_name="fg-link"),
            rx.cond(
                view.may_word,
                rx.el.a(
                    t("place_letters.to_letters"), href=routes.DESK_LETTERS, class_name="fg-link"
                ),
            ),
            rx.el.a(t("entries.to_entries"), href=routes.DESK_ENTRIES, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.el.div(
            rx.foreach(PlacesState.view.tallies, _tally),
            class_name="fg-chips",
            role="group",
            aria_label=t("places.narrow"),
        ),
        rx.el.section(
            rx.el.div(
                rx.el.h2(t("places.list", count=view.matches)),
                rx.el.select(
                    rx.el.option(t("places.all_kinds"), value=""),
                    *(rx.el.option(t(f"places.kind.{kind}"), value=kind) for kind in ALL_KINDS),
                    value=view.kind,
                    on_change=PlacesState.choose_kind.temporal,
                    disabled=is_offline,
                    class_name="fg-input fg-desk-picker",
                    aria_label=t("places.all_kinds"),
                ),
                search_field(
                    PlacesState.words, t("places.search"), t("places.search"), PlacesState.search
                ),
                class_name="fg-row fg-row-apart",
            ),
            rx.cond(
                view.matches > 0,
                rx.el.ul(rx.foreach(PlacesState.view.rows, _row), class_name="fg-rows"),
                rx.el.p(t("places.none"), class_name="fg-empty"),
            ),
            page_turner(
                as_var(view.page), as_var(view.pages), lambda page: PlacesState.turn(page).temporal
            ),
            rx.cond(
                view.export != "",
                rx.el.p(
                    file_link(
                        t("places.keep_csv"), href=view.export + ".csv", class_name="fg-link"
                    ),
                    " · ",
                    file_link(
                        t("places.keep_xlsx"), href=view.export + ".xlsx", class_name="fg-link"
                    ),
                    class_name="fg-muted",
                ),
            ),
            rx.el.p(t("places.colours"), class_name="fg-muted"),
            class_name="fg-card",
        ),
        place_panel(),
    )


def _tally(tally: rx.Var[PlaceTally]) -> rx.Component:
    return count_chip(
        t_of("places.which.", tally.which),
        tally.count,
        chosen=PlacesState.view.which == tally.which,
        on_click=PlacesState.narrow(tally.which).temporal,
        key=tally.which,
    )


def _row(row: rx.Var[PlaceRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(colour_mark(row.colour), " ", row.name, class_name="fg-row-name"),
            rx.el.span(
                rx.cond(
                    row.colour != "grey",
                    rx.el.span(t_of("places.colour.", row.colour), class_name="fg-tag"),
                ),
                rx.cond(
                    row.standing != "",
                    rx.el.span(
                        t_of("places.standing.", row.standing), class_name="fg-tag fg-tag-warn"
                    ),
                ),
                rx.cond(
                    row.hazards > 0,
                    rx.el.span(
                        t("places.hazards_open", count=row.hazards), class_name="fg-tag fg-tag-warn"
                    ),
                ),
                rx.cond(
                    row.watched,
                    rx.el.span(t("places.watched"), class_name="fg-tag fg-tag-danger"),
                ),
                rx.cond(
                    row.letter != "good",
                    rx.el.span(t_of("places.letter.", row.letter), class_name="fg-tag"),
                ),
                class_name="fg-row fg-tags",
            ),
            rx.el.span(due_words(row), class_name="fg-row-line"),
            rx.el.span(row.grid_name, " · ", row.category, class_name="fg-row-line fg-muted"),
            type="button",
            class_name="fg-desk-row",
            disabled=is_offline,
            on_click=PlaceState.open_place(row.id).temporal,
        ),
        key=row.id.to_string(),
    )
