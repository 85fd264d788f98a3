"""The form of a decision: what, who, by when; or about which open hazard."""

import reflex as rx

from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.parts import field
from firegrid_app.ui.pieces import form_end
from firegrid_app.ui.text import as_var, t, t_of


def decide_form() -> rx.Component:
    """A hazard has its owner and its last day already: the two fields then say nothing."""
    card = as_var(MeetingState.card)
    return rx.el.form(
        field(t("meetings.field.decided"), "words", max_length=120),
        rx.el.div(
            rx.el.label(
                t("meetings.field.owner"),
                rx.el.select(
                    rx.el.option(t("meetings.choose"), value=""),
                    rx.foreach(
                        MeetingState.card.invitees,
                        lambda one: rx.cond(
                            one.left,
                            rx.fragment(),
                            rx.el.option(
                                one.name
                                + " · "
                                + one.grid_name
                                + " "
                                + t_of("access.role.", one.role),
                                value=as_var(one.person).to_string(),
                            ),
                        ),
                    ),
                    name="person",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
            field(t("meetings.field.due"), "due", type="date", min=card.earliest),
            class_name="fg-form-row",
        ),
        rx.cond(
            card.hazards.length() > 0,
            rx.el.label(
                t("meetings.field.hazard"),
                rx.el.select(
                    rx.el.option(t("meetings.no_hazard"), value=""),
                    rx.foreach(
                        MeetingState.card.hazards,
                        lambda one: rx.el.option(
                            t_of("hazards.category.", one.category)
                            + " · "
                            + one.grid_name
                            + " "
                            + one.where
                            + " · "
                            + t("meetings.due", day=one.due),
                            value=one.id,
                        ),
                    ),
                    name="hazard",
                    class_name="fg-input",
                ),
                class_name="fg-field",
            ),
        ),
        rx.el.p(t("meetings.decide_more"), class_name="fg-muted"),
        form_end(
            MeetingState.form_said, t("meetings.decide_it"), t("desk.no"), MeetingState.ask("")
        ),
        on_submit=MeetingState.decide.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
