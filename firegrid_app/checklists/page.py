"""The page of checklists: what the street's members look at, to be worded, left out, ordered."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.checklists.cards import FaultLine, ItemLine, VersionLine
from firegrid_app.checklists.state import ChecklistState
from firegrid_app.ui.frame import desk_page
from firegrid_app.ui.lists import view_head
from firegrid_app.ui.pieces import form_end, is_offline, phased, refusal_line
from firegrid_app.ui.text import as_var, t, t_of


def lists() -> rx.Component:
    """The whole page."""
    return desk_page(
        "checklists.title",
        phased(ChecklistState, _ready()),
        tab=routes.DESK_DUTIES,
    )


def _ready() -> rx.Component:
    view = as_var(ChecklistState.view)
    return rx.fragment(
        refusal_line(ChecklistState.said),
        view_head(ChecklistState, named=lambda pick: (pick[0], pick[1])),
        rx.el.label(
            t("checklists.which"),
            rx.el.select(
                rx.foreach(
                    ChecklistState.view.lists,
                    lambda one: rx.el.option(one[1], value=one[0], key=one[0]),
                ),
                value=view.chosen,
                on_change=ChecklistState.choose.temporal,
                disabled=is_offline,
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        rx.el.section(
            rx.el.p(
                rx.cond(
                    view.number > 0,
                    t("checklists.own", number=view.number),
                    t("checklists.shipped"),
                ),
                " ",
                t("checklists.source", source=view.source),
                class_name="fg-muted",
            ),
            rx.cond(
                ~ChecklistState.adding & (ChecklistState.wording == ""),
                refusal_line(ChecklistState.form_said),
            ),
            rx.el.ol(rx.foreach(ChecklistState.view.lines, _item), class_name="fg-list"),
            rx.cond(
                ChecklistState.adding,
                _form(
                    rx.Var.create(""),
                    rx.Var.create(""),
                    rx.Var.create(""),
                    rx.Var.create("other"),
                    rx.Var.create(""),
                ),
                rx.el.div(
                    _button("checklists.add", ChecklistState.ask_add),
                    rx.cond(
                        view.number > 0,
                        _button("checklists.restore", ChecklistState.restore.temporal),
                    ),
                    class_name="fg-row",
                ),
            ),
            rx.el.p(t("checklists.kept"), class_name="fg-muted"),
            class_name="fg-card",
        ),
        rx.cond(view.faults.length() > 0, _faults()),
        rx.cond(view.versions.length() > 0, _versions()),
    )


def _item(item: rx.Var[ItemLine]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            ChecklistState.wording == item.code,
            _form(item.zh_CN, item.en, item.ko, item.category, item.source),
            rx.fragment(
                rx.el.div(
                    rx.el.strong(item.zh_CN, class_name="fg-grow"),
                    rx.cond(
                        item.on,
                        rx.fragment(),
                        rx.el.span(t("checklists.off"), class_name="fg-tag fg-tag-warn"),
                    ),
                    rx.cond(item.own, rx.el.span(t("checklists.ours"), class_name="fg-tag")),
                    class_name="fg-row fg-row-apart",
                ),
                rx.el.p(
                    item.en,
                    rx.cond(item.ko != "", " · " + item.ko, ""),
                    " · ",
                    t_of("hazards.category.", item.category),
                    rx.cond(item.source != "", " · " + item.source, ""),
                    class_name="fg-muted",
                ),
                rx.el.div(
                    _button("checklists.word", ChecklistState.ask_words(item.code)),
                    rx.cond(
                        item.on,
                        _button("checklists.leave_out", ChecklistState.switch(item.code).temporal),
                        _button("checklists.take_in", ChecklistState.switch(item.code).temporal),
                    ),
                    _step("↑", "checklists.up", ChecklistState.move(item.code, True).temporal),
                    _step("↓", "checklists.down", ChecklistState.move(item.code, False).temporal),
                    class_name="fg-row",
                ),
            ),
        ),
        key=item.code,
    )


def _button(key: str, handler: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        t(key),
        type="button",
        class_name="fg-button fg-button-small fg-button-quiet",
        disabled=is_offline,
        on_click=handler,
    )


def _step(arrow: str, key: str, handler: rx.event.EventType) -> rx.Component:
    return rx.el.button(
        arrow,
        type="button",
        class_name="fg-button fg-button-small fg-button-quiet",
        aria_label=t(key),
        disabled=is_offline,
        on_click=handler,
    )


def _form(
    zh_CN: rx.Var[str],
    en: rx.Var[str],
    ko: rx.Var[str],
    category: rx.Var[str],
    source: rx.Var[str],
) -> rx.Component:
    return rx.el.form(
        _input("zh_CN", zh_CN, 120),
        _input("en", en, 120),
        _input("ko", ko, 120),
        rx.el.label(
            t("checklists.category"),
            rx.el.select(
                rx.foreach(
                    ChecklistState.view.categories,
                    lambda one: rx.el.option(t_of("hazards.category.", one), value=one, key=one),
                ),
                name="category",
                default_value=category,
                class_name="fg-input",
            ),
            class_name="fg-field",
        ),
        _input("source", source, 40),
        form_end(
            ChecklistState.form_said,
            t("checklists.save"),
            t("desk.no"),
            ChecklistState.drop_form,
        ),
        on_submit=ChecklistState.word.temporal,
        reset_on_submit=False,
        class_name="fg-part",
    )


def _input(name: str, default: rx.Var[str], most: int) -> rx.Component:
    return rx.el.label(
        t(f"checklists.field.{name}"),
        rx.el.input(name=name, default_value=default, max_length=most, class_name="fg-input"),
        class_name="fg-field",
    )


def _faults() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("checklists.faults")),
        rx.el.ul(rx.foreach(ChecklistState.view.faults, _fault), class_name="fg-list"),
        class_name="fg-card",
    )


def _fault(fault: rx.Var[FaultLine]) -> rx.Component:
    return rx.el.li(
        rx.el.p(t("checklists.not_met", words=fault.words)),
        rx.el.p(fault.at, " · ", fault.grid_name, " · ", fault.point_name, class_name="fg-muted"),
        key=fault.id,
    )


def _versions() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("checklists.versions")),
        rx.el.ul(rx.foreach(ChecklistState.view.versions, _version), class_name="fg-list"),
        class_name="fg-card",
    )


def _version(version: rx.Var[VersionLine]) -> rx.Component:
    return rx.el.li(
        t("checklists.version", number=version.number, by=version.by, at=version.at),
        key=version.number.to_string(),
    )
