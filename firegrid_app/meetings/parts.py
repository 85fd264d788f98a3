"""Pieces of the pages of meetings: a decision as it stands, a field, a small button."""

from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.meetings.cards import DecisionCard
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.ui.pieces import form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of

STANDING_TAGS = (
    ("missed", "fg-tag fg-tag-danger"),
    ("today", "fg-tag fg-tag-warn"),
    ("held", "fg-tag fg-tag-warn"),
    ("confirmed", "fg-tag fg-tag-ok"),
)
_DECISION_TAGS = (
    ("overdue", "fg-tag fg-tag-danger"),
    ("open", "fg-tag fg-tag-warn"),
    ("done", "fg-tag fg-tag-ok"),
)


def decision(one: DecisionCard, *more: rx.Component) -> rx.Component:
    """What was decided, whose it is, by when, and how it stands."""
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one.words, class_name="fg-grow"),
            rx.el.span(
                t_of("meetings.decision.", one.standing),
                class_name=rx.match(one.standing, *_DECISION_TAGS, "fg-tag"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            one.owner,
            rx.cond(one.role != "", " · " + t_of("access.role.", one.role), ""),
            " · ",
            one.grid_name,
            " · ",
            t("meetings.due", day=one.due),
            rx.cond(
                one.hazard != "",
                " · " + t_of("hazards.category.", one.hazard) + " " + one.hazard_where,
                "",
            ),
            rx.cond(one.done_on != "", " · " + t("meetings.done_on", day=one.done_on), ""),
            rx.cond(one.note != "", " · " + one.note, ""),
            class_name="fg-muted",
        ),
        rx.cond(
            one.changed_hands & (one.standing != "done"),
            rx.el.p(
                rx.cond(
                    one.holders != "",
                    t("meetings.now_held_by", names=one.holders),
                    t("meetings.now_nobody"),
                ),
                class_name="fg-bad",
            ),
        ),
        *more,
        key=one.id.to_string(),  # type: ignore[attr-defined]
        class_name="fg-item",
    )


def field(label: rx.Var[str], name: str, **more: Any) -> rx.Component:
    """A label with its input."""
    return rx.el.label(
        label, rx.el.input(name=name, class_name="fg-input", **more), class_name="fg-field"
    )


def small(label: rx.Var[str], handler: Any, **more: Any) -> rx.Component:
    """A small button that asks the server."""
    return rx.el.button(
        label,
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
        **more,
    )


def tag_select(name: str) -> rx.Component:
    """What an item is about (YB-09)."""
    return rx.el.label(
        t("meetings.field.tag"),
        rx.el.select(
            rx.el.option(t("meetings.tag_none"), value=""),
            *(
                rx.el.option(t(f"meetings.tag.{tag}"), value=tag)
                for tag in ("rectification", "facilities", "forces", "major")
            ),
            name=name,
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def is_held() -> rx.Var[bool]:
    """Is the open meeting held?"""
    standing = as_var(MeetingState.card).standing
    return (standing == "held") | (standing == "confirmed")


def is_over() -> rx.Var[bool]:
    """Is nothing of the open meeting changed any more, but by a correction?"""
    standing = as_var(MeetingState.card).standing
    return (standing == "confirmed") | (standing == "cancelled")


def end(save: rx.Var[str]) -> rx.Component:
    """The end of one of the open meeting's forms."""
    return form_end(MeetingState.form_said, save, t("desk.no"), MeetingState.ask(""))


_BESIDE = {
    routes.MEETINGS: "meetings.title",
    routes.TRAINING: "training.title",
    routes.DRILLS: "training.drills_title",
}


def beside(*others: str) -> rx.Component:
    """The way between meetings, training and drills: one office keeps all three."""
    return rx.el.nav(
        *(
            rx.el.a(t(_BESIDE[route]), href=route, class_name="fg-button fg-button-small")
            for route in others
        ),
        class_name="fg-row",
        aria_label=t("ui.meetings"),
    )
