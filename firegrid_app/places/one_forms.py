"""The forms in the panel of one place: what the register says, a paper, the watch list."""

from typing import Any

import reflex as rx

from firegrid_app.places.one_state import PlaceState
from firegrid_app.ui.pieces import form_end
from firegrid_app.ui.text import as_var, t

_ABILITIES = ("remove_hazards", "fight_fire", "evacuate", "teach")
_PARTIES = ("investor", "owner", "tenancy", "operator", "builder", "organiser")
_PAPERS = ("letter", "abilities", "persons", "maintenance", "assessment", "training", "card")


def _input(name: str, value: Any = "", **more: Any) -> rx.Component:
    return rx.fragment(
        rx.el.label(t(f"places.field.{name}"), html_for=f"place-{name}"),
        rx.el.input(
            id=f"place-{name}",
            name=name,
            default_value=value,
            class_name="fg-input",
            **({"max_length": 120} | more),
        ),
    )


def _select(name: str, options: tuple[str, ...], prefix: str, **more: Any) -> rx.Component:
    return rx.fragment(
        rx.el.label(t(f"places.field.{name}"), html_for=f"place-{name}"),
        rx.el.select(
            *(rx.el.option(t(f"{prefix}{one}"), value=one) for one in options),
            id=f"place-{name}",
            name=name,
            class_name="fg-input",
            **more,
        ),
    )


def _end(save: str) -> rx.Component:
    return form_end(PlaceState.form_said, t(save), t("desk.no"), PlaceState.ask(""))


def _form(handler: Any, *parts: rx.Component) -> rx.Component:
    return rx.el.form(
        *parts, on_submit=handler.temporal, reset_on_submit=False, class_name="fg-field fg-sunk"
    )


def describe_form() -> rx.Component:
    """People in charge, kind of unit, size, facilities."""
    detail = as_var(PlaceState.detail)
    return _form(
        PlaceState.describe,
        _input("responsible_person", detail.responsible_person, max_length=40),
        _input("phone", detail.phone, max_length=20, input_mode="tel"),
        _input("manager", detail.manager, max_length=40),
        _input("manager_phone", detail.manager_phone, max_length=20, input_mode="tel"),
        _input("address", detail.address),
        _input("area_m2", detail.area_m2, max_length=7, input_mode="numeric"),
        _input("capacity", detail.capacity, max_length=7, input_mode="numeric"),
        _input("facilities", detail.facilities, max_length=300),
        rx.el.label(t("places.field.standing"), html_for="place-standing"),
        rx.el.select(
            rx.el.option(t("places.ordinary"), value=""),
            rx.el.option(t("places.standing.key_unit"), value="key_unit"),
            rx.el.option(t("places.standing.high_risk"), value="high_risk"),
            id="place-standing",
            name="standing",
            default_value=detail.row.standing,
            class_name="fg-input",
        ),
        _input("standing_reason", detail.standing_reason),
        _end("places.save"),
    )


def paper_form() -> rx.Component:
    """A paper; each kind asks for what it needs."""
    return _form(
        PlaceState.enter,
        _select(
            "kind",
            _PAPERS,
            "places.paper.",
            value=PlaceState.paper,
            on_change=PlaceState.choose_paper,
        ),
        rx.cond(PlaceState.paper == "letter", _select("party", _PARTIES, "signing.party.")),
        rx.cond(
            PlaceState.paper == "abilities",
            rx.fragment(
                *(
                    rx.fragment(
                        rx.el.label(t(f"places.ability.{name}"), html_for=f"place-{name}"),
                        rx.el.select(
                            *(
                                rx.el.option(t(f"places.met.{one}"), value=one)
                                for one in ("y", "p", "n")
                            ),
                            id=f"place-{name}",
                            name=name,
                            class_name="fg-input",
                        ),
                    )
                    for name in _ABILITIES
                )
            ),
        ),
        _input("signed_by", max_length=40),
        _input("signed_on", as_var(PlaceState.detail).today, type="date"),
        _input("expires_on", type="date"),
        rx.el.p(t("places.a_year"), class_name="fg-muted"),
        _input("note", max_length=300),
        _end("places.save"),
    )


def focus_form() -> rx.Component:
    """Why a place is to be watched, and until when."""
    return _form(
        PlaceState.propose,
        rx.el.p(t("places.focus_more"), class_name="fg-muted"),
        _input("reason", max_length=300),
        _input("ends_on", type="date"),
        _end("places.propose_focus"),
    )
