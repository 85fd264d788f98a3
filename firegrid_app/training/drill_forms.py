"""Forms of an open drill: how it went, a fault as a hazard, a fault as a duty."""

from typing import Any

import reflex as rx

from firegrid_app.meetings.parts import field
from firegrid_app.training.drill_state import DrillState
from firegrid_app.ui.pieces import form_end
from firegrid_app.ui.text import as_var, t, t_of

SEVERITIES = ("minor", "general", "suspected_major")
CATEGORIES = (
    "route_blocked",
    "exit_locked",
    "fire_lane_blocked",
    "hydrant_blocked",
    "facility_broken",
    "extinguisher_missing",
    "emergency_light_fault",
    "fire_door_open",
    "window_obstacle",
    "alarm_missing",
    "water_source",
    "other",
)
"""What drills find; anything else is reported as every hazard is."""


def end(save: rx.Var[str]) -> rx.Component:
    """The end of one of the forms."""
    return form_end(DrillState.form_said, save, t("desk.no"), DrillState.ask(""))


def _area(name: str, words: Any) -> rx.Component:
    return rx.el.label(
        t(f"training.field.{name}"),
        rx.el.textarea(
            name=name, default_value=words, rows=3, max_length=2000, class_name="fg-input"
        ),
        class_name="fg-field",
    )


def note_form() -> rx.Component:
    """How it went."""
    line = as_var(DrillState.card).line
    return rx.el.form(
        rx.el.div(
            field(
                t("training.field.people"),
                "people",
                input_mode="numeric",
                default_value=rx.cond(line.noted, line.people.to_string(), ""),
            ),
            field(t("training.field.forces"), "forces", default_value=line.forces, max_length=200),
            field(
                t("training.field.arrived_after"),
                "arrived_after",
                input_mode="numeric",
                default_value=line.arrived_after,
            ),
            class_name="fg-form-row",
        ),
        _area("went_well", line.went_well),
        _area("went_wrong", line.went_wrong),
        end(t("training.note_it")),
        on_submit=DrillState.note.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def _options(name: str, key: str, prefix: str, codes: tuple[str, ...]) -> rx.Component:
    return rx.el.label(
        t(key),
        rx.el.select(
            *(rx.el.option(t(prefix + code), value=code) for code in codes),
            name=name,
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def hazard_form() -> rx.Component:
    """A fault as a hazard, found today."""
    return rx.el.form(
        rx.el.div(
            rx.el.label(
                t("training.field.grid"),
                rx.el.select(
                    rx.foreach(
                        DrillState.card.grids,
                        lambda one: rx.el.option(one.name, value=one.code),
                    ),
                    name="grid_code",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            _options("category", "training.field.category", "hazards.category.", CATEGORIES),
            _options("severity", "training.field.severity", "hazards.severity.", SEVERITIES),
            class_name="fg-form-row",
        ),
        rx.el.div(
            field(t("training.field.where"), "where_words", max_length=120),
            field(t("training.field.fault"), "words", max_length=500),
            class_name="fg-form-row",
        ),
        end(t("training.as_hazard")),
        on_submit=DrillState.hazard.temporal,
        reset_on_submit=False,
        no_validate=True,
    )


def duty_form() -> rx.Component:
    """A fault as a dated duty of somebody."""
    return rx.el.form(
        field(t("meetings.field.decided"), "words", max_length=120),
        rx.el.div(
            rx.el.label(
                t("meetings.field.owner"),
                rx.el.select(
                    rx.el.option(t("meetings.choose"), value=""),
                    rx.foreach(
                        DrillState.card.people,
                        lambda one: rx.el.option(
                            one.name + " · " + one.grid_name + " " + t_of("access.role.", one.role),
                            value=as_var(one.person).to_string(),
                        ),
                    ),
                    name="person",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            field(t("meetings.field.due"), "due", type="date", min=as_var(DrillState.card).today),
            class_name="fg-form-row",
        ),
        end(t("training.as_duty")),
        on_submit=DrillState.duty.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
