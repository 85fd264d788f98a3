"""The panel of one hazard: what it is, its photos, its trail, and what the reader may do."""

from typing import Any

import reflex as rx

from firegrid_app.desk.grid_list import date_of, when
from firegrid_app.desk.hazard_item import marks, photo_link, whose
from firegrid_app.hazards.cards import (
    BY_RESIDENTS,
    WHISTLE_HOURS,
    Assignee,
    DepartmentCard,
    ListingCard,
    TrailLine,
    WhistleLine,
)
from firegrid_app.hazards.doubles_view import doubles, which_twin
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.ui.pieces import Panel, form_end, is_offline
from firegrid_app.ui.text import as_var, t, t_of, t_said


def hazard_panel() -> rx.Component:
    """Nothing while no hazard is open."""
    here = as_var(HazardState.detail).row.id != ""
    return rx.cond(
        HazardState.hazard != "",
        Panel.create(
            rx.cond(
                HazardState.said.code != "",
                rx.el.p(
                    t_said(HazardState.said), class_name="fg-banner fg-banner-danger", role="alert"
                ),
                rx.cond(here, _detail(), rx.el.div(class_name="fg-ghost", aria_hidden="true")),
            ),
            key=HazardState.hazard,
            label=rx.cond(
                here,
                t_of("hazards.category.", as_var(HazardState.detail).row.category),
                t("desk.opening"),
            ),
            heading=as_var(HazardState.detail).row.grid_name,
            close_label=t("desk.close"),
            on_close=HazardState.close,
        ),
    )


def _detail() -> rx.Component:
    detail = as_var(HazardState.detail)
    row = detail.row
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                rx.cond(
                    row.urgent, rx.el.span(t("desk.urgent"), class_name="fg-tag fg-tag-danger")
                ),
                rx.el.span(t_of("hazards.severity.", row.severity), class_name="fg-tag"),
                rx.el.span(t_of("hazards.status.", row.status), class_name="fg-tag"),
                marks(row.step_ups, row.urges_open),
                class_name="fg-row fg-tags",
            ),
            rx.cond(row.where_words != "", rx.el.p(row.where_words)),
            rx.cond(row.words != "", rx.el.p(row.words)),
            rx.el.p(
                rx.cond(
                    row.overdue,
                    rx.el.strong(
                        "⚠ ", t("desk.due_over", day=date_of(row.due)), class_name="fg-bad"
                    ),
                    t("desk.due", day=date_of(row.due)),
                ),
                " · ",
                whose(row.owner_name, row.rung),
            ),
            rx.el.p(
                rx.cond(
                    row.source == "resident",
                    t("loop.found_by_resident", when=when(row.found)),
                    rx.cond(
                        detail.reporter_name != "",
                        t("loop.found_by", when=when(row.found), name=detail.reporter_name),
                        t("loop.found", when=when(row.found)),
                    ),
                ),
                class_name="fg-muted",
            ),
            class_name="fg-part",
        ),
        rx.cond(
            detail.photos.length() > 0,
            rx.el.div(rx.foreach(detail.photos, photo_link), class_name="fg-thumbnails"),
        ),
        rx.cond(
            detail.photos_awaited > 0,
            rx.el.p(t("desk.photos_awaited", count=detail.photos_awaited), class_name="fg-muted"),
        ),
        doubles(),
        rx.cond(
            detail.listings.length() > 0,
            rx.el.ul(rx.foreach(detail.listings, _listing), class_name="fg-list fg-sunk"),
        ),
        rx.cond(
            detail.whistles.length() > 0,
            rx.el.section(
                rx.el.h3(t("loop.whistles")),
                rx.el.ul(rx.foreach(detail.whistles, _whistle), class_name="fg-list"),
                class_name="fg-part",
            ),
        ),
        rx.cond(
            HazardState.done != "",
            rx.el.p(
                t("loop.done", step=t_of("loop.step.", HazardState.done)),
                class_name="fg-toast fg-toast-passing",
                role="status",
            ),
        ),
        rx.cond(
            HazardState.step != "",
            _form(),
            rx.el.div(rx.foreach(detail.steps, _step), class_name="fg-row"),
        ),
        rx.cond(detail.steps.contains("transferred"), _papers()),
        _trail(),
    )


def _step(step: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        t_of("loop.do.", step),
        type="button",
        class_name=rx.match(
            step,
            ("skipped", "fg-button fg-button-small fg-button-danger"),
            ("closed", "fg-button fg-button-small fg-button-primary"),
            ("corrected", "fg-button fg-button-small fg-button-primary"),
            "fg-button fg-button-small",
        ),
        disabled=is_offline,
        on_click=HazardState.ask_step(step),
        key=step,
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.h3(t_of("loop.do.", HazardState.step)),
        rx.el.p(t_of("loop.ask.", HazardState.step), class_name="fg-muted"),
        rx.cond(
            HazardState.step == "assigned",
            person_choice(HazardState.detail.assignees, "step-person"),
        ),
        rx.cond(HazardState.step == "graded", _grades()),
        rx.cond(
            HazardState.step == "transferred",
            rx.fragment(
                rx.el.label(t("loop.body"), html_for="step-body"),
                rx.el.input(id="step-body", name="body", class_name="fg-input", max_length=60),
            ),
        ),
        rx.cond(HazardState.step == "whistled", _departments()),
        rx.cond(HazardState.step == "merged", which_twin()),
        rx.cond(
            HazardState.step == "listed",
            _listing_fields(),
            rx.fragment(
                rx.el.label(t("loop.words"), html_for="step-words"),
                rx.el.textarea(
                    id="step-words", name="note", class_name="fg-input", max_length=1000
                ),
            ),
        ),
        form_end(
            HazardState.step_said,
            t_of("loop.do.", HazardState.step),
            t("desk.no"),
            HazardState.drop_step,
        ),
        on_submit=HazardState.take_step.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )


def _papers() -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("loop.papers")),
        _paper("notice"),
        rx.cond(as_var(HazardState.detail).transferred_to != "", _paper("transfer")),
        class_name="fg-part",
    )


def _paper(kind: str) -> rx.Component:
    address = "/hazards/" + as_var(HazardState.detail).row.id + f"/paper?kind={kind}&form="
    return rx.el.div(
        rx.el.span(t(f"loop.print.{kind}")),
        *(
            rx.el.a(
                t(f"loop.form.{form}"),
                href=address + form,
                target="_blank",
                class_name="fg-button fg-button-small",
            )
            for form in ("pdf", "word", "page")
        ),
        class_name="fg-row",
    )


def _departments() -> rx.Component:
    return rx.fragment(
        rx.cond(
            as_var(HazardState.detail).departments.length() > 0,
            rx.foreach(HazardState.detail.departments, _department),
            rx.el.p(t("loop.no_departments"), class_name="fg-muted"),
        ),
        rx.el.label(t("loop.report_in_within"), html_for="step-hours"),
        rx.el.select(
            *(
                rx.el.option(t("loop.hours", count=hours), value=str(hours))
                for hours in WHISTLE_HOURS
            ),
            id="step-hours",
            name="hours",
            default_value="24",
            class_name="fg-input",
        ),
    )


def _department(one: rx.Var[DepartmentCard]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="department-" + as_var(one.id).to_string(),
            class_name="fg-tick",
        ),
        rx.el.span(one.name, rx.el.span(" ", one.people.join("、"), class_name="fg-muted")),
        class_name="fg-row",
        key=as_var(one.id).to_string(),
    )


def _whistle(one: rx.Var[WhistleLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one.department),
            rx.el.span(
                t_of("loop.whistle.", one.standing),
                class_name=rx.match(
                    one.standing,
                    ("late", "fg-tag fg-tag-danger"),
                    ("here_late", "fg-tag fg-tag-warn"),
                    ("done", "fg-tag fg-tag-ok"),
                    "fg-tag",
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            t("loop.report_in_by", time=one.by),
            rx.cond(one.checked_in != "", " · " + t("loop.was_here", time=one.checked_in), ""),
            class_name="fg-muted",
        ),
        rx.cond(one.words != "", rx.el.p(one.words)),
        key=as_var(one.id).to_string(),
    )


def _grades() -> rx.Component:
    return rx.fragment(
        rx.el.label(t("loop.grade"), html_for="step-grade"),
        rx.el.select(
            *(
                rx.el.option(t(f"hazards.severity.{one}"), value=one)
                for one in ("major", "suspected_major", "general", "minor")
            ),
            id="step-grade",
            name="severity",
            class_name="fg-input",
        ),
    )


def _listing_fields() -> rx.Component:
    fields = (("number", "text", 40), ("until", "date", 10), ("responsible", "text", 80))
    return rx.fragment(
        *(
            rx.fragment(
                rx.el.label(t(f"loop.listing.{name}"), html_for=f"step-{name}"),
                rx.el.input(
                    id=f"step-{name}",
                    name=name,
                    type=kind,
                    max_length=most,
                    class_name="fg-input",
                ),
            )
            for name, kind, most in (*fields, ("decided_by", "text", 80))
        )
    )


def _listing(one: rx.Var[ListingCard]) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t("loop.listed_as", number=one.number)),
        rx.el.p(
            t("loop.listed_from", start=one.listed_on, end=one.due_on),
            rx.cond(one.delisted_on != "", " · " + t("loop.delisted_on", day=one.delisted_on), ""),
        ),
        rx.el.p(
            t("loop.responsible", name=one.responsible),
            rx.cond(one.decided_by != "", " · " + one.decided_by, ""),
            class_name="fg-muted",
        ),
        key=one.number,
    )


def person_choice(people: Any, field: str) -> rx.Component:
    """Choose somebody a hazard can be given to, by name and level."""
    return rx.fragment(
        rx.el.label(t("loop.to_whom"), html_for=field),
        rx.el.select(rx.foreach(people, _person), id=field, name="person", class_name="fg-input"),
    )


def _person(person: rx.Var[Assignee]) -> rx.Component:
    return rx.el.option(
        t("loop.person", name=person.name, rung=t_of("loop.rung.", person.rung)),
        value=as_var(person.person_id).to_string(),
        key=as_var(person.person_id).to_string(),
    )


def _trail() -> rx.Component:
    detail = as_var(HazardState.detail)
    return rx.el.section(
        rx.el.h3(t("loop.trail")),
        rx.el.ol(rx.foreach(detail.trail, _line), class_name="fg-list"),
        rx.cond(
            detail.whole,
            rx.el.p("✓ ", t("loop.whole"), class_name="fg-muted"),
            rx.el.p(t("loop.broken"), class_name="fg-banner fg-banner-danger", role="alert"),
        ),
        class_name="fg-part",
    )


def _line(line: rx.Var[TrailLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("loop.step.", line.step)),
            rx.cond(line.given_to != "", rx.el.span(" → ", line.given_to)),
        ),
        rx.cond(line.note != "", rx.el.p(line.note)),
        rx.el.p(
            when(line.at),
            " · ",
            rx.cond(
                line.person_name != "",
                line.person_name,
                rx.match(
                    line.step,
                    *((step, t("loop.by_resident")) for step in BY_RESIDENTS),
                    t("loop.by_house"),
                ),
            ),
            class_name="fg-muted",
        ),
        key=as_var(line.number).to_string(),
    )
