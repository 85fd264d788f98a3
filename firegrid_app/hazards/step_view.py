"""What the reader may do with the open hazard: its steps, and the form of the one chosen."""

from typing import Any

import reflex as rx

from firegrid_app.hazards.cards import WHISTLE_HOURS, Assignee
from firegrid_app.hazards.doubles_view import which_twin
from firegrid_app.hazards.one_cards import DepartmentCard
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of


def steps_part() -> rx.Component:
    """The form of the step that was chosen; before that, a button for each."""
    return rx.cond(
        HazardState.step != "",
        _form(),
        rx.fragment(
            rx.cond(
                as_var(HazardState.detail).needs_another,
                rx.el.p(t("loop.needs_another"), class_name="fg-muted"),
            ),
            rx.el.div(rx.foreach(as_var(HazardState.detail).steps, _step), class_name="fg-row"),
        ),
    )


def _step(step: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        t_of("loop.do.", step),
        type="button",
        class_name=rx.match(
            step,
            ("skipped", "fg-button fg-button-small fg-button-danger"),
            ("closed", "fg-button fg-button-small fg-button-primary"),
            ("corrected", "fg-button fg-button-small fg-button-primary"),
            "fg-button fg-button-small",
        ),
        disabled=is_offline,
        on_click=HazardState.ask_step(step),
        key=step,
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t_of("loop.do.", HazardState.step)),
        rx.el.p(t_of("loop.ask.", HazardState.step), class_name="fg-muted"),
        rx.cond(
            HazardState.step == "assigned",
            person_choice(HazardState.detail.assignees, "step-person"),
        ),
        rx.cond(HazardState.step == "graded", _grades()),
        rx.cond(
            HazardState.step == "transferred",
            rx.fragment(
                rx.el.label(t("loop.body"), html_for="step-body"),
                rx.el.input(id="step-body", name="body", class_name="fg-input", max_length=60),
            ),
        ),
        rx.cond(HazardState.step == "whistled", _departments()),
        rx.cond(HazardState.step == "merged", which_twin()),
        rx.cond(
            HazardState.step == "listed",
            _listing_fields(),
            rx.fragment(
                rx.el.label(t("loop.words"), html_for="step-words"),
                rx.el.textarea(
                    id="step-words", name="note", class_name="fg-input", max_length=1000
                ),
            ),
        ),
        form_end(
            HazardState.step_said,
            t_of("loop.do.", HazardState.step),
            t("desk.no"),
            HazardState.drop_step,
        ),
        on_submit=HazardState.take_step.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _departments() -> rx.Component:
    return rx.fragment(
        rx.cond(
            as_var(HazardState.detail).departments.length() > 0,
            rx.foreach(HazardState.detail.departments, _department),
            rx.el.p(t("loop.no_departments"), class_name="fg-muted"),
        ),
        rx.el.label(t("loop.report_in_within"), html_for="step-hours"),
        rx.el.select(
            *(
                rx.el.option(t("loop.hours", count=hours), value=str(hours))
                for hours in WHISTLE_HOURS
            ),
            id="step-hours",
            name="hours",
            default_value="24",
            class_name="fg-input",
        ),
    )


def _department(one: rx.Var[DepartmentCard]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="department-" + as_var(one.id).to_string(),
            class_name="fg-tick",
        ),
        rx.el.span(one.name, rx.el.span(" ", one.people.join("、"), class_name="fg-muted")),
        class_name="fg-row",
        key=as_var(one.id).to_string(),
    )


def _grades() -> rx.Component:
    return rx.fragment(
        rx.el.label(t("loop.grade"), html_for="step-grade"),
        rx.el.select(
            *(
                rx.el.option(t(f"hazards.severity.{one}"), value=one)
                for one in ("major", "suspected_major", "general", "minor")
            ),
            id="step-grade",
            name="severity",
            class_name="fg-input",
        ),
    )


def _listing_fields() -> rx.Component:
    fields = (("number", "text", 40), ("until", "date", 10), ("responsible", "text", 80))
    return rx.fragment(
        *(
            rx.fragment(
                rx.el.label(t(f"loop.listing.{name}"), html_for=f"step-{name}"),
                rx.el.input(
                    id=f"step-{name}",
                    name=name,
                    type=kind,
                    max_length=most,
                    class_name="fg-input",
                ),
            )
            for name, kind, most in (*fields, ("decided_by", "text", 80))
        )
    )


def person_choice(people: Any, field: str) -> rx.Component:
    """Choose somebody a hazard can be given to, by name and level."""
    return rx.fragment(
        rx.el.label(t("loop.to_whom"), html_for=field),
        rx.el.select(rx.foreach(people, _person), id=field, name="person", class_name="fg-input"),
    )


def _person(person: rx.Var[Assignee]) -> rx.Component:
    return rx.el.option(
        t("loop.person", name=person.name, rung=t_of("loop.rung.", person.rung)),
        value=as_var(person.person_id).to_string(),
        key=as_var(person.person_id).to_string(),
    )
