"""The member's pages: a frame and one component each, no Reflex state.

Their titles stand in `phone.json`, which every phone has: they are built into one piece of code,
and a title of another room would bring that room's texts to the first screen.
"""

import reflex as rx

from firegrid_app import routes
from firegrid_app.phone.components import (
    AlertScreen,
    DoorScreen,
    DutyScreen,
    EquipmentScreen,
    HazardForm,
    HazardList,
    Home,
    InvitationForm,
    LanguageChoice,
    LoginForm,
    MapScreen,
    MeScreen,
    OutboxScreen,
    PatrolScreen,
    ShiftScreen,
    ShoutForm,
)
from firegrid_app.ui.frame import phone_page, plain_page
from firegrid_app.ui.text import t


def home() -> rx.Component:
    """Where the day begins."""
    return phone_page("phone.home_title", Home.create(), tab=routes.HOME)


def login() -> rx.Component:
    """Enter."""
    return plain_page("phone.login_title", LoginForm.create(), LanguageChoice.create())


def invitation() -> rx.Component:
    """Enter for the first time."""
    return plain_page("phone.invitation_title", InvitationForm.create(), LanguageChoice.create())


def patrol() -> rx.Component:
    """Walk."""
    return phone_page("phone.patrol_title", PatrolScreen.create(), back=routes.HOME)


def hazard() -> rx.Component:
    """Report."""
    return phone_page("phone.hazard_title", HazardForm.create(), back=routes.HOME)


def hazards() -> rx.Component:
    """See to what was found."""
    return phone_page("phone.hazards_title", HazardList.create(), back=routes.HOME)


def shout() -> rx.Component:
    """Call out."""
    return phone_page("phone.shout_title", ShoutForm.create(), back=routes.HOME)


def doors() -> rx.Component:
    """Knock."""
    return phone_page("phone.doors_title", DoorScreen.create(), back=routes.HOME)


def duties() -> rx.Component:
    """What is due."""
    return phone_page("phone.duties_title", DutyScreen.create(), back=routes.HOME)


def shifts() -> rx.Component:
    """When one is on duty."""
    return phone_page("phone.shifts_title", ShiftScreen.create(), back=routes.HOME)


def alerts() -> rx.Component:
    """Warnings and notices in force: read out, passed on."""
    return phone_page("phone.alerts_title", AlertScreen.create(), back=routes.HOME)


def grid_map() -> rx.Component:
    """What lies where in one's grids, drawn from the day pack."""
    return phone_page("phone.map_title", MapScreen.create(), back=routes.HOME)


def equipment() -> rx.Component:
    """Look at a piece."""
    return phone_page("phone.equipment_title", EquipmentScreen.create(), back=routes.GRID_MAP)


def outbox() -> rx.Component:
    """What waits on this phone."""
    return phone_page("phone.outbox_title", OutboxScreen.create(), tab=routes.OUTBOX)


def me() -> rx.Component:
    """Me and my devices."""
    return phone_page("phone.me_title", MeScreen.create(), tab=routes.ME)


def not_found() -> rx.Component:
    """An address that is no page: a wrong letter, or a page that is gone."""
    return plain_page(
        "phone.not_found_title",
        rx.el.section(
            rx.el.h2(t("phone.not_found")),
            rx.el.a(t("phone.to_home"), href=routes.HOME, class_name="fg-button fg-button-primary"),
            class_name="fg-card fg-empty",
        ),
    )
