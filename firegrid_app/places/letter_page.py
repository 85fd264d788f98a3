"""The desk's page of letters: what premises of a street sign, and the form to word it."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.places.cards import LETTER_SIGNS, TITLE_SIGNS, LetterWords
from firegrid_app.places.letter_state import LettersState
from firegrid_app.places.parts import small_button
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def letters() -> rx.Component:
    """The whole page."""
    return desk_page("place_letters.title", phased(LettersState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    return rx.fragment(
        refusal_line(LettersState.said),
        view_head(
            LettersState,
            rx.el.a(t("place_letters.to_places"), href=routes.DESK_PLACES, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.cond(LettersState.writing, _form(), _in_use()),
    )


def _in_use() -> rx.Component:
    own = as_var(LettersState.view).own > 0
    return rx.el.section(
        rx.el.h2(rx.cond(own, t("place_letters.own"), t("place_letters.shipped"))),
        rx.foreach(LettersState.view.words, _words),
        refusal_line(LettersState.form_said),
        rx.el.div(
            small_button("place_letters.write", LettersState.ask_write),
            rx.cond(own, small_button("place_letters.end", LettersState.end.temporal)),
            class_name="fg-row",
        ),
        rx.el.p(t("place_letters.how"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _words(one: LetterWords) -> rx.Component:
    return rx.cond(
        one.title != "",
        rx.el.details(
            rx.el.summary(t_of("place_letters.language.", one.language), " · ", one.title),
            rx.el.p(one.text, class_name="fg-paper"),
            open=one.language == "zh_CN",
            key=one.language,
        ),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("place_letters.write")),
        rx.foreach(LettersState.view.begun, _fields),
        rx.el.p(t("place_letters.languages"), class_name="fg-muted"),
        form_end(
            LettersState.form_said, t("place_letters.use"), t("desk.no"), LettersState.drop_form
        ),
        on_submit=LettersState.write.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-card",
    )


def _fields(one: LetterWords) -> rx.Component:
    """Filled with what there is: who words it begins with that, and changes what is theirs."""
    return rx.el.fieldset(
        rx.el.legend(t_of("place_letters.language.", one.language), class_name="fg-legend"),
        rx.el.label(
            t("place_letters.field.title"),
            rx.el.input(
                name="title " + as_var(one.language),
                default_value=one.title,
                # One may type more than fits: it is refused in words.
                max_length=2 * TITLE_SIGNS,
                auto_complete="off",
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        rx.el.label(
            t("place_letters.field.text"),
            rx.el.textarea(
                name="text " + as_var(one.language),
                default_value=one.text,
                max_length=2 * LETTER_SIGNS,
                rows=10,
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        key=one.language,
        class_name="fg-field",
    )
