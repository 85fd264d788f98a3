"""Which other systems may send in: let one in, see when it last did, shut it out."""

import reflex as rx

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.systems_state import SystemsState
from firegrid_app.ui.pieces import is_offline, send_end
from firegrid_app.ui.text import as_var, t


def systems_part(
    door: type[SystemsState],
    *,
    title: rx.Var[str],
    more: rx.Var[str],
    example: rx.Var[str],
    ways: tuple[rx.Component, ...],
) -> rx.Component:
    """Folded; shown to whoever may let systems in.

    `ways` are the lines that the other side writes down, the key in them.
    """
    state = as_var(door)
    return rx.cond(
        state.may,
        rx.el.details(
            rx.el.summary(title),
            rx.el.p(more, class_name="fg-muted"),
            rx.cond(
                state.lines.length() > 0,
                rx.el.ul(
                    rx.foreach(state.lines, lambda line: _line(line, state.shut_out(line.id))),
                    class_name="fg-list",
                ),
                rx.el.p(t("access.system.none"), class_name="fg-muted"),
            ),
            rx.cond(state.key != "", _once(ways)),
            rx.el.form(
                rx.el.label(
                    t("access.system.name"),
                    rx.el.input(
                        name="name", class_name="fg-input", max_length=60, placeholder=example
                    ),
                    class_name="fg-field",
                ),
                send_end(state.said, t("access.system.let_in")),
                on_submit=state.let_in.temporal,
                # A name is filled in once: with the next line the field is a new, empty one.
                key=state.lines.length().to_string(),
                reset_on_submit=False,
                class_name="fg-part",
            ),
            class_name="fg-card",
        ),
    )


def _once(ways: tuple[rx.Component, ...]) -> rx.Component:
    return rx.el.div(
        rx.el.p(t("access.system.once")),
        *(rx.el.p(way) for way in ways),
        class_name="fg-card",
        role="status",
    )


def _line(line: rx.Var[SystemLine], end: rx.event.EventSpec) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.name),
            rx.cond(line.grid_name != "", rx.el.span(line.grid_name, class_name="fg-muted")),
            rx.el.p(
                t("access.system.since", day=line.made, name=line.maker),
                " · ",
                rx.cond(
                    line.used != "",
                    t("access.system.used", time=line.used),
                    t("access.system.never_used"),
                ),
                class_name="fg-muted",
            ),
            class_name="fg-grow",
        ),
        rx.el.details(
            rx.el.summary(t("access.system.shut_out")),
            rx.el.p(t("access.system.shut_out_more"), class_name="fg-muted"),
            rx.el.button(
                t("access.system.shut_out_now"),
                type="button",
                class_name="fg-button fg-button-small fg-button-danger",
                disabled=is_offline,
                on_click=end.temporal,
            ),
        ),
        class_name="fg-row fg-row-apart",
        key=line.id.to_string(),
    )
