"""The panel of one place: who answers for it, its calls and hazards, its papers, the watch list."""

import reflex as rx

from firegrid_app.desk.hazard_item import severity_tag
from firegrid_app.places.cards import CallLine, FocusLine, PieceLine, PlaceHazard
from firegrid_app.places.one_forms import describe_form, focus_form, paper_form
from firegrid_app.places.one_state import PlaceState
from firegrid_app.places.papers_view import paper_line
from firegrid_app.places.parts import colour_mark, due_words, small_button
from firegrid_app.ui.pieces import Panel, mistake, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def place_panel() -> rx.Component:
    """Nothing while no place is open."""
    row = as_var(PlaceState.detail).row
    return rx.cond(
        PlaceState.place != 0,
        Panel.create(
            refusal_line(PlaceState.said),
            rx.cond(row.id != 0, _file(), rx.el.div(class_name="fg-ghost", aria_hidden="true")),
            key=as_var(PlaceState.place).to_string(),
            label=rx.cond(row.id != 0, row.name, t("desk.opening")),
            heading=row.grid_name,
            close_label=t("desk.close"),
            on_close=PlaceState.close,
        ),
    )


def _file() -> rx.Component:
    detail = as_var(PlaceState.detail)
    row = detail.row
    return rx.fragment(
        rx.el.div(
            rx.el.p(
                colour_mark(row.colour),
                " ",
                t_of("places.colour.", row.colour),
                rx.cond(row.watched, rx.fragment(" · ", rx.el.strong(t("places.watched")))),
            ),
            rx.el.p(due_words(row)),
            rx.el.p(
                rx.cond(
                    row.card_on != "",
                    t("places.card_given", day=row.card_on),
                    t("places.card_never"),
                ),
                class_name="fg-muted",
            ),
            _facts(),
            rx.cond(
                detail.may_keep & (PlaceState.form != "describe"),
                small_button("places.describe", PlaceState.ask("describe")),
            ),
            class_name="fg-field",
        ),
        rx.cond(PlaceState.form == "describe", describe_form()),
        rx.cond(PlaceState.form == "", mistake(PlaceState.form_said)),
        _part(
            "places.hazards",
            detail.hazards.length() > 0,
            rx.el.ul(rx.foreach(PlaceState.detail.hazards, _hazard), class_name="fg-list"),
            "places.no_hazards",
        ),
        _part(
            "places.calls",
            detail.calls.length() > 0,
            rx.el.ul(rx.foreach(PlaceState.detail.calls, _call), class_name="fg-list"),
            "places.no_calls",
        ),
        _part(
            "places.equipment",
            detail.pieces.length() > 0,
            rx.el.ul(rx.foreach(PlaceState.detail.pieces, _piece), class_name="fg-list"),
            "places.no_equipment",
        ),
        _part(
            "places.papers",
            detail.papers.length() > 0,
            rx.el.ul(rx.foreach(PlaceState.detail.papers, paper_line), class_name="fg-list"),
            "places.no_papers",
        ),
        rx.cond(
            detail.may_keep,
            rx.fragment(
                rx.cond(
                    PlaceState.form == "paper",
                    paper_form(),
                    small_button("places.enter_paper", PlaceState.ask("paper")),
                ),
                _part(
                    "places.focus",
                    detail.focus.length() > 0,
                    rx.el.ul(rx.foreach(PlaceState.detail.focus, _focus), class_name="fg-list"),
                    "places.no_focus",
                ),
                rx.cond(
                    PlaceState.form == "focus",
                    focus_form(),
                    small_button("places.propose_focus", PlaceState.ask("focus")),
                ),
            ),
        ),
    )


def _facts() -> rx.Component:
    detail = as_var(PlaceState.detail)

    def fact(key: str, value: rx.Var[str]) -> rx.Component:
        return rx.cond(
            value != "", rx.fragment(rx.el.dt(t(f"places.field.{key}")), rx.el.dd(value))
        )

    return rx.el.dl(
        fact("code", detail.row.code),
        fact("category", detail.row.category),
        rx.cond(
            detail.row.standing != "",
            rx.fragment(
                rx.el.dt(t("places.field.standing")),
                rx.el.dd(
                    t_of("places.standing.", detail.row.standing), " · ", detail.standing_reason
                ),
            ),
        ),
        fact("address", detail.address),
        fact("responsible_person", detail.responsible_person),
        fact("phone", detail.phone),
        fact("manager", detail.manager),
        fact("manager_phone", detail.manager_phone),
        fact("area_m2", detail.area_m2),
        fact("capacity", detail.capacity),
        fact("facilities", detail.facilities),
        class_name="fg-facts",
    )


def _part(key: str, there: rx.Var[bool], shown: rx.Component, none: str) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t(key)), rx.cond(there, shown, rx.el.p(t(none), class_name="fg-muted"))
    )


def _hazard(one: PlaceHazard) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t_of("hazards.category.", one.category)),
        " ",
        severity_tag(one.severity),
        rx.el.span(t_of("hazards.status.", one.status), class_name="fg-tag"),
        rx.el.p(
            t("places.found_due", found=one.found_on, due=one.due_on),
            class_name=rx.cond(one.overdue, "fg-bad", "fg-muted"),
        ),
        key=one.id,
    )


def _call(one: CallLine) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.at, class_name="fg-number"),
        " ",
        rx.el.strong(t_of("calls.", one.outcome)),
        rx.cond(one.faults > 0, " · " + t("places.faults", count=one.faults), ""),
        " · ",
        one.person_name,
        rx.cond(one.note != "", rx.el.p(one.note, class_name="fg-muted")),
        key=one.at,
    )


def _piece(one: PieceLine) -> rx.Component:
    return rx.el.li(
        rx.el.strong(one.name),
        rx.cond(one.amount > 1, " · " + t("equipment.pieces", count=one.amount), ""),
        " ",
        rx.cond(
            one.standing != "good",
            rx.el.span(t_of("equipment.which.", one.standing), class_name="fg-tag fg-tag-warn"),
        ),
        rx.el.p(
            t_of("equipment.kind.", one.kind),
            rx.cond(one.where != "", " · " + one.where, ""),
            rx.cond(one.keeper != "", " · " + one.keeper, ""),
            rx.cond(
                one.tested_on != "",
                " · " + t("equipment.tested", tested=one.tested_on, next=one.next_on),
                "",
            ),
            class_name="fg-muted",
        ),
        rx.cond(one.fault != "", rx.el.p("⚠ ", one.fault, class_name="fg-bad")),
        key=as_var(one.id).to_string(),
    )


def _focus(one: FocusLine) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t_of("places.focus_standing.", one.standing)),
        rx.el.p(one.reason),
        rx.el.p(
            t("places.proposed", name=one.proposed_by, day=one.proposed_on, until=one.ends_on),
            rx.cond(one.decided_by != "", " · " + t("places.decided", name=one.decided_by), ""),
            class_name="fg-muted",
        ),
        rx.el.div(
            rx.cond(
                one.may_decide,
                rx.fragment(
                    small_button("places.agree", PlaceState.decide(one.id, True).temporal),
                    small_button("places.turn_down", PlaceState.decide(one.id, False).temporal),
                ),
            ),
            rx.cond(one.may_lift, small_button("places.lift", PlaceState.lift(one.id).temporal)),
            class_name="fg-row",
        ),
        key=as_var(one.id).to_string(),
    )
