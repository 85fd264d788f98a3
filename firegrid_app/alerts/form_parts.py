"""Fields of the forms of a warning."""

import reflex as rx

from firegrid_app.ui.text import t


def field(name: str, **more: object) -> rx.Component:
    """A field of a form below its label."""
    return rx.el.label(
        t(f"alerts.field.{name}"),
        rx.el.input(name=name, class_name="fg-input", **more),
        class_name="fg-field",
    )


def words_field(**more: object) -> rx.Component:
    """What is read out."""
    return rx.el.label(
        t("alerts.field.words"),
        rx.el.textarea(name="words", class_name="fg-input", rows="4", max_length=300, **more),
        class_name="fg-field",
    )


def check(name: str, *, checked: bool | rx.Var[bool], **more: object) -> rx.Component:
    """Yes or no."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked, **more),
        " ",
        t(f"alerts.field.{name}"),
        class_name="fg-row",
    )
