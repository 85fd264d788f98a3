"""The page of the register: buildings of a grid, one open as it stands, one drawn up."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.households.cards import BuildingLine, Cell, Storey
from firegrid_app.households.door_part import door_part
from firegrid_app.households.neighbours_part import evacuation_part
from firegrid_app.households.state import HouseholdsState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t


def households() -> rx.Component:
    """The whole page."""
    return desk_page("households.title", phased(HouseholdsState, _ready()), tab=routes.DESK)


def _ready() -> rx.Component:
    view = as_var(HouseholdsState.view)
    return rx.fragment(
        refusal_line(HouseholdsState.said),
        view_head(
            HouseholdsState,
            rx.el.a(
                t("households.alarms"), href=routes.ALARMS, class_name="fg-button fg-button-small"
            ),
            rx.el.a(
                t("households.campaigns"),
                href=routes.CAMPAIGNS,
                class_name="fg-button fg-button-small",
            ),
            named=lambda pick: (pick[0], pick[1]),
        ),
        rx.el.p(t("households.count", doors=view.doors), class_name="fg-muted"),
        rx.cond(
            HouseholdsState.written > 0,
            rx.el.p(
                t("households.written", count=HouseholdsState.written),
                class_name="fg-banner",
                role="status",
            ),
        ),
        rx.cond(
            HouseholdsState.is_open,
            _drawing(),
            rx.el.button(
                t("households.draw_up"),
                type="button",
                class_name="fg-button fg-button-primary fg-start",
                disabled=is_offline,
                on_click=HouseholdsState.ask.temporal,
            ),
        ),
        rx.cond(
            view.buildings.length() > 0,
            rx.el.section(
                rx.el.h2(t("households.buildings")),
                rx.el.ul(
                    rx.foreach(HouseholdsState.view.buildings, _building), class_name="fg-list"
                ),
                class_name="fg-card",
            ),
            rx.el.p(t("households.none"), class_name="fg-empty"),
        ),
        evacuation_part(),
    )


def _building(line: BuildingLine) -> rx.Component:
    opened = as_var(HouseholdsState.view).open
    is_this = opened.is_open & (opened.name == line.name)
    return rx.el.li(
        rx.el.div(
            rx.el.strong(
                rx.cond(line.name != "", line.name, t("households.no_building")),
                class_name="fg-grow",
            ),
            rx.el.span(t("households.line", doors=line.doors, floors=line.floors)),
            rx.el.button(
                rx.cond(is_this, t("households.close"), t("households.open")),
                type="button",
                class_name="fg-button fg-button-small",
                disabled=is_offline,
                on_click=HouseholdsState.open(line.name).temporal,
            ),
            class_name="fg-row fg-row-apart",
        ),
        rx.cond(
            is_this,
            rx.fragment(
                picture(HouseholdsState.view.open.storeys, _door),
                rx.cond(
                    opened.sees_care,
                    rx.el.p(t("households.look_is_logged"), class_name="fg-muted"),
                ),
                door_part(),
            ),
        ),
        key=line.name,
        class_name="fg-item",
    )


def picture(storeys: rx.Var[list[Storey]] | list[Storey], cell: object) -> rx.Component:
    """The building as it stands; `cell` draws a door."""

    def storey(one: Storey) -> rx.Component:
        return rx.el.div(
            rx.el.span(
                rx.cond(one.unit != "", as_var(one.unit) + " ", ""),
                t("phone.floor", floor=one.floor),
                class_name="fg-muted fg-number",
            ),
            rx.el.div(rx.foreach(one.cells, cell), class_name="fg-floor-doors"),  # type: ignore[arg-type]
            class_name="fg-floor fg-floor-desk",
        )

    return rx.el.div(rx.foreach(storeys, storey), class_name="fg-doors")


def _door(cell: Cell) -> rx.Component:
    return rx.el.button(
        rx.el.span(cell.room, class_name="fg-number"),
        rx.el.small(rx.cond(cell.care != "", "♥", "·")),
        type="button",
        class_name="fg-door",
        aria_pressed=as_var(HouseholdsState.door).id == cell.id,
        disabled=is_offline,
        on_click=HouseholdsState.open_door(cell.id).temporal,
        key=as_var(cell.id).to_string(),
    )


def _tapped(cell: Cell) -> rx.Component:
    return rx.el.button(
        rx.el.span(cell.room, class_name="fg-number"),
        rx.el.small(rx.cond(cell.out, "✕", rx.cond(cell.id > 0, "✓", "+"))),
        type="button",
        class_name="fg-door",
        data_outcome=rx.cond(cell.out, "refused", rx.cond(cell.id > 0, "met", "")),
        aria_pressed=as_var(cell.out),
        disabled=is_offline,
        on_click=HouseholdsState.tap(cell.key).temporal,
        key=cell.key,
    )


def _number(name: str, default: str) -> rx.Component:
    return rx.el.label(
        t(f"households.field.{name}"),
        rx.el.input(
            name=name,
            default_value=default,
            input_mode="numeric",
            max_length=6,
            class_name="fg-input",
        ),
        class_name="fg-field",
    )


def _drawing() -> rx.Component:
    drawing = as_var(HouseholdsState.drawing)
    return rx.el.section(
        rx.el.h2(t("households.draw_up")),
        rx.el.form(
            rx.el.div(
                rx.el.label(
                    t("households.field.building"),
                    rx.el.input(name="building", max_length=30, class_name="fg-input"),
                    class_name="fg-field",
                ),
                rx.el.label(
                    t("households.field.style"),
                    rx.el.select(
                        *(
                            rx.el.option(t(f"households.style.{style}"), value=style)
                            for style in ("digits", "letters", "village")
                        ),
                        name="style",
                        default_value="digits",
                        class_name="fg-input",
                    ),
                    class_name="fg-field",
                ),
                _number("units", "1"),
                class_name="fg-form-row",
            ),
            rx.el.div(
                _number("first", "1"),
                _number("last", "6"),
                _number("per_floor", "2"),
                class_name="fg-form-row",
            ),
            rx.el.p(t("households.village_how"), class_name="fg-muted"),
            form_end(
                HouseholdsState.form_said,
                t("households.show"),
                t("desk.no"),
                HouseholdsState.drop,
            ),
            on_submit=HouseholdsState.draw.temporal,
            reset_on_submit=False,
            no_validate=True,
        ),
        rx.cond(drawing.storeys.length() > 0, _drawn()),
        class_name="fg-card",
    )


def _drawn() -> rx.Component:
    drawing = as_var(HouseholdsState.drawing)
    return rx.fragment(
        rx.el.p(
            t(
                "households.drawn",
                doors=drawing.doors,
                fresh=drawing.doors - drawing.there,
                there=drawing.there,
            ),
            role="status",
        ),
        rx.cond(
            drawing.register_floors != "",
            rx.el.p(
                t(
                    "households.other_floors",
                    here=drawing.register_floors,
                    drawn=drawing.drawn_floors,
                ),
                rx.cond(
                    drawing.others > 0, " " + t("households.others_stay", others=drawing.others), ""
                ),
                class_name="fg-banner fg-banner-warn",
            ),
        ),
        rx.el.button(
            rx.cond(
                HouseholdsState.must_agree,
                t("households.write_all_the_same"),
                t("households.write", count=drawing.doors - drawing.there),
            ),
            type="button",
            class_name="fg-button fg-button-primary",
            disabled=is_offline,
            on_click=HouseholdsState.write.temporal,
        ),
        rx.el.p(t("households.tap_how"), class_name="fg-muted"),
        picture(HouseholdsState.drawing.storeys, _tapped),
    )
