"""An open hazard in the panel of its grid, its photos, and the form of the step being taken."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.desk.cards import HazardLine
from firegrid_app.desk.grid_list import date_of, when
from firegrid_app.desk.panel_state import GridState
from firegrid_app.ui.pieces import is_offline, mistake
from firegrid_app.ui.text import t, t_of


def hazard_item(hazard: rx.Var[HazardLine]) -> rx.Component:
    """What it is, by when, whose, and what may be done with it."""
    return rx.el.li(
        rx.el.div(
            rx.el.strong(t_of("hazards.category.", hazard.category)),
            rx.el.div(
                severity_tag(hazard.severity),
                rx.cond(
                    hazard.urgent,
                    rx.el.span(t("desk.urgent"), class_name="fg-tag fg-tag-danger"),
                ),
                rx.el.span(t_of("hazards.status.", hazard.status), class_name="fg-tag"),
                marks(hazard.step_ups, hazard.urges_open),
                class_name="fg-row",
            ),
        ),
        rx.cond(hazard.where_words != "", rx.el.p(hazard.where_words)),
        rx.cond(hazard.words != "", rx.el.p(hazard.words)),
        rx.el.p(
            rx.cond(
                hazard.overdue,
                rx.el.strong(
                    "⚠ ", t("desk.due_over", day=date_of(hazard.due)), class_name="fg-bad"
                ),
                t("desk.due", day=date_of(hazard.due)),
            ),
            " · ",
            whose(hazard.owner_name, hazard.rung),
        ),
        rx.el.p(
            t(
                "desk.last_step",
                when=when(hazard.last),
                name=hazard.last_person,
                step=t_of("loop.step.", hazard.last_step),
            ),
            rx.cond(hazard.last_note != "", t("desk.last_note", note=hazard.last_note), ""),
            class_name="fg-muted",
        ),
        rx.cond(
            hazard.photos.length() > 0,
            rx.el.div(rx.foreach(hazard.photos, photo_link), class_name="fg-thumbnails"),
        ),
        rx.cond(
            hazard.photos_awaited > 0,
            rx.el.p(t("desk.photos_awaited", count=hazard.photos_awaited), class_name="fg-muted"),
        ),
        rx.cond(
            GridState.hazard == hazard.id,
            _step_form(),
            rx.el.div(
                rx.foreach(hazard.steps, lambda step: _step_button(hazard, step)),
                class_name="fg-row",
            ),
        ),
        key=hazard.id,
    )


def whose(owner: rx.Var[str], rung: rx.Var[str]) -> rx.Var[str]:
    """Who has it and on which level; or that nobody has."""
    return rx.cond(
        owner != "",
        t("loop.owner", name=owner, rung=t_of("loop.rung.", rung)),
        t("loop.nobody", rung=t_of("loop.rung.", rung)),
    )


def severity_tag(severity: rx.Var[str]) -> rx.Component:
    """Its grade; what is or may be major stands out from the rest of a list."""
    stands_out = (severity == "major") | (severity == "suspected_major")
    return rx.el.span(
        t_of("hazards.severity.", severity),
        class_name=rx.cond(stands_out, "fg-tag fg-tag-danger", "fg-tag"),
    )


def marks(step_ups: rx.Var[int], urges: rx.Var[int]) -> rx.Component:
    """That it went to a higher level, that an urge waits for its answer."""
    return rx.fragment(
        rx.cond(
            step_ups > 0,
            rx.el.span(t("loop.stepped_up", count=step_ups), class_name="fg-tag fg-tag-warn"),
        ),
        rx.cond(
            urges > 0,
            rx.el.span(t("loop.urges_open", count=urges), class_name="fg-tag fg-tag-warn"),
        ),
    )


def photo_link(photo: rx.Var[str]) -> rx.Component:
    """A small picture of a hazard that opens the large one."""
    return picture_link(photo, t("desk.photo"))


def picture_link(photo: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    """A small picture, told in words, that opens the large one."""
    return rx.el.a(
        rx.el.img(src=f"/api/photos/{photo}/thumbnail", alt=words, loading="lazy"),
        href=f"/api/photos/{photo}/screen",
        target="_blank",
        key=photo,
    )


def hazard_link(hazard: rx.Var[str], status: rx.Var[str]) -> rx.Component:
    """How what became of a report stands, opening it on the page of hazards."""
    return rx.el.a(
        t("reports.hazard_stands", status=t_of("hazards.status.", status)),
        href=routes.desk_hazard(hazard),
    )


def _step_button(hazard: rx.Var[HazardLine], step: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        t_of("desk.step.", step),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=GridState.ask_step(hazard.id, step).temporal,
        key=step,
    )


def _step_form() -> rx.Component:
    return rx.el.form(
        rx.el.label(t_of("desk.step_ask.", GridState.step), html_for="step-note"),
        rx.el.textarea(
            id="step-note",
            name="note",
            class_name="fg-input",
            max_length=1000,
            placeholder=t("desk.note"),
        ),
        mistake(GridState.step_said),
        rx.cond(is_offline, rx.el.p(t("desk.offline_no_change"), class_name="fg-mistake")),
        rx.el.div(
            rx.el.button(
                t_of("desk.step.", GridState.step),
                type="submit",
                class_name="fg-button fg-button-primary",
                disabled=is_offline,
            ),
            rx.el.button(
                t("desk.no"),
                type="button",
                class_name="fg-button fg-button-quiet",
                on_click=GridState.drop_step,
            ),
            class_name="fg-row",
        ),
        on_submit=GridState.take_step.temporal,
        reset_on_submit=False,
        class_name="fg-field",
    )
