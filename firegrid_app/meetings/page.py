"""The page of meetings: the list of a grid, what is open, and one meeting in full."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.meetings.cards import MeetingLine
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.meeting_view import meeting
from firegrid_app.meetings.parts import STANDING_TAGS, beside, decision
from firegrid_app.meetings.plan_form import plan_form
from firegrid_app.meetings.state import MeetingsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import grid_picker
from firegrid_app.ui.pieces import file_link, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def meetings() -> rx.Component:
    """The whole page."""
    return desk_page(
        "meetings.title",
        phased(MeetingsState, rx.cond(as_var(MeetingState.card).id != "", meeting(), _lists())),
        tab=routes.MEETINGS,
    )


def _lists() -> rx.Component:
    view = as_var(MeetingsState.view)
    return rx.fragment(
        refusal_line(MeetingsState.said),
        refusal_line(MeetingState.said),
        rx.cond(
            view.may_plan,
            rx.fragment(
                _head(),
                plan_form(),
                _list(t("meetings.title"), MeetingsState.view.meetings, "meetings.none"),
                _open_decisions(),
            ),
        ),
        rx.cond(
            view.asked.length() > 0,
            _list(t("meetings.asked"), MeetingsState.view.asked, "meetings.none"),
        ),
    )


def _head() -> rx.Component:
    view = as_var(MeetingsState.view)
    return rx.el.section(
        rx.el.h2(view.name, class_name="fg-grow"),
        rx.cond(
            view.picks.length() > 1,
            grid_picker(MeetingsState.view.picks, view.code, MeetingsState.pick.temporal),
        ),
        rx.el.div(
            *(
                file_link(
                    t(f"meetings.keep.{what}"),
                    href=f"/meetings/{view.code}/{what}.xlsx",
                    class_name="fg-button fg-button-small fg-button-quiet",
                )
                for what in ("meetings", "decisions")
            ),
            class_name="fg-row",
        ),
        beside(routes.TRAINING, routes.DRILLS),
        class_name="fg-desk-head",
    )


def _list(heading: rx.Var[str], lines: rx.Var, none: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading),
        rx.cond(
            as_var(lines).length() > 0,
            rx.el.ul(rx.foreach(lines, _line), class_name="fg-list"),
            rx.el.p(t(none), class_name="fg-empty"),
        ),
        class_name="fg-card",
    )


def _line(line: MeetingLine) -> rx.Component:
    name = rx.cond(line.title != "", line.title, t_of("meetings.kind.", line.kind))
    return rx.el.li(
        rx.el.button(
            rx.el.strong(name),
            rx.el.span(line.day, " ", line.time, class_name="fg-number"),
            type="button",
            class_name="fg-button fg-button-quiet fg-button-wide fg-figures-line",
            on_click=MeetingState.open(line.id).temporal,
        ),
        rx.el.div(
            rx.el.span(
                t_of("meetings.standing.", line.standing),
                class_name=rx.match(line.standing, *STANDING_TAGS, "fg-tag"),
            ),
            rx.cond(
                line.to_read,
                rx.el.span(t("meetings.to_read"), class_name="fg-tag fg-tag-warn"),
            ),
            rx.el.span(
                line.grid_name,
                rx.cond(line.place != "", " · " + line.place, ""),
                " · ",
                rx.cond(
                    (line.standing == "held") | (line.standing == "confirmed"),
                    t("meetings.came_of", came=line.came, invited=line.invited),
                    t("meetings.invited", count=line.invited),
                ),
                rx.cond(
                    line.decisions > 0,
                    " · " + t("meetings.decided", count=line.decisions, open=line.open_decisions),
                    "",
                ),
                class_name="fg-muted",
            ),
            class_name="fg-row",
        ),
        key=line.id,
    )


def _open_decisions() -> rx.Component:
    view = as_var(MeetingsState.view)
    return rx.cond(
        view.open.length() > 0,
        rx.el.section(
            rx.el.h2(t("meetings.open_decisions", count=view.open.length())),
            rx.el.ul(
                rx.foreach(MeetingsState.view.open, lambda one: decision(one)),
                class_name="fg-list",
            ),
            class_name="fg-card",
        ),
    )
