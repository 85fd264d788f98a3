"""The desk's page of scripts: a street's own, the form to add one, and those that ship."""

from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.phone.components import DeskRecordings
from firegrid_app.places.cards import SMALL_KINDS
from firegrid_app.shouts.cards import AUDIENCES_OFFERED, LANGUAGES_OFFERED, ScriptLine
from firegrid_app.shouts.script_state import ScriptsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def scripts() -> rx.Component:
    """The whole page."""
    return desk_page("scripts.title", phased(ScriptsState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    view = as_var(ScriptsState.view)
    return rx.fragment(
        refusal_line(ScriptsState.said),
        view_head(
            ScriptsState,
            rx.el.a(t("entries.to_entries"), href=routes.DESK_ENTRIES, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.cond(
            ScriptsState.adding,
            _add_form(),
            rx.fragment(
                refusal_line(ScriptsState.form_said),
                _small("scripts.add", ScriptsState.ask_add),
            ),
        ),
        rx.el.section(
            rx.el.h2(t("scripts.own")),
            rx.cond(
                view.lines.length() > 0,
                rx.el.ul(rx.foreach(ScriptsState.view.lines, _line), class_name="fg-list"),
                rx.el.p(t("scripts.none"), class_name="fg-muted"),
            ),
            rx.el.p(t("scripts.more"), class_name="fg-muted"),
            class_name="fg-card",
        ),
        DeskRecordings.create(grid=view.code, own=view.lines, shipped=view.shipped),
        rx.el.section(
            rx.el.h2(t("scripts.shipped")),
            rx.el.ul(
                rx.foreach(
                    ScriptsState.view.shipped,
                    lambda code: rx.el.li(
                        rx.el.strong(t_of("shouts.title.", code)),
                        rx.el.p(t_of("shouts.script.", code), class_name="fg-muted"),
                        key=code,
                    ),
                ),
                class_name="fg-list",
            ),
            class_name="fg-card",
        ),
    )


def _line(line: ScriptLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.title, class_name="fg-grow"),
            rx.cond(line.in_season, rx.el.span(t("scripts.now"), class_name="fg-tag fg-tag-ok")),
            rx.el.span(t_of("scripts.language.", line.language), class_name="fg-tag"),
            rx.cond(line.dialect != "", rx.el.span(line.dialect, class_name="fg-tag")),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(line.words),
        rx.el.p(
            rx.cond(
                line.first_day != "",
                t("scripts.season", first=line.first_day, last=line.last_day),
                t("scripts.all_year"),
            ),
            " · ",
            t_of("scripts.audience.", line.audience),
            " · ",
            t("scripts.called", count=line.called),
            class_name="fg-muted",
        ),
        rx.el.p(
            rx.foreach(
                line.kinds, lambda kind: rx.el.span(t_of("places.kind.", kind), class_name="fg-tag")
            ),
            class_name="fg-row fg-tags",
        ),
        _small("scripts.end", ScriptsState.end(line.id).temporal),
        key=as_var(line.id).to_string(),
        class_name="fg-item",
    )


def _small(key: str, handler: Any) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
    )


def _labelled(name: str, made: rx.Component) -> rx.Component:
    return rx.fragment(rx.el.label(t(f"scripts.field.{name}"), html_for=f"script-{name}"), made)


def _input(name: str, most: int) -> rx.Component:
    made = rx.el.input(id=f"script-{name}", name=name, max_length=most, class_name="fg-input")
    return _labelled(name, made)


def _select(name: str, options: tuple[str, ...], prefix: str) -> rx.Component:
    made = rx.el.select(
        *(rx.el.option(t(f"{prefix}{one}"), value=one) for one in options),
        id=f"script-{name}",
        name=name,
        class_name="fg-input",
    )
    return _labelled(name, made)


def _add_form() -> rx.Component:
    words = rx.el.textarea(id="script-words", name="words", max_length=300, class_name="fg-input")
    return rx.el.form(
        _input("title", 30),
        _labelled("words", words),
        _select("language", LANGUAGES_OFFERED, "scripts.language."),
        _input("dialect", 20),
        _input("first_day", 5),
        _input("last_day", 5),
        _select("audience", AUDIENCES_OFFERED, "scripts.audience."),
        rx.el.fieldset(
            rx.el.legend(t("scripts.field.kinds")),
            *(
                rx.el.label(
                    rx.el.input(type="checkbox", name=f"kind {kind}", class_name="fg-tick"),
                    " ",
                    t(f"places.kind.{kind}"),
                )
                for kind in SMALL_KINDS
            ),
            class_name="fg-row",
        ),
        form_end(ScriptsState.form_said, t("scripts.add"), t("desk.no"), ScriptsState.drop_form),
        on_submit=ScriptsState.add.temporal,
        reset_on_submit=False,
        class_name="fg-card",
    )
