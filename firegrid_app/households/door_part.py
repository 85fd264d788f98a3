"""One door at the desk: its care mark with basis and rhythm, erasing, taking it off."""

import reflex as rx

from firegrid_app.households.neighbours_part import neighbours_part
from firegrid_app.households.state import HouseholdsState
from firegrid_app.ui.pieces import form_end, is_offline, mistake
from firegrid_app.ui.text import as_var, t

MARKS = (
    "elderly_alone",
    "child_left_behind",
    "needs_evacuation_help",
    "relocation_site",
    "other_support",
)
BASES = ("consent", "guardian", "duty")
RHYTHMS = (7, 14, 30, 90)


def door_part() -> rx.Component:
    """The open door; nothing where none is."""
    door = as_var(HouseholdsState.door)
    return rx.cond(
        door.id > 0,
        rx.el.section(
            rx.el.h3(door.name),
            rx.el.p(
                t("households.knocks", count=door.knocks),
                rx.cond(
                    door.erased_on != "",
                    " · "
                    + t("households.erased", day=door.erased_on)
                    + rx.cond(
                        door.came_after > 0, t("households.came_after", count=door.came_after), ""
                    ),
                    "",
                ),
                class_name="fg-muted",
            ),
            rx.cond(
                as_var(HouseholdsState.view).open.sees_care,
                rx.fragment(_care(), neighbours_part()),
                mistake(HouseholdsState.form_said),
            ),
            rx.el.div(
                _danger("households.erase", HouseholdsState.erase(False).temporal),
                _danger("households.take_off", HouseholdsState.erase(True).temporal),
                class_name="fg-row",
            ),
            rx.el.p(t("households.erase_how"), class_name="fg-muted"),
            class_name="fg-part",
            key=door.id.to_string(),
        ),
        mistake(HouseholdsState.form_said),
    )


def _danger(key: str, handler: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
    )


def _care() -> rx.Component:
    door = as_var(HouseholdsState.door)
    return rx.el.form(
        rx.el.div(
            _select(
                "mark",
                door.care_mark,
                [("", t("households.no_care"))]
                + [(mark, t(f"visits.care.{mark}")) for mark in MARKS],
            ),
            _select(
                "basis",
                door.care_basis,
                [("", t("households.choose"))]
                + [(basis, t(f"households.basis.{basis}")) for basis in BASES],
            ),
            rx.el.label(
                t("households.field.agreed_on"),
                rx.el.input(
                    name="agreed_on",
                    type="date",
                    default_value=door.care_agreed_on,
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            _select(
                "days",
                rx.cond(door.care_days > 0, door.care_days.to_string(), "30"),
                [(str(days), t("households.every", days=days)) for days in RHYTHMS],
            ),
            class_name="fg-form-row",
        ),
        form_end(
            HouseholdsState.form_said,
            t("households.keep_care"),
            t("desk.no"),
            HouseholdsState.drop,
        ),
        on_submit=HouseholdsState.mark.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )


def _select(name: str, chosen: rx.Var, options: list[tuple[str, rx.Var]]) -> rx.Component:
    return rx.el.label(
        t(f"households.field.{name}"),
        rx.el.select(
            *(rx.el.option(words, value=value) for value, words in options),
            name=name,
            default_value=chosen,
            class_name="fg-input",
        ),
        class_name="fg-field",
    )
