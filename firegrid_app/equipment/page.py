"""The desk's page of fire equipment: what is due first; added, tested, taken away, from a file."""

from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.equipment.cards import KINDS, EquipmentRow, EquipmentTally
from firegrid_app.equipment.state import EquipmentState
from firegrid_app.equipment.trail_part import trail
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import count_chip, page_turner, search_field, view_head
from firegrid_app.ui.pieces import TakeFile, form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def equipment() -> rx.Component:
    """The whole page."""
    return desk_page("equipment.title", phased(EquipmentState, _ready()), tab=routes.DESK_PLACES)


def _ready() -> rx.Component:
    view = as_var(EquipmentState.view)
    return rx.fragment(
        refusal_line(EquipmentState.said),
        view_head(
            EquipmentState,
            rx.el.a(t("equipment.to_places"), href=routes.DESK_PLACES, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.el.div(
            rx.foreach(EquipmentState.view.tallies, _tally),
            class_name="fg-chips",
            role="group",
            aria_label=t("equipment.narrow"),
        ),
        rx.cond(
            view.may_add,
            rx.cond(
                EquipmentState.adding,
                _add_form(),
                _small("equipment.add", EquipmentState.ask_add),
            ),
            rx.cond(view.may_keep, rx.el.p(t("equipment.add_where"), class_name="fg-muted")),
        ),
        rx.cond(
            ~EquipmentState.adding & (EquipmentState.testing == 0),
            refusal_line(EquipmentState.form_said),
        ),
        rx.el.section(
            rx.el.div(
                rx.el.h2(t("equipment.list", count=view.matches)),
                search_field(
                    EquipmentState.words,
                    t("equipment.search"),
                    t("equipment.search"),
                    EquipmentState.search,
                ),
                class_name="fg-row fg-row-apart",
            ),
            rx.cond(
                view.matches > 0,
                rx.el.ul(rx.foreach(EquipmentState.view.rows, _row), class_name="fg-list"),
                rx.el.p(t("equipment.none"), class_name="fg-empty"),
            ),
            page_turner(
                as_var(view.page),
                as_var(view.pages),
                lambda page: EquipmentState.turn(page).temporal,
            ),
            rx.el.p(t("equipment.months_more"), class_name="fg-muted"),
            class_name="fg-card",
        ),
        rx.cond(
            view.may_keep,
            rx.el.div(
                TakeFile.create(
                    kind="equipment", grid=view.code, on_done=EquipmentState.load.temporal
                ),
                class_name="fg-card",
            ),
        ),
    )


def _tally(tally: rx.Var[EquipmentTally]) -> rx.Component:
    return count_chip(
        t_of("equipment.which.", tally.which),
        tally.count,
        chosen=EquipmentState.view.which == tally.which,
        on_click=EquipmentState.narrow(tally.which).temporal,
        key=tally.which,
    )


def _row(row: rx.Var[EquipmentRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row.name, class_name="fg-grow"),
            rx.el.span(t_of("equipment.kind.", row.kind), class_name="fg-tag"),
            rx.el.span(
                t_of("equipment.which.", row.standing),
                class_name=rx.cond(
                    row.standing == "good", "fg-tag fg-tag-ok", "fg-tag fg-tag-warn"
                ),
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            row.grid_name,
            rx.cond(row.where != "", " · " + row.where, ""),
            rx.cond(
                (row.amount > 1) & (row.size == ""),
                " · " + t("equipment.pieces", count=row.amount),
                "",
            ),
            class_name="fg-muted",
        ),
        rx.cond(row.size != "", _guards(row)),
        rx.el.p(
            rx.cond(
                row.tested_on != "",
                t("equipment.tested", tested=row.tested_on, next=row.next_on),
                t("equipment.never"),
            ),
            rx.cond(row.keeper != "", " · " + row.keeper + " " + row.keeper_phone, ""),
            class_name="fg-muted",
        ),
        rx.cond(row.fault != "", rx.el.p("⚠ ", row.fault, class_name="fg-bad")),
        trail(row),
        rx.cond(
            row.may_keep,
            rx.cond(
                EquipmentState.testing == row.id,
                _test_form(),
                rx.el.div(
                    _small("equipment.note_test", EquipmentState.ask_test(row.id)),
                    _small("equipment.take_away", EquipmentState.take_away(row.id).temporal),
                    class_name="fg-row",
                ),
            ),
        ),
        key=row.id.to_string(),
        class_name="fg-item",
    )


def _guards(row: rx.Var[EquipmentRow]) -> rx.Component:
    return rx.el.p(
        t("equipment.guards", count=row.amount, size=t_of("equipment.size.", row.size)),
        rx.el.br(),
        rx.cond(
            row.joint != "",
            t("equipment.joint", names=row.joint),
            t("equipment.joint_none"),
        ),
        class_name="fg-muted",
    )


def _small(key: str, handler: Any) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
    )


def _input(name: str, **more: Any) -> rx.Component:
    return rx.fragment(
        rx.el.label(t(f"equipment.field.{name}"), html_for=f"piece-{name}"),
        rx.el.input(
            id=f"piece-{name}", name=name, class_name="fg-input", **({"max_length": 120} | more)
        ),
    )


def _end(save: str) -> rx.Component:
    return form_end(EquipmentState.form_said, t(save), t("desk.no"), EquipmentState.drop_form)


def _add_form() -> rx.Component:
    view = as_var(EquipmentState.view)
    return rx.el.form(
        rx.el.label(t("equipment.field.kind"), html_for="piece-kind"),
        rx.el.select(
            *(rx.el.option(t(f"equipment.kind.{kind}"), value=kind) for kind in KINDS),
            id="piece-kind",
            name="kind",
            class_name="fg-input",
        ),
        _input("name", max_length=80),
        rx.el.label(t("equipment.field.spot"), html_for="piece-spot"),
        rx.el.select(
            rx.el.option(t("equipment.no_spot"), value=""),
            rx.foreach(view.spots, lambda one: rx.el.option(one[1], value=one[0], key=one[0])),
            id="piece-spot",
            name="spot",
            class_name="fg-input",
        ),
        _input("where"),
        _input("amount", input_mode="numeric", max_length=6),
        _input("keeper", max_length=40),
        _input("keeper_phone", input_mode="tel", max_length=20),
        _input("tested_on", type="date"),
        _input("months", input_mode="numeric", max_length=3),
        _end("equipment.add"),
        on_submit=EquipmentState.add.temporal,
        reset_on_submit=False,
        class_name="fg-card",
    )


def _test_form() -> rx.Component:
    return rx.el.form(
        _input("tested_on", type="date", default_value=as_var(EquipmentState.view).today),
        rx.el.label(t("equipment.field.fine"), html_for="piece-fine"),
        rx.el.select(
            rx.el.option(t("equipment.fine"), value="yes"),
            rx.el.option(t("equipment.faulty"), value="no"),
            rx.el.option(t("equipment.faulty_known"), value="known"),
            id="piece-fine",
            name="fine",
            class_name="fg-input",
        ),
        _input("note", max_length=300),
        _end("equipment.note_test"),
        on_submit=EquipmentState.note.temporal,
        reset_on_submit=False,
        class_name="fg-field fg-sunk",
    )
