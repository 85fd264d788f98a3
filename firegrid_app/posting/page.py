"""The page of boards: what to print anew, papers of a grid, who is posted, badges."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.posting.cards import Choice, EditionLine
from firegrid_app.posting.people_part import badges_part, people_part
from firegrid_app.posting.pieces import end_of_form, small
from firegrid_app.posting.state import PostingState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def posting() -> rx.Component:
    """The whole page."""
    return desk_page("posting.title", phased(PostingState, _ready()), tab=routes.PEOPLE)


def _ready() -> rx.Component:
    view = as_var(PostingState.view)
    return rx.fragment(
        refusal_line(PostingState.said),
        rx.cond(PostingState.asked == "", refusal_line(PostingState.form_said)),
        _old(),
        view_head(
            PostingState,
            rx.el.a(
                t("posting.public_page"), href=view.board, target="_blank", class_name="fg-button"
            ),
            named=lambda pick: (pick[0], pick[1]),
        ),
        _papers(),
        people_part(),
        badges_part(),
        _hanging(),
    )


def _old() -> rx.Component:
    return rx.cond(
        as_var(PostingState.view).old.length() > 0,
        rx.el.section(
            rx.el.h2(t("posting.reprint", count=as_var(PostingState.view).old.length())),
            rx.el.p(t("posting.reprint_more"), class_name="fg-muted"),
            rx.el.ul(rx.foreach(PostingState.view.old, _paper), class_name="fg-list"),
            class_name="fg-card",
        ),
    )


def _hanging() -> rx.Component:
    return rx.cond(
        as_var(PostingState.view).hanging.length() > 0,
        rx.el.section(
            rx.el.h2(t("posting.hanging")),
            rx.el.ul(rx.foreach(PostingState.view.hanging, _paper), class_name="fg-list"),
            class_name="fg-card",
        ),
    )


def _paper(one: rx.Var[EditionLine]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(
            t_of("posting.kind.", one.kind),
            " · ",
            one.grid_name,
            rx.cond(one.subject != "", " · " + one.subject, ""),
        ),
        rx.cond(
            one.is_old,
            rx.el.p(
                rx.cond(
                    one.replaced,
                    rx.el.span("↧ ", t("posting.take_it_down"), class_name="fg-tag fg-tag-warn"),
                    rx.el.span("! ", t("posting.print_anew"), class_name="fg-tag fg-tag-danger"),
                ),
            ),
        ),
        rx.el.p(
            t("posting.printed", day=one.printed_on, tag=one.tag),
            rx.cond(
                one.hangs_at != "",
                " · " + t("posting.hangs", where=one.hangs_at, day=one.hung_on),
                "",
            ),
            class_name="fg-muted",
        ),
        rx.cond(
            (PostingState.asked == "hang") & (PostingState.subject == one.id),
            rx.el.form(
                rx.el.label(t("posting.where"), html_for="hang-where"),
                rx.el.input(
                    id="hang-where",
                    name="where",
                    default_value=one.hangs_at,
                    max_length=80,
                    class_name="fg-input",
                ),
                rx.el.label(t("posting.since"), html_for="hang-day"),
                rx.el.input(id="hang-day", name="day", type="date", class_name="fg-input fg-date"),
                end_of_form(),
                on_submit=PostingState.hang.temporal,
                reset_on_submit=False,
                class_name="fg-part",
            ),
            rx.el.div(
                rx.cond(
                    one.is_old & ~one.replaced,
                    rx.el.a(
                        t("posting.print"),
                        href=one.again,
                        target="_blank",
                        class_name="fg-button fg-button-small",
                    ),
                ),
                small("posting.note_where", PostingState.ask("hang", one.id, "")),
                small("posting.gone", PostingState.take_down(one.id).temporal),
                class_name="fg-row",
            ),
        ),
        key=one.id.to_string(),
        class_name="fg-item",
    )


def _papers() -> rx.Component:
    view = as_var(PostingState.view)
    return rx.el.section(
        rx.el.h2(t("posting.papers")),
        _print("board", rx.fragment()),
        _print("notice", _building()),
        _print("cards", rx.fragment()),
        rx.cond(
            view.places.length() > 0,
            _print(
                "sign",
                rx.el.select(
                    rx.foreach(PostingState.view.places, _choice),
                    name="of",
                    class_name="fg-input fg-desk-picker",
                    aria_label=t("posting.of_place"),
                ),
            ),
        ),
        rx.cond(view.level == 2, _print("pack", rx.fragment())),
        rx.cond(
            view.has_equipment,
            _print(
                "layout",
                rx.el.select(
                    rx.el.option(t("posting.whole_grid"), value=""),
                    rx.foreach(PostingState.view.equipped, _choice),
                    name="of",
                    class_name="fg-input fg-desk-picker",
                    aria_label=t("posting.of_place"),
                ),
            ),
        ),
        rx.cond(view.badges.length() > 0, _print("badge", rx.fragment())),
        rx.el.p(t("posting.papers_more"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _choice(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(one.name, value=one.value, key=one.value)


def _building() -> rx.Component:
    return rx.el.select(
        rx.el.option(t("posting.whole_grid"), value=""),
        rx.foreach(
            PostingState.view.buildings,
            lambda one: rx.el.option(one, value=one, key=one),
        ),
        name="of",
        class_name="fg-input fg-desk-picker",
        aria_label=t("posting.of_building"),
    )


def _print(kind: str, of: rx.Component) -> rx.Component:
    """A form that opens the PDF beside the page; it needs no state."""
    return rx.el.form(
        rx.el.strong(t(f"posting.kind.{kind}")),
        rx.el.div(
            of,
            rx.el.select(
                rx.foreach(
                    PostingState.view.languages,
                    lambda one: rx.el.option(t_of("posting.languages.", one), value=one, key=one),
                ),
                name="languages",
                class_name="fg-input fg-desk-picker",
                aria_label=t("posting.in_languages"),
            ),
            rx.el.button(t("posting.print"), type="submit", class_name="fg-button fg-button-small"),
            class_name="fg-row",
        ),
        action=f"/posting/{kind}/" + as_var(PostingState.view).code,
        method="get",
        target="_blank",
        class_name="fg-item",
    )
