"""Courses on the page of training: the plan form, the list, and the ticks of one."""

import reflex as rx

from firegrid_app.meetings.parts import field, small
from firegrid_app.training.cards import AUDIENCES, COURSE_KINDS, SUBJECTS, CourseLine
from firegrid_app.training.state import TrainingState
from firegrid_app.ui.pieces import file_link, form_end, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def course_part() -> rx.Component:
    """All of it."""
    view = as_var(TrainingState.view)
    return rx.el.section(
        rx.el.h2(t("training.courses")),
        rx.cond(
            (TrainingState.form == "") & (as_var(TrainingState.course).id == 0),
            refusal_line(TrainingState.form_said),
        ),
        rx.cond(
            TrainingState.form == "plan",
            _form(),
            rx.el.div(
                small(t("training.plan"), TrainingState.ask("plan").temporal),
                file_link(
                    t("training.keep.courses"),
                    href=f"/training/{view.code}/courses.xlsx",
                    class_name="fg-button fg-button-small fg-button-quiet",
                ),
                class_name="fg-row",
            ),
        ),
        rx.cond(
            view.courses.length() > 0,
            rx.el.ul(rx.foreach(TrainingState.view.courses, _line), class_name="fg-list"),
            rx.el.p(t("training.none"), class_name="fg-empty"),
        ),
        class_name="fg-card",
    )


def choose(name: str, key: str, prefix: str, codes: tuple[str, ...]) -> rx.Component:
    """A label with the codes to choose from, the first chosen."""
    return rx.el.label(
        t(key),
        rx.el.select(
            *(rx.el.option(t(prefix + code), value=code) for code in codes),
            name=name,
            default_value=codes[0],
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def _form() -> rx.Component:
    today = as_var(TrainingState.view).today
    return rx.el.form(
        rx.el.div(
            choose("kind", "training.field.kind", "training.course.", COURSE_KINDS),
            choose("subject", "training.field.subject", "training.subject.", SUBJECTS),
            choose("audience", "training.field.audience", "training.audience.", AUDIENCES),
            class_name="fg-form-row",
        ),
        rx.el.div(
            field(t("training.field.day"), "day", type="date", default_value=today),
            field(t("training.field.hours"), "hours", input_mode="decimal", default_value="2"),
            field(t("training.field.title"), "title", max_length=80),
            class_name="fg-form-row",
        ),
        rx.el.div(
            field(t("training.field.trainer"), "trainer", max_length=80),
            field(t("training.field.place"), "place", max_length=80),
            class_name="fg-form-row",
        ),
        form_end(
            TrainingState.form_said, t("training.plan_it"), t("desk.no"), TrainingState.ask("")
        ),
        on_submit=TrainingState.plan.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _line(line: CourseLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(
                rx.cond(line.title != "", line.title, t_of("training.course.", line.kind)),
                class_name="fg-grow",
            ),
            rx.el.span(line.day, class_name="fg-number"),
            rx.cond(
                line.noted,
                rx.el.span(
                    t("training.came", count=line.came + line.others),
                    class_name="fg-tag fg-tag-ok",
                ),
                rx.el.span(
                    rx.cond(line.missed, t("training.missed"), t("training.planned")),
                    class_name=rx.cond(line.missed, "fg-tag fg-tag-danger", "fg-tag"),
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            t_of("training.course.", line.kind),
            " · ",
            t_of("training.subject.", line.subject),
            " · ",
            t_of("training.audience.", line.audience),
            " · ",
            t("training.hours", hours=line.hours),
            rx.cond(line.trainer != "", " · " + line.trainer, ""),
            rx.cond(line.place != "", " · " + line.place, ""),
            rx.cond(line.others > 0, " · " + t("training.others", count=line.others), ""),
            class_name="fg-muted",
        ),
        rx.cond(
            as_var(TrainingState.course).id == line.id,
            _ticks(),
            rx.el.div(
                small(
                    rx.cond(line.noted, t("training.change"), t("training.note")),
                    TrainingState.open(line.id).temporal,
                ),
                rx.cond(
                    line.noted,
                    rx.fragment(),
                    small(t("training.drop"), TrainingState.drop_course(line.id).temporal),
                ),
                class_name="fg-row",
            ),
        ),
        key=as_var(line.id).to_string(),
        class_name="fg-item",
    )


def _ticks() -> rx.Component:
    card = as_var(TrainingState.course)
    return rx.el.form(
        small(t("meetings.tick_all"), TrainingState.tick_all.temporal),
        rx.el.ul(
            rx.foreach(
                TrainingState.course.people,
                lambda one: rx.el.li(
                    rx.el.label(
                        rx.el.input(
                            type="checkbox",
                            name="came " + as_var(one.person).to_string(),
                            default_checked=one.came | TrainingState.all_came,
                        ),
                        rx.el.span(
                            rx.el.strong(one.name),
                            rx.el.span(
                                " ",
                                one.grid_name,
                                " · ",
                                t_of("access.role.", one.role),
                                class_name="fg-muted",
                            ),
                        ),
                        class_name="fg-row fg-tick",
                    ),
                    # A box once drawn keeps its tick: ticking all draws them anew.
                    key=as_var(one.person).to_string() + as_var(TrainingState.all_came).to_string(),
                ),
            ),
            class_name="fg-list",
        ),
        field(
            t("training.field.others"),
            "others",
            input_mode="numeric",
            default_value=card.line.others.to_string(),
        ),
        form_end(
            TrainingState.form_said, t("training.note_it"), t("desk.no"), TrainingState.ask("")
        ),
        on_submit=TrainingState.note.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
