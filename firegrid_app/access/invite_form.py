"""The invitation form, mistakes beside their fields, and the link it ends in."""

import reflex as rx

from firegrid_app.access.cards import GridChoice
from firegrid_app.access.invite_state import InviteState
from firegrid_app.access.state import LinkState
from firegrid_app.ui.pieces import CopyLink, is_offline, refusal_line
from firegrid_app.ui.text import as_var, t, t_of, t_said


def link_card() -> rx.Component:
    """The link and its QR code, once."""
    return rx.cond(
        LinkState.link != "",
        rx.el.section(
            rx.el.h2(t("access.link_for", name=LinkState.name)),
            rx.el.p(t("access.link_once")),
            rx.el.div(
                rx.el.img(src=LinkState.picture, alt=t("access.qr"), class_name="fg-qr"),
                rx.el.div(CopyLink.create(link=LinkState.link), class_name="fg-grow"),
                class_name="fg-link",
            ),
            rx.el.button(
                t("access.put_away"),
                type="button",
                class_name="fg-button",
                on_click=LinkState.put_away,
            ),
            class_name="fg-card",
            role="status",
        ),
    )


def invite_form() -> rx.Component:
    """A button that opens the form, and the form."""
    return rx.fragment(
        rx.cond(
            InviteState.given != "",
            rx.el.p(
                t("access.given", name=InviteState.given),
                class_name="fg-banner fg-banner-ok",
                role="status",
            ),
        ),
        refusal_line(InviteState.said),
        rx.cond(
            as_var(InviteState.roles).length() > 0,
            _form(),
            rx.el.button(
                t("access.invite"),
                type="button",
                class_name="fg-button fg-button-primary fg-invite",
                disabled=is_offline,
                on_click=InviteState.open_form.temporal,
            ),
        ),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.h2(t("access.invite"), class_name="fg-grow"),
            rx.el.button(
                t("access.invite_close"),
                type="button",
                class_name="fg-button fg-button-quiet",
                on_click=InviteState.close_form,
            ),
            class_name="fg-row",
        ),
        rx.el.p(t("access.send_more"), class_name="fg-muted"),
        rx.el.div(
            _text("phone", type="tel", input_mode="numeric", max_length=20),
            _text("name", max_length=40),
            _role(),
            class_name="fg-form-row",
        ),
        _grid(),
        rx.el.div(_day("starts_on"), _day("ends_on"), _mistake("dates"), class_name="fg-form-row"),
        rx.el.button(
            t("access.send"),
            type="submit",
            class_name="fg-button fg-button-primary fg-invite",
            disabled=is_offline,
        ),
        on_submit=InviteState.send.temporal,
        reset_on_submit=False,
        no_validate=True,
        auto_complete="off",
        class_name="fg-card",
    )


def _mistake(field: str) -> rx.Component:
    return rx.cond(
        as_var(InviteState.mistakes).contains(field),
        rx.el.p(
            t_said(InviteState.mistakes[field]),
            id=f"invite-{field}-mistake",
            class_name="fg-mistake",
            role="alert",
        ),
    )


def _marks(field: str) -> dict[str, rx.Var]:
    wrong = as_var(InviteState.mistakes).contains(field)
    return {
        "aria_invalid": rx.cond(wrong, "true", "false"),
        "aria_describedby": rx.cond(wrong, f"invite-{field}-mistake", ""),
    }


def _text(field: str, **props: object) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"access.field.{field}"), html_for=f"invite-{field}"),
        rx.el.input(
            id=f"invite-{field}", name=field, class_name="fg-input", **_marks(field), **props
        ),
        _mistake(field),
        class_name="fg-field",
    )


def _role() -> rx.Component:
    return rx.el.div(
        rx.el.label(t("access.field.role"), html_for="invite-role"),
        rx.el.select(
            rx.foreach(
                InviteState.roles,
                lambda role: rx.el.option(t_of("access.role.", role), value=role, key=role),
            ),
            id="invite-role",
            name="role",
            class_name="fg-input",
            value=InviteState.role,
            on_change=InviteState.choose_role.temporal,
            **_marks("role"),
        ),
        _mistake("role"),
        class_name="fg-field",
    )


def _grid() -> rx.Component:
    return rx.el.div(
        rx.el.label(t("access.field.grid"), html_for="invite-grid"),
        rx.el.input(
            id="invite-grid",
            name="grid_words",
            type="search",
            class_name="fg-input",
            placeholder=t("access.grid_hint"),
            on_change=InviteState.find_grid.temporal.debounce(350),
            **_marks("grid"),
        ),
        rx.cond(
            as_var(InviteState.grids).length() > 0,
            rx.el.div(
                rx.foreach(InviteState.grids, _grid_choice),
                class_name="fg-choices fg-grid-choices",
                role="radiogroup",
                aria_label=t("access.field.grid"),
            ),
            rx.el.p(t("access.grid_none"), class_name="fg-muted"),
        ),
        rx.cond(
            InviteState.grid.code != "",
            rx.el.p(t("access.grid_chosen", name=InviteState.grid.name), role="status"),
        ),
        _mistake("grid"),
        class_name="fg-field",
    )


def _grid_choice(grid: rx.Var[GridChoice]) -> rx.Component:
    return rx.el.button(
        grid.name,
        type="button",
        role="radio",
        class_name="fg-choice",
        aria_checked=rx.cond(InviteState.grid.code == grid.code, "true", "false"),
        on_click=InviteState.choose_grid(grid.code).temporal,
        key=grid.code,
    )


def _day(field: str) -> rx.Component:
    return rx.el.div(
        rx.el.label(t(f"access.field.{field}"), html_for=f"invite-{field}"),
        rx.el.input(
            id=f"invite-{field}",
            name=field,
            type="date",
            class_name="fg-input fg-date",
            **_marks("dates"),
        ),
        class_name="fg-field",
    )
