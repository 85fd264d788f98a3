"""The desk's page of alarms in homes: how many there are, what is in stock, who lacks one."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.alarms.cards import (
    KINDS_OFFERED,
    MAKERS_OFFERED,
    STEPS_OFFERED,
    AlarmFigures,
    AlarmLine,
    StockLine,
)
from firegrid_app.alarms.state import AlarmsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of

TAGS = (("soon", "fg-tag fg-tag-warn"), ("none", "fg-tag fg-tag-warn"))


def alarms() -> rx.Component:
    """The whole page."""
    return desk_page("alarms.title", phased(AlarmsState, _ready()), tab=routes.DESK)


def _ready() -> rx.Component:
    view = as_var(AlarmsState.view)
    return rx.fragment(
        refusal_line(AlarmsState.said),
        view_head(
            AlarmsState,
            rx.el.a(t("campaigns.register"), href=routes.HOUSEHOLDS, class_name="fg-link"),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.el.section(_figures(view.total), class_name="fg-card"),
        rx.match(
            AlarmsState.form,
            ("note", _note_form()),
            ("stock", _stock_form()),
            rx.el.div(
                rx.cond(view.is_small, _small("alarms.note", AlarmsState.ask("note").temporal)),
                _small("alarms.add_stock", AlarmsState.ask("stock").temporal),
                class_name="fg-row",
            ),
        ),
        rx.el.section(
            rx.el.h2(t("alarms.stock")),
            rx.el.ul(rx.foreach(AlarmsState.view.stock, _stock), class_name="fg-list"),
            class_name="fg-card",
        ),
        rx.cond(
            view.lines.length() > 0,
            rx.el.section(
                rx.el.h2(t("alarms.to_see_to")),
                rx.el.ul(rx.foreach(AlarmsState.view.lines, _line), class_name="fg-list"),
                rx.el.p(t("alarms.look_is_logged"), class_name="fg-muted"),
                class_name="fg-card",
            ),
        ),
        rx.cond(
            view.grids.length() > 0,
            rx.el.section(
                rx.el.h2(t("alarms.by_grid")),
                rx.el.ul(rx.foreach(AlarmsState.view.grids, _grid), class_name="fg-list"),
                class_name="fg-card",
            ),
        ),
    )


def _figures(one: rx.Var[AlarmFigures]) -> rx.Component:
    return rx.fragment(
        rx.el.p(rx.el.strong(t("alarms.care", covered=one.care_covered, homes=one.care_homes))),
        rx.el.progress(
            value=one.care_covered.to_string(),
            max=rx.cond(one.care_homes > 0, one.care_homes, 1).to_string(),
            class_name="fg-progress",
            aria_label=t("alarms.title"),
        ),
        rx.el.p(
            t("alarms.all", covered=one.covered, doors=one.doors),
            " · ",
            t("alarms.bad", bad=one.bad, soon=one.soon),
            class_name="fg-muted",
        ),
    )


def _grid(one: AlarmFigures) -> rx.Component:
    return rx.el.li(
        rx.el.strong(one.name),
        rx.el.div(
            rx.el.span(
                t("alarms.care", covered=one.care_covered, homes=one.care_homes),
                class_name=rx.cond(
                    as_var(one.care_covered) < one.care_homes,
                    "fg-tag fg-tag-warn",
                    "fg-tag fg-tag-ok",
                ),
            ),
            _small("alarms.open", AlarmsState.pick(one.code).temporal),
            class_name="fg-row fg-row-apart",
        ),
        rx.el.p(
            t("alarms.all", covered=one.covered, doors=one.doors),
            " · ",
            t("alarms.bad", bad=one.bad, soon=one.soon),
            class_name="fg-muted",
        ),
        key=one.code,
        class_name="fg-item",
    )


def _stock(line: StockLine) -> rx.Component:
    return rx.el.li(
        rx.el.strong(t_of("alarms.kind.", line.kind)),
        " ",
        t("alarms.stock_line", came=line.came, given=line.given, left=line.left),
        key=line.kind,
    )


def _line(line: AlarmLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.name, class_name="fg-grow"),
            rx.el.span(t_of("alarms.kind.", line.kind)),
            rx.el.span(
                t_of("alarms.standing.", line.standing),
                rx.cond(line.expires_on != "", " " + as_var(line.expires_on), ""),
                class_name=rx.match(line.standing, *TAGS, "fg-tag fg-tag-danger"),
            ),
            class_name="fg-row fg-row-apart",
        ),
        key=as_var(line.door).to_string() + line.kind,
        class_name="fg-item",
    )


def _small(key: str, handler: object) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small",
        disabled=is_offline,
        on_click=handler,
    )


def _select(name: str, options: tuple[str, ...], prefix: str) -> rx.Component:
    return rx.el.label(
        t(f"alarms.field.{name}"),
        rx.el.select(
            *(rx.el.option(t(f"{prefix}{one}"), value=one) for one in options),
            name=name,
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def _input(name: str, **props: object) -> rx.Component:
    return rx.el.label(
        t(f"alarms.field.{name}"),
        rx.el.input(name=name, class_name="fg-input", **props),
        class_name="fg-field",
    )


def _note_form() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("alarms.note")),
        rx.el.datalist(
            rx.foreach(AlarmsState.view.doors, lambda name: rx.el.option(value=name, key=name)),
            id="alarm-doors",
        ),
        rx.el.div(
            _input("door", list="alarm-doors", max_length=100, auto_complete="off"),
            _select("kind", KINDS_OFFERED, "alarms.kind."),
            _select("step", STEPS_OFFERED, "alarms.step."),
            _select("maker", MAKERS_OFFERED, "alarms.maker."),
            _input("expires_on", type="date"),
            class_name="fg-form-row",
        ),
        rx.el.p(t("alarms.end_how"), class_name="fg-muted"),
        form_end(
            AlarmsState.form_said, t("alarms.keep"), t("desk.no"), AlarmsState.ask("").temporal
        ),
        on_submit=AlarmsState.note.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-card",
    )


def _stock_form() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("alarms.add_stock")),
        rx.el.div(
            _select("kind", KINDS_OFFERED, "alarms.kind."),
            _input("number", input_mode="numeric", max_length=7),
            _input("words", max_length=60),
            class_name="fg-form-row",
        ),
        rx.el.p(t("alarms.stock_how"), class_name="fg-muted"),
        form_end(
            AlarmsState.form_said, t("alarms.keep"), t("desk.no"), AlarmsState.ask("").temporal
        ),
        on_submit=AlarmsState.add_stock.temporal,
        reset_on_submit=False,
        no_validate=True,
        class_name="fg-card",
    )
