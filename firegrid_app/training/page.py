"""The page of training: one's own, who is still to come, courses, certificates."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.meetings.parts import beside
from firegrid_app.training.cards import Coverage, Own
from firegrid_app.training.certificate_part import certificate, certificate_part
from firegrid_app.training.course_part import course_part
from firegrid_app.training.pre_post_part import pre_post_part
from firegrid_app.training.state import TrainingState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def training() -> rx.Component:
    """The whole page."""
    return desk_page(
        "training.title",
        phased(TrainingState, _ready()),
        tab=routes.MEETINGS,
    )


def _ready() -> rx.Component:
    view = as_var(TrainingState.view)
    return rx.fragment(
        refusal_line(TrainingState.said),
        view_head(TrainingState, rx.cond(view.may_hold, beside(routes.MEETINGS, routes.DRILLS))),
        rx.cond(
            view.may_hold,
            rx.fragment(
                rx.cond(view.may_keep, certificate_part()),
                _coverage(),
                pre_post_part(),
                course_part(),
            ),
        ),
        _own(),
    )


def _coverage() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("training.coverage")),
        rx.el.ul(rx.foreach(TrainingState.view.coverage, _row), class_name="fg-list"),
        rx.el.p(t("training.coverage_more"), class_name="fg-muted"),
        class_name="fg-card",
    )


def _row(row: Coverage) -> rx.Component:
    view = as_var(TrainingState.view)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("training.course.", row.course), class_name="fg-grow"),
            rx.el.span(
                t("training.had", had=row.had, needed=row.needed),
                class_name=rx.cond(row.had < row.needed, "fg-tag fg-tag-warn", "fg-tag fg-tag-ok"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            rx.cond(row.months > 0, t("training.every", months=row.months), t("training.once")),
            " · ",
            row.source,
            rx.cond(row.ours, " · " + t("duties.ours"), ""),
            class_name="fg-muted",
        ),
        rx.cond(
            (row.had < row.needed) & view.may_keep,
            rx.el.details(
                rx.el.summary(t("training.missing", count=row.needed - row.had)),
                rx.el.p(
                    rx.foreach(
                        row.missing,
                        lambda one: rx.el.span(one.name, " · ", one.grid_name, class_name="fg-tag"),
                    ),
                    rx.cond(
                        as_var(row.missing).length() < row.needed - row.had,
                        rx.el.span("…", class_name="fg-tag"),
                    ),
                    class_name="fg-row",
                ),
            ),
        ),
        key=row.course,
        class_name="fg-item",
    )


def _own() -> rx.Component:
    view = as_var(TrainingState.view)
    return rx.el.section(
        rx.el.h2(t("training.own")),
        rx.cond(
            view.own_certificates.length() + view.own_courses.length() > 0,
            rx.el.ul(
                rx.foreach(TrainingState.view.own_certificates, lambda one: certificate(one)),
                rx.foreach(TrainingState.view.own_courses, _own_course),
                class_name="fg-list",
            ),
            rx.el.p(t("training.own_none"), class_name="fg-muted"),
        ),
        class_name="fg-card",
    )


def _own_course(one: Own) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t_of("training.course.", one.kind)),
        rx.el.p(
            one.day,
            rx.cond(one.title != "", " · " + one.title, ""),
            " · ",
            t("training.hours", hours=one.hours),
            class_name="fg-muted",
        ),
    )
