"""The training before the post: whether a street asks for it before field records."""

import reflex as rx

from firegrid_app.meetings.parts import field, small
from firegrid_app.training.state import TrainingState
from firegrid_app.ui.pieces import form_end
from firegrid_app.ui.text import as_var, t


def pre_post_part() -> rx.Component:
    """For everybody who leads the grid; who manages the street or county also decides it."""
    asked = as_var(TrainingState.view).pre_post
    return rx.el.section(
        rx.el.h2(t("training.pre_post")),
        rx.el.p(
            rx.cond(
                asked.since != "",
                t("training.pre_post_since", day=asked.since),
                t("training.pre_post_off"),
            )
        ),
        rx.el.p(t("training.pre_post_more"), class_name="fg-muted"),
        rx.cond(
            asked.may_set,
            rx.cond(
                TrainingState.form == "pre_post",
                _form(),
                rx.el.div(
                    small(t("training.pre_post_change"), TrainingState.ask("pre_post").temporal),
                    class_name="fg-row",
                ),
            ),
        ),
        class_name="fg-card",
    )


def _form() -> rx.Component:
    view = as_var(TrainingState.view)
    return rx.el.form(
        field(
            t("training.field.since_on"),
            "since_on",
            type="date",
            default_value=view.pre_post.since,
        ),
        rx.el.p(t("training.pre_post_empty"), class_name="fg-muted"),
        form_end(
            TrainingState.form_said,
            t("training.pre_post_save"),
            t("desk.no"),
            TrainingState.ask(""),
        ),
        on_submit=TrainingState.ask_for_training.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
