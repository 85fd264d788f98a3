"""The form of a new meeting: first its kind, then what the last one fills in."""

import reflex as rx

from firegrid_app.meetings.parts import field, tag_select
from firegrid_app.meetings.state import OWN_ITEMS, MeetingsState
from firegrid_app.ui.pieces import form_end, is_offline, mistake
from firegrid_app.ui.text import as_var, t, t_of


def plan_form() -> rx.Component:
    """Choose a kind to begin; the form stands below it then."""
    view, draft = as_var(MeetingsState.view), as_var(MeetingsState.draft)
    return rx.el.section(
        rx.el.h2(t("meetings.plan")),
        rx.el.div(
            rx.foreach(
                view.kinds,
                lambda kind: rx.el.button(
                    t_of("meetings.kind.", kind),
                    type="button",
                    key=kind,
                    class_name="fg-choice",
                    aria_pressed=rx.cond(draft.kind == kind, "true", "false"),
                    disabled=is_offline,
                    on_click=MeetingsState.choose_kind(kind).temporal,
                ),
            ),
            class_name="fg-choices",
        ),
        rx.cond(draft.kind != "", _form(), mistake(MeetingsState.form_said)),
        class_name="fg-card",
    )


def _form() -> rx.Component:
    draft = as_var(MeetingsState.draft)
    return rx.el.form(
        rx.el.div(
            field(t("meetings.field.day"), "day", type="date", default_value=draft.day),
            field(t("meetings.field.time"), "clock_time", type="time", default_value="14:30"),
            field(t("meetings.field.place"), "place", max_length=80),
            field(t("meetings.field.title"), "title", max_length=80),
            field(t("meetings.field.first"), "first", type="date", default_value=draft.first),
            class_name="fg-form-row",
        ),
        rx.el.fieldset(
            rx.el.legend(t("meetings.field.roles"), class_name="fg-legend"),
            rx.el.div(
                rx.foreach(
                    draft.offered,
                    lambda role: rx.el.label(
                        rx.el.input(
                            type="checkbox",
                            name="role " + role,
                            default_checked=draft.roles.contains(role),
                        ),
                        t_of("access.role.", role),
                        class_name="fg-row fg-tick",
                        key=role,
                    ),
                ),
                class_name="fg-row",
            ),
        ),
        rx.el.p(t("meetings.agenda_more"), class_name="fg-muted"),
        *(
            rx.el.div(
                field(t("meetings.field.item", number=n + 3), f"item {n}", max_length=120),
                tag_select(f"tag {n}"),
                class_name="fg-form-row",
            )
            for n in range(OWN_ITEMS)
        ),
        form_end(
            MeetingsState.form_said,
            t("meetings.plan_it"),
            t("desk.no"),
            MeetingsState.drop_form,
        ),
        key=draft.kind,
        on_submit=MeetingsState.plan.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-part",
    )
