"""The page of drills: plan one, say how it went, make of each fault a hazard or a duty."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.meetings.parts import beside, decision, field, small
from firegrid_app.training.cards import DRILL_KINDS, DrillHazard, DrillLine
from firegrid_app.training.course_part import choose
from firegrid_app.training.drill_forms import duty_form, end, hazard_form, note_form
from firegrid_app.training.drill_state import DrillState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import Attached, file_link, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def drills() -> rx.Component:
    """The whole page."""
    return desk_page(
        "training.drills_title",
        phased(DrillState, _ready()),
        tab=routes.MEETINGS,
    )


def _ready() -> rx.Component:
    view = as_var(DrillState.view)
    return rx.fragment(
        refusal_line(DrillState.said),
        view_head(DrillState, beside(routes.MEETINGS, routes.TRAINING)),
        rx.el.section(
            rx.el.h2(t("training.drills_title")),
            rx.cond(DrillState.form == "", refusal_line(DrillState.form_said)),
            rx.cond(
                DrillState.form == "plan",
                _plan_form(),
                rx.el.div(
                    small(t("training.plan_drill"), DrillState.ask("plan").temporal),
                    file_link(
                        t("training.keep.drills"),
                        href=f"/training/{view.code}/drills.xlsx",
                        class_name="fg-button fg-button-small fg-button-quiet",
                    ),
                    class_name="fg-row",
                ),
            ),
            rx.cond(
                view.drills.length() > 0,
                rx.el.ul(rx.foreach(DrillState.view.drills, _line), class_name="fg-list"),
                rx.el.p(t("training.no_drills"), class_name="fg-empty"),
            ),
            class_name="fg-card",
        ),
    )


def _plan_form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            choose("kind", "training.field.drill", "training.drill.", DRILL_KINDS),
            field(
                t("training.field.day"),
                "day",
                type="date",
                default_value=as_var(DrillState.view).today,
            ),
            field(t("training.field.place"), "place", max_length=80),
            class_name="fg-form-row",
        ),
        rx.el.label(
            t("training.field.scenario"),
            rx.el.textarea(name="scenario", rows=3, max_length=500, class_name="fg-input"),
            class_name="fg-field",
        ),
        end(t("training.plan_it")),
        on_submit=DrillState.plan.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _line(line: DrillLine) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.strong(t_of("training.drill.", line.kind)),
            rx.el.span(line.day, class_name="fg-number"),
            type="button",
            class_name="fg-button fg-button-quiet fg-button-wide fg-figures-line",
            aria_expanded=rx.cond(as_var(DrillState.card).id == line.id, "true", "false"),
            on_click=DrillState.open(line.id).temporal,
        ),
        rx.el.div(
            rx.cond(
                line.noted,
                rx.el.span(t("training.came", count=line.people), class_name="fg-tag fg-tag-ok"),
                rx.el.span(
                    rx.cond(line.missed, t("training.missed"), t("training.planned")),
                    class_name=rx.cond(line.missed, "fg-tag fg-tag-danger", "fg-tag"),
                ),
            ),
            rx.el.span(
                line.place,
                rx.cond(
                    line.arrived_after != "",
                    " · " + t("training.arrived", minutes=line.arrived_after),
                    "",
                ),
                class_name="fg-muted",
            ),
            class_name="fg-row",
        ),
        rx.cond(as_var(DrillState.card).id == line.id, _opened()),
        key=line.id,
        class_name="fg-item",
    )


def _opened() -> rx.Component:
    card = as_var(DrillState.card)
    line = card.line
    return rx.el.div(
        _words("training.field.scenario", line.scenario),
        _words("training.field.forces", line.forces),
        _words("training.field.went_well", line.went_well),
        _words("training.field.went_wrong", line.went_wrong),
        rx.cond(
            card.hazards.length() + card.decisions.length() > 0,
            rx.fragment(
                rx.el.strong(t("training.faults")),
                rx.el.ul(
                    rx.foreach(DrillState.card.hazards, _hazard),
                    rx.foreach(DrillState.card.decisions, lambda one: decision(one)),
                    class_name="fg-list",
                ),
            ),
        ),
        Attached.create(
            kind="drill",
            record=card.id,
            photos=card.photos,
            may=card.may_attach,
            offline=is_offline,
            on_done=DrillState.again.temporal,
        ),
        rx.match(
            DrillState.form,
            ("note", note_form()),
            ("hazard", hazard_form()),
            ("duty", duty_form()),
            rx.el.div(
                small(
                    rx.cond(line.noted, t("training.change_drill"), t("training.note_drill")),
                    DrillState.ask("note").temporal,
                ),
                rx.cond(
                    line.noted,
                    rx.fragment(
                        small(t("training.as_hazard"), DrillState.ask("hazard").temporal),
                        small(t("training.as_duty"), DrillState.ask("duty").temporal),
                    ),
                    small(t("training.drop"), DrillState.drop.temporal),
                ),
                class_name="fg-row",
            ),
        ),
        class_name="fg-item",
    )


def _words(key: str, words: rx.Var[str]) -> rx.Component:
    return rx.cond(
        words != "",
        rx.el.div(rx.el.span(t(key), class_name="fg-muted"), rx.el.p(words, class_name="fg-said")),
    )


def _hazard(one: DrillHazard) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("hazards.category.", one.category), class_name="fg-grow"),
            rx.el.span(t_of("hazards.status.", one.status), class_name="fg-tag"),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(one.where, " ", one.words, class_name="fg-muted"),
        key=one.id,
    )
