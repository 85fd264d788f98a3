"""The list of people with their posts, and the steps that ask for a yes."""

import reflex as rx

from firegrid_app.access.cards import HeldPost, PersonCard
from firegrid_app.access.state import PeopleState
from firegrid_app.ui.lists import page_turner, search_field
from firegrid_app.ui.pieces import is_offline, mistake, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def people_list() -> rx.Component:
    """Search, rows, pages."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("access.list", count=PeopleState.total)),
            _search(),
            _grids(),
            rx.el.button(
                t("access.only_waiting"),
                type="button",
                class_name="fg-chip",
                aria_pressed=rx.cond(PeopleState.waiting, "true", "false"),
                disabled=is_offline,
                on_click=PeopleState.only_waiting.temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        refusal_line(PeopleState.said),
        rx.cond(
            PeopleState.done != "",
            rx.el.p(
                t_of("access.done.", PeopleState.done),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        rx.cond(
            PeopleState.total > 0,
            rx.el.ul(rx.foreach(PeopleState.people, _person), class_name="fg-people"),
            rx.el.div(
                rx.el.p(
                    rx.cond(
                        PeopleState.waiting & (PeopleState.words == ""),
                        t("access.nobody_waiting"),
                        t("access.no_match"),
                    )
                ),
                rx.el.button(
                    t("access.show_all"),
                    type="button",
                    class_name="fg-button",
                    on_click=PeopleState.show_all.temporal,
                ),
                class_name="fg-empty",
            ),
        ),
        page_turner(
            as_var(PeopleState.page),
            as_var(PeopleState.pages),
            lambda page: PeopleState.turn(page).temporal,
        ),
        class_name="fg-card",
    )


def _search() -> rx.Component:
    return search_field(
        PeopleState.words,
        t("access.search_hint"),
        t("access.search"),
        PeopleState.search,
        key="search" + as_var(PeopleState.fresh).to_string(),
    )


def _grids() -> rx.Component:
    return rx.cond(
        as_var(PeopleState.grids).length() > 1,
        rx.el.select(
            rx.el.option(t("access.all_grids"), value=""),
            rx.foreach(
                PeopleState.grids,
                lambda grid: rx.el.option(grid.name, value=grid.code, key=grid.code),
            ),
            value=PeopleState.grid,
            on_change=PeopleState.of_grid.temporal,
            disabled=is_offline,
            class_name="fg-input fg-desk-picker",
            aria_label=t("access.of_grid"),
        ),
    )


def _person(person: rx.Var[PersonCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(person.name),
            rx.el.span(person.phone, class_name="fg-number fg-muted"),
            rx.cond(
                person.switched_off,
                rx.el.span("⊘ ", t("access.is_off"), class_name="fg-tag fg-tag-danger"),
                rx.cond(
                    person.has_password,
                    rx.fragment(),
                    rx.el.span("… ", t("access.not_yet"), class_name="fg-tag fg-tag-warn"),
                ),
            ),
            class_name="fg-row fg-person",
        ),
        rx.el.ul(rx.foreach(person.posts, _post), class_name="fg-person-posts"),
        rx.cond(person.managed, _steps(person)),
        rx.cond(person.elsewhere, rx.el.p(t("access.elsewhere"), class_name="fg-muted")),
        rx.cond(
            (PeopleState.subject == person.id) & _about_person(),
            _yes_form(),
        ),
        key=person.id.to_string(),
    )


def _steps(person: rx.Var[PersonCard]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            person.switched_off,
            _ask("on", person.id, "access.switch_on"),
            rx.fragment(
                rx.cond(
                    person.has_password,
                    _ask("link", person.id, "access.new_link"),
                    _ask("first", person.id, "access.first_link"),
                ),
                _ask("off", person.id, "access.switch_off"),
            ),
        ),
        class_name="fg-row fg-person-steps",
    )


def _about_person() -> rx.Var[bool]:
    asked = PeopleState.asked
    return (asked == "link") | (asked == "first") | (asked == "off") | (asked == "on")


def _about_post() -> rx.Var[bool]:
    return (PeopleState.asked == "end") | (PeopleState.asked == "keep")


def _post(post: rx.Var[HeldPost]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(t_of("access.role.", post.role), " · ", post.grid_name),
            rx.el.span(
                rx.cond(
                    post.ends_on != "",
                    t("access.from_to", **{"from": post.starts_on, "to": post.ends_on}),
                    t("access.since", **{"from": post.starts_on}),
                ),
                rx.cond(post.coming, " · " + t("access.coming"), ""),
                class_name="fg-muted fg-number",
            ),
            rx.cond(
                post.may_end,
                rx.fragment(
                    _ask("end", post.id, "access.end_post"),
                    rx.cond(
                        post.ends_on != "",
                        _ask("keep", post.id, "access.keep_post"),
                    ),
                ),
            ),
            class_name="fg-row",
        ),
        rx.cond((PeopleState.subject == post.id) & _about_post(), _yes_form()),
        key=post.id.to_string(),
    )


def _ask(what: str, subject: rx.Var[int], key: str) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-quiet fg-button-small",
        disabled=is_offline,
        on_click=PeopleState.ask(what, subject).temporal,
    )


def _yes_form() -> rx.Component:
    return rx.el.form(
        rx.el.p(t_of("access.ask.", PeopleState.asked)),
        rx.cond(
            PeopleState.asked == "end",
            rx.el.input(
                type="date",
                name="last_day",
                class_name="fg-input fg-date",
                aria_label=t("access.last_day"),
            ),
        ),
        mistake(PeopleState.step_said),
        rx.el.div(
            rx.el.button(
                rx.match(
                    PeopleState.asked,
                    ("link", t("access.new_link")),
                    ("first", t("access.first_link")),
                    ("off", t("access.switch_off")),
                    ("on", t("access.switch_on")),
                    ("end", t("access.end_post")),
                    t("access.keep_post"),
                ),
                type="submit",
                class_name=rx.cond(
                    PeopleState.asked == "off",
                    "fg-button fg-button-danger",
                    "fg-button fg-button-primary",
                ),
                disabled=is_offline,
            ),
            rx.el.button(
                t("access.no"),
                type="button",
                class_name="fg-button fg-button-quiet",
                on_click=PeopleState.drop,
            ),
            class_name="fg-row",
        ),
        on_submit=PeopleState.go_ahead.temporal,
        reset_on_submit=False,
        class_name="fg-ask",
    )
