"""Reports of the same hazard in its panel: which one it follows, which follow it, which may."""

import reflex as rx

from firegrid_app.desk.grid_list import when
from firegrid_app.desk.hazard_item import photo_link
from firegrid_app.hazards.one_cards import TwinCard
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.ui.pieces import is_offline
from firegrid_app.ui.text import as_var, t, t_of


def doubles() -> rx.Component:
    """Nothing where there is none."""
    detail = as_var(HazardState.detail)
    return rx.fragment(
        _part(detail.parent, HazardState.detail.parent, t("loop.follows")),
        _part(detail.children, HazardState.detail.children, t("loop.followed_by")),
        _part(detail.twins, HazardState.detail.twins, t("loop.may_be_same")),
    )


def _part(some: rx.Var[tuple[TwinCard, ...]], each: object, title: rx.Var[str]) -> rx.Component:
    return rx.cond(
        some.length() > 0,
        rx.el.section(
            rx.el.h3(title),
            rx.el.ul(rx.foreach(each, _twin), class_name="fg-list"),
            class_name="fg-part",
        ),
    )


def _twin(one: rx.Var[TwinCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(one.photo != "", photo_link(one.photo)),
            rx.el.button(
                one.number,
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=HazardState.open_hazard(one.id).temporal,
            ),
            rx.el.span(t_of("hazards.status.", one.status), class_name="fg-tag"),
            class_name="fg-row fg-twin",
        ),
        rx.el.p(
            one.grid_name,
            rx.cond(one.where_words != "", " · " + one.where_words, ""),
            " · ",
            when(one.found),
            class_name="fg-muted",
        ),
        rx.cond(one.words != "", rx.el.p(one.words)),
        key=one.id,
    )


def which_twin() -> rx.Component:
    """Into which one: a possible double, or any by the number on its papers."""
    twins = as_var(HazardState.detail).twins
    return rx.fragment(
        rx.cond(
            twins.length() > 0,
            rx.fragment(
                rx.el.label(t("loop.into_which"), html_for="step-twin"),
                rx.el.select(
                    rx.foreach(
                        HazardState.detail.twins,
                        lambda one: rx.el.option(
                            one.number, " ", one.where_words, value=one.id, key=one.id
                        ),
                    ),
                    id="step-twin",
                    name="twin",
                    class_name="fg-input",
                ),
            ),
        ),
        rx.el.label(
            rx.cond(twins.length() > 0, t("loop.or_number"), t("loop.its_number")),
            html_for="step-number",
        ),
        rx.el.input(
            id="step-number",
            name="number",
            class_name="fg-input",
            max_length=40,
            placeholder="20261122-0A1B2C3D",
        ),
    )
