"""The page of check points: one grid's points, to print, add, rename, close."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.points.cards import KINDS_TO_ADD, PointLine
from firegrid_app.points.state import PointsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def points() -> rx.Component:
    """The whole page."""
    return desk_page(
        "supervision.points_title",
        phased(PointsState, _ready()),
        tab=routes.WALKS,
    )


def _ready() -> rx.Component:
    view = as_var(PointsState.view)
    return rx.fragment(
        refusal_line(PointsState.said),
        view_head(PointsState, named=lambda pick: (pick[0], pick[1])),
        rx.el.div(
            rx.el.a(
                t("supervision.print"), href=view.sheet, target="_blank", class_name="fg-button"
            ),
            rx.el.button(
                t("supervision.add_point"),
                type="button",
                class_name="fg-button",
                disabled=is_offline,
                on_click=PointsState.ask_add,
            ),
            class_name="fg-row",
        ),
        rx.cond(
            ~PointsState.adding & (PointsState.renaming == 0),
            refusal_line(PointsState.form_said),
        ),
        rx.cond(PointsState.adding, _add_form()),
        rx.el.section(
            rx.cond(
                view.points.length() > 0,
                rx.el.ul(rx.foreach(PointsState.view.points, _point), class_name="fg-list"),
                rx.el.p(t("supervision.no_points"), class_name="fg-muted"),
            ),
            class_name="fg-card",
        ),
    )


def _point(point: rx.Var[PointLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(point.name, class_name="fg-grow"),
            rx.el.span(t_of("supervision.kind.", point.kind), class_name="fg-tag"),
            rx.cond(
                point.is_open,
                rx.fragment(),
                rx.el.span(
                    t("supervision.closed", day=point.ends_on), class_name="fg-tag fg-tag-warn"
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            PointsState.renaming == point.id,
            rx.el.form(
                rx.el.label(t("supervision.point_name"), html_for="point-name"),
                rx.el.input(
                    id="point-name",
                    name="name",
                    default_value=point.name,
                    max_length=80,
                    class_name="fg-input",
                ),
                _form_end(),
                on_submit=PointsState.rename.temporal,
                reset_on_submit=False,
                class_name="fg-part",
            ),
            rx.el.div(
                _small("supervision.rename", PointsState.ask_name(point.id)),
                rx.cond(
                    point.is_open,
                    _small("supervision.close_point", PointsState.close(point.id).temporal),
                    _small("supervision.open_point", PointsState.open(point.id).temporal),
                ),
                class_name="fg-row",
            ),
        ),
        key=point.id.to_string(),
    )


def _small(key: str, handler: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small fg-button-quiet",
        disabled=is_offline,
        on_click=handler,
    )


def _add_form() -> rx.Component:
    return rx.el.form(
        rx.el.label(t("supervision.point_kind"), html_for="new-kind"),
        rx.el.select(
            *(rx.el.option(t(f"supervision.kind.{kind}"), value=kind) for kind in KINDS_TO_ADD),
            id="new-kind",
            name="kind",
            class_name="fg-input",
        ),
        *_field("building", t("supervision.building")),
        *_field("unit", t("supervision.unit")),
        *_field("floor", t("supervision.floor")),
        *_field("name", t("supervision.point_name_optional")),
        _form_end(),
        on_submit=PointsState.add.temporal,
        reset_on_submit=False,
        class_name="fg-card",
    )


def _field(name: str, label: rx.Var[str]) -> tuple[rx.Component, rx.Component]:
    return (
        rx.el.label(label, html_for=f"new-{name}"),
        rx.el.input(id=f"new-{name}", name=name, max_length=80, class_name="fg-input"),
    )


def _form_end() -> rx.Component:
    return form_end(
        PointsState.form_said, t("supervision.save"), t("desk.no"), PointsState.drop_form
    )
