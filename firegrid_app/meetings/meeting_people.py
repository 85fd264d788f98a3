"""Who is asked to an open meeting, and who came: to be ticked."""

import reflex as rx

from firegrid_app.meetings.cards import InviteeCard
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.parts import end, field, is_held, is_over, small
from firegrid_app.ui.text import as_var, t, t_of


def people() -> rx.Component:
    """The names, or the form to tick them."""
    card = as_var(MeetingState.card)
    return rx.el.section(
        rx.el.h2(
            rx.cond(
                is_held(),
                t("meetings.came_of", came=card.came, invited=card.invited),
                t("meetings.invited", count=card.invited),
            )
        ),
        rx.cond(
            MeetingState.form == "hold",
            _who_came(),
            rx.fragment(
                rx.el.p(rx.foreach(MeetingState.card.invitees, _person), class_name="fg-row"),
                rx.cond(card.guests != "", rx.el.p(t("meetings.guests_are", names=card.guests))),
                rx.cond(
                    card.may_hold & ~is_over(),
                    rx.el.div(
                        rx.el.button(
                            rx.cond(is_held(), t("meetings.change_came"), t("meetings.hold")),
                            type="button",
                            class_name=rx.cond(
                                is_held(),
                                "fg-button fg-button-small",
                                "fg-button fg-button-primary",
                            ),
                            on_click=MeetingState.ask("hold").temporal,
                        ),
                        class_name="fg-row",
                    ),
                ),
            ),
        ),
        class_name="fg-card",
    )


def _person(one: InviteeCard) -> rx.Component:
    return rx.el.span(
        rx.cond(one.came, "✓ ", ""),
        one.name,
        rx.cond(is_held() & ~as_var(one.came) & one.read, " · " + t("meetings.has_read"), ""),
        class_name=rx.cond(one.came, "fg-tag fg-tag-ok", "fg-tag"),
        key=as_var(one.person).to_string(),
    )


def _who_came() -> rx.Component:
    card = as_var(MeetingState.card)
    return rx.el.form(
        small(t("meetings.tick_all"), MeetingState.tick_all.temporal),
        rx.el.ul(
            rx.foreach(
                MeetingState.card.invitees,
                lambda one: rx.el.li(
                    rx.el.label(
                        rx.el.input(
                            type="checkbox",
                            name="came " + as_var(one.person).to_string(),
                            default_checked=one.came | MeetingState.all_came,
                        ),
                        rx.el.span(
                            rx.el.strong(one.name),
                            rx.el.span(
                                " ",
                                one.grid_name,
                                " · ",
                                t_of("access.role.", one.role),
                                rx.cond(one.left, " · " + t("meetings.left"), ""),
                                class_name="fg-muted",
                            ),
                        ),
                        class_name="fg-row fg-tick",
                    ),
                    # A box once drawn keeps its tick: ticking all draws them anew.
                    key=as_var(one.person).to_string() + as_var(MeetingState.all_came).to_string(),
                ),
            ),
            class_name="fg-list",
        ),
        field(t("meetings.field.guests"), "guests", max_length=300, default_value=card.guests),
        end(rx.cond(is_held(), t("meetings.save"), t("meetings.hold_it"))),
        on_submit=MeetingState.hold.temporal,
        reset_on_submit=False,
        no_validate=True,
    )
