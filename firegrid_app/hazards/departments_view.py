"""The departments a street can call, at the foot of the desk's page of hazards."""

import reflex as rx

from firegrid_app.hazards.departments_state import DepartmentsState
from firegrid_app.hazards.one_cards import DepartmentCard, Handler
from firegrid_app.hazards.state import HazardsState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t


def departments_part() -> rx.Component:
    """For who sets a street's deadlines; folded away until asked for."""
    open_ = (DepartmentsState.code != "") & (DepartmentsState.code == HazardsState.view.code)
    return rx.cond(
        HazardsState.view.may_set_terms,
        rx.el.section(
            rx.el.div(
                rx.el.h2(t("loop.departments")),
                rx.el.button(
                    rx.cond(open_, t("loop.fold"), t("loop.unfold")),
                    type="button",
                    class_name="fg-button fg-button-small",
                    disabled=is_offline,
                    on_click=DepartmentsState.unfold.temporal,
                ),
                class_name="fg-row fg-row-apart",
            ),
            rx.cond(open_, rx.fragment(_list(), _form())),
            class_name="fg-card",
        ),
    )


def _list() -> rx.Component:
    return rx.cond(
        as_var(DepartmentsState.departments).length() > 0,
        rx.el.ul(rx.foreach(DepartmentsState.departments, _department), class_name="fg-list"),
        rx.el.p(t("loop.no_departments_here"), class_name="fg-muted"),
    )


def _department(one: rx.Var[DepartmentCard]) -> rx.Component:
    return rx.el.li(
        rx.el.span(rx.el.strong(one.name), " ", one.people.join("、")),
        rx.el.button(
            t("loop.end_department"),
            type="button",
            class_name="fg-button fg-button-small fg-button-quiet",
            disabled=is_offline,
            on_click=DepartmentsState.end(one.id).temporal,
        ),
        class_name="fg-row fg-row-apart",
        key=as_var(one.id).to_string(),
    )


def _form() -> rx.Component:
    return rx.cond(
        as_var(DepartmentsState.handlers).length() > 0,
        rx.el.form(
            rx.el.label(t("loop.department_name"), html_for="department-name"),
            rx.el.input(id="department-name", name="name", class_name="fg-input", max_length=40),
            rx.el.label(t("loop.department_person"), html_for="department-person"),
            rx.el.select(
                rx.foreach(DepartmentsState.handlers, _handler),
                id="department-person",
                name="person",
                class_name="fg-input",
            ),
            send_end(DepartmentsState.said, t("loop.save"), "fg-button-primary"),
            on_submit=DepartmentsState.add.temporal,
            reset_on_submit=False,
            class_name="fg-field fg-sunk",
        ),
        rx.el.p(t("loop.no_handlers"), class_name="fg-muted"),
    )


def _handler(one: rx.Var[Handler]) -> rx.Component:
    return rx.el.option(
        one.name,
        value=as_var(one.person_id).to_string(),
        key=as_var(one.person_id).to_string(),
    )
