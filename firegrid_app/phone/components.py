"""The phone's React components by their Python names; each is one screen or one piece of one.

Their code lies beside this file and is bundled with the page that shows it. They hold no Reflex
state: what they show comes from IndexedDB, what they take goes there.
"""

from typing import Any

import reflex as rx


class NetworkLine(rx.Component):
    """One quiet line: is the server in reach, how many records wait."""

    library = "$/phone/frame/frame.jsx"
    tag = "NetworkLine"

    desk: rx.Var[bool]
    """On a desk page, where nothing goes on without the server."""


class BackLink(rx.Component):
    """The way back, without loading the page anew."""

    library = "$/phone/frame/frame.jsx"
    tag = "BackLink"

    to: rx.Var[str]


class ErrorBoundary(rx.Component):
    """A fault in a page says so in words and offers to open it anew; records are untouched."""

    library = "$/phone/frame/frame.jsx"
    tag = "ErrorBoundary"


class ThumbBar(rx.Component):
    """Home, outbox with its count, me."""

    library = "$/phone/frame/frame.jsx"
    tag = "ThumbBar"

    tab: rx.Var[str]


class InstallHint(rx.Component):
    """What is missing here: plain http, WeChat's browser, storage that may be cleared."""

    library = "$/phone/frame/frame.jsx"
    tag = "InstallHint"


class LanguageChoice(rx.Component):
    """The languages, each by its own name."""

    library = "$/phone/person/language.jsx"
    tag = "LanguageChoice"


class LoginForm(rx.Component):
    """Phone number and password."""

    library = "$/phone/person/entry.jsx"
    tag = "LoginForm"


class InvitationForm(rx.Component):
    """Greets the invited person and sets the first password."""

    library = "$/phone/person/entry.jsx"
    tag = "InvitationForm"


class Home(rx.Component):
    """Whose grid, minutes today, what is due, four large buttons."""

    library = "$/phone/home/home.jsx"
    tag = "Home"


class PatrolScreen(rx.Component):
    """Start, arrive, end."""

    library = "$/phone/patrols/patrol.jsx"
    tag = "PatrolScreen"


class HazardForm(rx.Component):
    """Photo first, then category, grade, place, words."""

    library = "$/phone/hazards/hazard.jsx"
    tag = "HazardForm"


class HazardList(rx.Component):
    """Open hazards of one's grids; what was done about one is recorded on the spot."""

    library = "$/phone/hazards/hazards.jsx"
    tag = "HazardList"


class ShoutForm(rx.Component):
    """Script, means, people reached."""

    library = "$/phone/shouts/shout.jsx"
    tag = "ShoutForm"


class DoorScreen(rx.Component):
    """The building as it stands; one tap and one choice a door."""

    library = "$/phone/doors/doors.jsx"
    tag = "DoorScreen"


class DutyScreen(rx.Component):
    """What is due, by urgency; each opens what does it, or is ticked."""

    library = "$/phone/duties/duties.jsx"
    tag = "DutyScreen"


class ShiftScreen(rx.Component):
    """One's shifts: words for the next one, swaps, what is coming."""

    library = "$/phone/duties/shifts.jsx"
    tag = "ShiftScreen"


class AlertScreen(rx.Component):
    """Warnings and notices in force; one is read out large and noted as passed on."""

    library = "$/phone/alerts/alerts.jsx"
    tag = "AlertScreen"


class MapScreen(rx.Component):
    """The map of one's grids: outlines, premises, points, equipment, hazards; no network needed."""

    library = "$/phone/maps/gridmap.jsx"
    tag = "MapScreen"


class EquipmentScreen(rx.Component):
    """One piece of fire equipment, looked at or tested."""

    library = "$/phone/equipment/equipment.jsx"
    tag = "EquipmentScreen"


class OutboxScreen(rx.Component):
    """Every record on this phone: waiting, sending, sent, refused and why."""

    library = "$/phone/outbox/outbox.jsx"
    tag = "OutboxScreen"


class MeScreen(rx.Component):
    """Who I am, my devices, language, log out."""

    library = "$/phone/person/me.jsx"
    tag = "MeScreen"


class Voice(rx.Component):
    """A recording that came with a shout: fetched and played when somebody asks for it."""

    library = "$/phone/shouts/listening.jsx"
    tag = "Voice"

    sound: rx.Var[str]
    """Its id."""


class DeskRecordings(rx.Component):
    """Recordings of a grid's scripts, on a desk page: record, choose a file, listen, take off."""

    library = "$/phone/shouts/recordings.jsx"
    tag = "DeskRecordings"

    grid: rx.Var[str]
    own: rx.Var[Any]
    """A street's own scripts, each with `id` and `title`."""
    shipped: rx.Var[Any]
    """Codes of those that came with the app."""
