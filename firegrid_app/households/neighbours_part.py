"""Who looks after the open door, and the list of all for an evacuation."""

import reflex as rx

from firegrid_app.households.cards import NeighbourLine
from firegrid_app.households.state import HouseholdsState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t


def neighbours_part() -> rx.Component:
    """Of a door with a care mark, for who may see it."""
    door = as_var(HouseholdsState.door)
    return rx.cond(
        door.care_mark != "",
        rx.el.section(
            rx.el.h4(t("households.neighbours")),
            rx.cond(
                door.neighbours.length() > 0,
                rx.el.ul(
                    rx.foreach(HouseholdsState.door.neighbours, _neighbour), class_name="fg-list"
                ),
                rx.el.p(t("households.nobody_paired"), class_name="fg-muted"),
            ),
            _pair_form(),
            class_name="fg-part",
        ),
    )


def _neighbour(line: NeighbourLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.strong(line.door, " ", line.name),
                rx.el.span(" ", line.phone, class_name="fg-number"),
                class_name="fg-grow",
            ),
            rx.el.button(
                t("households.part"),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=HouseholdsState.part(line.id).temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(line.note != "", rx.el.p(line.note, class_name="fg-muted")),
        key=as_var(line.id).to_string(),
    )


def _field(key: str, name: str, **props: object) -> rx.Component:
    return rx.el.label(
        t(key), rx.el.input(name=name, class_name="fg-input", **props), class_name="fg-field"
    )


def _pair_form() -> rx.Component:
    return rx.el.form(
        rx.el.datalist(
            rx.foreach(HouseholdsState.door.doors, lambda name: rx.el.option(value=name, key=name)),
            id="neighbour-doors",
        ),
        rx.el.div(
            _field(
                "households.field.neighbour", "door",
                list="neighbour-doors", max_length=100, auto_complete="off",
            ),
            _field("households.field.neighbour_name", "name", max_length=20, auto_complete="off"),
            _field(
                "households.field.neighbour_phone", "phone",
                type="tel", max_length=20, auto_complete="off",
            ),
            _field("households.field.neighbour_agreed", "agreed_on", type="date"),
            class_name="fg-form-row",
        ),
        _field("households.field.note", "note", max_length=80),
        send_end(HouseholdsState.pair_said, t("households.pair"), "fg-button-small fg-start"),
        rx.el.p(t("households.neighbours_how"), class_name="fg-muted"),
        on_submit=HouseholdsState.pair.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
        # A pair that was kept empties the form; a refusal leaves what was written.
        key="pair " + as_var(HouseholdsState.door).neighbours.length().to_string(),
    )  # fmt: skip


def evacuation_part() -> rx.Component:
    """The form that opens the printed list; a paper is fetched, so it is a plain form."""
    view = as_var(HouseholdsState.view)
    return rx.cond(
        view.sees_care,
        rx.el.details(
            rx.el.summary(t("households.evacuation.print")),
            rx.el.p(t("households.evacuation.print_how"), class_name="fg-muted"),
            rx.el.form(
                rx.el.div(
                    _field(
                        "households.field.why", "why",
                        max_length=40, min_length=2, required=True, auto_complete="off",
                    ),
                    class_name="fg-form-row",
                ),
                rx.el.button(
                    t("households.evacuation.open"),
                    type="submit",
                    class_name="fg-button fg-button-small fg-start",
                    disabled=is_offline,
                ),
                action="/households/" + view.code + "/evacuation",
                method="get",
                target="_blank",
                class_name="fg-part",
            ),
            class_name="fg-card",
        ),
    )  # fmt: skip
