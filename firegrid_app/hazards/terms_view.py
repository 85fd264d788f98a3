"""By when hazards are put right in the grid the page shows; a street changes it here."""

import reflex as rx

from firegrid_app.hazards.cards import CATEGORY_CODES, TermsCard
from firegrid_app.hazards.state import HazardsState
from firegrid_app.hazards.terms_state import TermsState
from firegrid_app.ui.pieces import form_end, is_offline, mistake
from firegrid_app.ui.text import as_var, t, t_of


def terms_part() -> rx.Component:
    """Folded away until asked for."""
    open_ = (TermsState.code != "") & (TermsState.code == HazardsState.view.code)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("loop.terms")),
            rx.el.button(
                rx.cond(open_, t("loop.fold"), t("loop.unfold")),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=TermsState.unfold.temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            open_,
            rx.fragment(
                rx.el.p(t("loop.terms_more"), class_name="fg-muted"),
                mistake(TermsState.said),
                rx.el.ul(rx.foreach(TermsState.terms, _terms), class_name="fg-list"),
            ),
        ),
        class_name="fg-card",
    )


def _terms(one: rx.Var[TermsCard]) -> rx.Component:
    editing = (TermsState.setting.severity == one.severity) & (
        TermsState.setting.category == one.category
    )
    return rx.el.li(
        rx.el.div(
            rx.el.strong(
                t_of("hazards.severity.", one.severity),
                rx.cond(one.category != "", " · " + t_of("hazards.category.", one.category), ""),
            ),
            rx.el.span(t_of("loop.origin.", one.origin), class_name="fg-tag"),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            rx.cond(one.days > 0, t("loop.days", count=one.days), t("loop.same_day")),
            rx.cond(one.remind > 0, " · " + t("loop.remind", count=one.remind), ""),
            " · ",
            t("loop.step_every", count=one.step),
            rx.cond(one.after_photo, " · " + t("loop.after_photo"), ""),
        ),
        rx.cond(
            HazardsState.view.may_set_terms,
            rx.cond(editing, _form(), _buttons(one)),
        ),
        key=one.severity + one.category,
    )


def _buttons(one: rx.Var[TermsCard]) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            t("loop.change"),
            type="button",
            class_name="fg-button fg-button-small",
            disabled=is_offline,
            on_click=TermsState.ask(one.severity, one.category),
        ),
        rx.cond(
            one.origin == "own",
            rx.el.button(
                t("loop.let_go"),
                type="button",
                class_name="fg-button fg-button-small fg-button-quiet",
                disabled=is_offline,
                on_click=TermsState.let_go(one.severity, one.category).temporal,
            ),
        ),
        class_name="fg-row",
    )


def _form() -> rx.Component:
    setting = as_var(TermsState.setting)
    return rx.el.form(
        rx.el.div(
            _number("days", setting.days, 0),
            _number("remind", setting.remind, 0),
            _number("step", setting.step, 1),
            class_name="fg-form-row",
        ),
        rx.cond(
            setting.category == "",
            rx.el.div(
                rx.el.label(t("loop.only_category"), html_for="terms-category"),
                rx.el.select(
                    rx.el.option(t("loop.every_category"), value=""),
                    *_categories(),
                    id="terms-category",
                    name="category",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name="after_photo",
                value="yes",
                default_checked=setting.after_photo,
            ),
            " ",
            t("loop.after_photo"),
            class_name="fg-row",
        ),
        form_end(TermsState.said, t("loop.save"), t("desk.no"), TermsState.drop),
        on_submit=TermsState.save.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _number(name: str, value: rx.Var[int], least: int) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"loop.field.{name}"), html_for=f"terms-{name}"),
        rx.el.input(
            id=f"terms-{name}",
            name=name,
            type="number",
            min=least,
            max=90,
            default_value=as_var(value).to_string(),
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def _categories() -> list[rx.Component]:
    return [rx.el.option(t(f"hazards.category.{code}"), value=code) for code in CATEGORY_CODES]
