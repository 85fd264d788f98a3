"""A talk on the spot (劝导制止), as a line of the trail on the desk."""

import reflex as rx

from firegrid_app.hazards.one_cards import DissuasionCard
from firegrid_app.ui.text import t, t_of


def talk(one: rx.Var[DissuasionCard]) -> rx.Component:
    """To whom, what was said, what came of it."""
    return rx.fragment(
        rx.el.p(
            t_of("dissuasion.to.", one.whom),
            "：",
            rx.foreach(
                one.said,
                lambda code, index: rx.fragment(
                    rx.cond(index > 0, " · ", ""), t_of("dissuasion.said.", code)
                ),
            ),
        ),
        rx.el.div(
            rx.el.span(
                t_of("dissuasion.outcome.", one.outcome),
                class_name=rx.match(
                    one.outcome,
                    ("refused", "fg-tag fg-tag-danger"),
                    ("stopped", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            rx.cond(
                one.by != "", rx.el.span(t("dissuasion.by_day", day=one.by), class_name="fg-tag")
            ),
            rx.cond(one.warned, rx.el.span(t("dissuasion.warned"), class_name="fg-tag")),
            rx.cond(
                one.moved > 0,
                rx.el.span(t("dissuasion.moved_count", count=one.moved), class_name="fg-tag"),
            ),
            class_name="fg-row fg-tags",
        ),
    )
