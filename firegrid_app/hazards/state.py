"""What the desk's page of hazards holds: a page of the list, and those chosen to be given away."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from firegrid_app.access.desk_session import Said, act, look, text_in, turn_away, way_out
from firegrid_app.hazards.cards import Assignee, HazardAsk, HazardsView
from firegrid_app.hazards.service import assign_all
from firegrid_app.hazards.views import WHICH, common_assignees, hazards_view
from firegrid_app.refusals import Refused

MOST_CHOSEN = 100
"""Hazards given to somebody in one go."""


def id_in(text: str) -> UUID:
    """The id a client sent. Refuses `hazards.unknown`."""
    try:
        return UUID(text)
    except ValueError:
        raise Refused("hazards.unknown") from None


class HazardsState(rx.State):
    """The hazards below one grid, narrowed and searched; some of them chosen."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: HazardsView = HazardsView()
    words: str = ""
    chosen: list[str] = rx.field(default_factory=list)
    people: list[Assignee] = rx.field(default_factory=list)
    """Who can be given all of the chosen."""
    given: int = 0
    """How many were just given away, to say so."""
    said: Said = Said()
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._look(self._ask())

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another street or community."""
        if not isinstance(code, str):
            return None
        return await self._look(replace(self._ask(), code=code[:30], page=1))

    @rx.event
    async def narrow(self, which: str) -> Any:
        """Only hazards that stand so."""
        if which not in WHICH:
            return None
        return await self._look(replace(self._ask(), which=which, page=1))

    @rx.event
    async def search(self, words: str) -> Any:
        """Only hazards with these words."""
        if not isinstance(words, str):
            return None
        self.words = words[:40]
        return await self._look(replace(self._ask(), page=1))

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page."""
        if not isinstance(page, int):
            return None
        return await self._look(replace(self._ask(), page=page), keep_chosen=True)

    @rx.event
    async def choose(self, hazard: str) -> Any:
        """Take one among the chosen, or out again."""
        if not isinstance(hazard, str) or len(hazard) > 40:
            return None
        rest = [one for one in self.chosen if one != hazard]
        if len(rest) == len(self.chosen):
            rest = [*self.chosen, hazard][-MOST_CHOSEN:]
        self.chosen, self.given, self.form_said = rest, 0, Said()
        if not rest:
            self.people = []
            return None
        answer = await look(
            self,
            lambda session, actor, now: common_assignees(
                session, actor, [id_in(one) for one in rest], now
            ),
        )
        self.form_said, self.people = answer.said, answer.value or []
        return way_out(answer.said)

    @rx.event
    async def give(self, form: dict[str, Any]) -> Any:
        """Give all chosen to one person; a refusal stands beside the button."""
        chosen, note = list(self.chosen), text_in(form, "note", 1000)
        person = text_in(form, "person", 9)
        answer = await act(
            self,
            lambda session, actor, now: assign_all(
                session,
                actor,
                [id_in(one) for one in chosen],
                int(person) if person.isdigit() else 0,
                note,
                now,
            ),
        )
        self.form_said = answer.said
        if answer.refused:
            return way_out(answer.said)
        self.given = answer.value or 0
        return await self._look(self._ask())

    @rx.event
    def drop_chosen(self) -> None:
        """Choose none after all."""
        self.chosen, self.people, self.form_said = [], [], Said()

    def _ask(self) -> HazardAsk:
        return HazardAsk(self.view.code, self.view.which, self.words, self.view.page)

    async def _look(self, ask: HazardAsk, *, keep_chosen: bool = False) -> Any:
        answer = await look(
            self, lambda session, actor, now: hazards_view(session, actor, ask, now)
        )
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said = answer.said
        self.view, self.phase = answer.value, "ready"
        if not keep_chosen:
            self.chosen, self.people = [], []
        return None
