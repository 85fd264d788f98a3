"""What the form holds that issues a warning: kind and colour, grids, tasks; mistakes in words."""

from datetime import timedelta
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, act, look, text_in, way_out
from firegrid_app.alerts.forms import draft_in, proposed_title, wall_minute
from firegrid_app.alerts.issuing import issue
from firegrid_app.alerts.measures import measures, proposed
from firegrid_app.alerts.rules import COLOURED, COLOURS, WEATHERS, Kind
from firegrid_app.alerts.state import AlertsState
from firegrid_app.alerts.views import homes_to_issue_in, targets_in
from firegrid_app.grids.cards import GridPick

MEASURES = tuple(measures())
TIMES = ("starts_at", "ends_at", "deadline_at")
_LASTS = timedelta(hours=24)
_PASSED_ON_WITHIN = timedelta(hours=2)


class IssueState(rx.State):
    """A warning or notice being written."""

    homes: list[GridPick] = rx.field(default_factory=list)
    """Grids it can be issued in; empty while the form is closed."""
    home: str = ""
    below: list[GridPick] = rx.field(default_factory=list)
    """Grids directly below that it can be narrowed to."""
    targets: list[str] = rx.field(default_factory=list)
    """Codes chosen among them; none is all."""
    kind: str = str(Kind.WEATHER)
    weather: str = WEATHERS[0]
    colour: str = "yellow"
    measures: list[str] = rx.field(default_factory=list)
    title: str = ""
    """Proposed for what was chosen; in force where none is typed."""
    words: str = ""
    """Code of the words that were proposed and taken; empty: one's own."""
    times: dict[str, str] = rx.field(default_factory=dict)
    said: Said = Said()

    @rx.event
    async def open_form(self) -> Any:
        """Begin to write one, in the grid that is looked at if that may be."""
        wanted = (await self.get_state(AlertsState)).code
        answer = await look(self, lambda session, actor, now: homes_to_issue_in(session, actor))
        homes = answer.value or []
        if not homes:
            return way_out(answer.said)
        self.homes, self.said = homes, Said()
        codes = [one.code for one in homes]
        times = await look(
            self,
            lambda session, actor, now: {
                "starts_at": wall_minute(now),
                "ends_at": wall_minute(now + _LASTS),
                "deadline_at": wall_minute(now + _PASSED_ON_WITHIN),
            },
        )
        self.times = times.value or {}
        self._propose()
        return await self.choose_home(wanted if wanted in codes else codes[0])

    @rx.event
    def close_form(self) -> None:
        """Put the form away."""
        self.reset()

    @rx.event
    async def choose_home(self, code: str) -> Any:
        """The grid it is issued in."""
        if not isinstance(code, str):
            return None
        answer = await look(self, lambda session, actor, now: targets_in(session, actor, code[:30]))
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.home, self.below, self.targets = code[:30], answer.value, []
        return None

    @rx.event
    def choose_target(self, code: str) -> None:
        """Only for this grid and others chosen; the same once more takes it out."""
        if code in self.targets:
            self.targets = [one for one in self.targets if one != code]
        elif any(one.code == code for one in self.below):
            self.targets = [*self.targets, code]

    @rx.event
    def choose_kind(self, kind: str) -> None:
        """A weather or fire-danger warning, a notice, a document."""
        if kind in tuple(Kind):
            self.kind = str(kind)
            self._propose()

    @rx.event
    def choose_weather(self, weather: str) -> None:
        """What weather it is about."""
        if weather in WEATHERS:
            self.weather = weather
            self._propose()

    @rx.event
    def choose_colour(self, colour: str) -> None:
        """How grave it is."""
        if colour in COLOURS:
            self.colour = colour
            self._propose()

    @rx.event
    def choose_measure(self, code: str) -> None:
        """A task comes with it, or does not after all."""
        if code in self.measures:
            self.measures = [one for one in self.measures if one != code]
        elif code in MEASURES:
            self.measures = [*self.measures, code]

    @rx.event
    def take_words(self) -> None:
        """Put the proposed words into the field."""
        self.words = self.weather if self.kind == Kind.WEATHER else self.kind

    @rx.event
    async def send(self, form: dict[str, Any]) -> Any:
        """Issue it. A refusal stands beside the button and what was typed stays."""
        typed = {
            "kind": self.kind,
            "weather": self.weather,
            "colour": self.colour,
            "title": text_in(form, "title", 100).strip() or self.title,
            "words": text_in(form, "words", 1000),
            "issuer": text_in(form, "issuer", 60),
            "number": text_in(form, "number", 60),
            **{name: text_in(form, name, 20) for name in TIMES},
        }
        home, targets, chosen = self.home, self.targets or [self.home], self.measures
        to_residents = text_in(form, "to_residents", 3) != ""
        own_task = text_in(form, "own_task", 120)
        answer = await act(
            self,
            lambda session, actor, now: (
                issue(
                    session,
                    actor,
                    home,
                    targets,
                    draft_in(typed, to_residents=to_residents),
                    now,
                    measures=chosen,
                    own_task=own_task,
                ).id
                or 0
            ),
        )
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.close_form()
        page = await self.get_state(AlertsState)
        page.opened = 0
        return AlertsState.open_alert(answer.value)

    def _propose(self) -> None:
        coloured = self.kind in COLOURED
        self.measures = (
            proposed(self.kind, self.weather if self.kind == Kind.WEATHER else "", self.colour)
            if coloured
            else []
        )
        self.title = proposed_title(self.kind, self.weather, self.colour)
