"""What the desk's page of hazards holds: a page of the list, and those chosen to be given away."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    act,
    look,
    number_in,
    text_in,
    turn_away,
    uuid_in,
    way_out,
)
from firegrid_app.hazards.cards import Assignee, HazardAsk, HazardsView, NotGiven
from firegrid_app.hazards.listing import WHICH, hazards_view
from firegrid_app.hazards.service import give_all
from firegrid_app.hazards.views import common_assignees
from firegrid_app.refusals import Refused

MOST_CHOSEN = 100
"""Hazards given to somebody in one go."""


def id_in(text: str) -> UUID:
    """The id a client sent. Refuses `hazards.unknown`."""
    found = uuid_in(text)
    if found is None:
        raise Refused("hazards.unknown")
    return found


class HazardsState(rx.State):
    """The hazards below one grid, narrowed and searched; some of them chosen."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: HazardsView = HazardsView()
    words: str = ""
    words_set: int = 0
    """Rises when the words were set by something else than the field: the field begins anew."""
    chosen: list[str] = rx.field(default_factory=list)
    people: list[Assignee] = rx.field(default_factory=list)
    """Who can be given all of the chosen."""
    given: int = 0
    """How many were just given away, to say so."""
    not_given: list[NotGiven] = rx.field(default_factory=list)
    """Those that stood in the way: then none was given."""
    said: Said = Said()
    form_said: Said = Said()
    _before: list[str] = rx.field(default_factory=list)
    """The keys of the pages up to the one shown: turning back goes where one was."""

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._look(self.view.ask)

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another street or community."""
        if not isinstance(code, str):
            return None
        return await self._anew(code=code[:30], grid="")

    @rx.event
    async def narrow(self, which: str) -> Any:
        """Only hazards that stand so."""
        if which not in WHICH:
            return None
        return await self._anew(which=which)

    @rx.event
    async def search(self, words: str) -> Any:
        """Only hazards with these words."""
        if not isinstance(words, str):
            return None
        self.words = words[:40]
        return await self._anew(words=self.words)

    @rx.event
    async def turn(self, page: int) -> Any:
        """The next page, or the one before."""
        ask = self.view.ask
        if page == self.view.page + 1 and self.view.last:
            before = [*self._before, self.view.last]
        elif page == self.view.page - 1:
            before = self._before[:-1]
        else:
            return None
        after = before[-1] if before else ""
        way = await self._look(replace(ask, after=after, page=page), keep_chosen=True)
        self._before = before if self.view.page == page else []
        return way

    @rx.event
    async def choose(self, hazard: str) -> Any:
        """Take one among the chosen, or out again."""
        if not isinstance(hazard, str) or len(hazard) > 40:
            return None
        rest = [one for one in self.chosen if one != hazard]
        if len(rest) == len(self.chosen):
            rest = [*self.chosen, hazard][-MOST_CHOSEN:]
        return await self._choose(rest)

    @rx.event
    async def choose_page(self) -> Any:
        """Take all of this page that are not closed among the chosen."""
        here = [row.id for row in self.view.rows if row.status in ("open", "corrected")]
        return await self._choose(list(dict.fromkeys([*self.chosen, *here]))[:MOST_CHOSEN])

    @rx.event
    async def give(self, form: dict[str, Any]) -> Any:
        """Give all chosen to one person; what stands in the way is told, and then none is given."""
        chosen, note = list(self.chosen), text_in(form, "note", 1000)
        person = text_in(form, "person", 9)
        answer = await act(
            self,
            lambda session, actor, now: give_all(
                session,
                actor,
                [id_in(one) for one in chosen],
                number_in(person),
                note,
                now,
            ),
        )
        self.form_said, self.not_given = answer.said, list(answer.value or ())
        if answer.refused:
            return way_out(answer.said)
        if self.not_given:
            return None
        self.given = len(set(chosen))
        return await self._look(self.view.ask)

    @rx.event
    def drop_chosen(self) -> None:
        """Choose none after all."""
        self.chosen, self.people, self.form_said, self.not_given = [], [], Said(), []

    async def _choose(self, chosen: list[str]) -> Any:
        self.drop_chosen()
        self.chosen, self.given = chosen, 0
        if not chosen:
            return None
        answer = await look(
            self,
            lambda session, actor, now: common_assignees(
                session, actor, [id_in(one) for one in chosen], now
            ),
        )
        self.form_said, self.people = answer.said, answer.value or []
        return way_out(answer.said)

    def _set_words(self, words: str) -> None:
        self.words, self.words_set = words, self.words_set + 1

    async def _anew(self, **changes: Any) -> Any:
        """The first page of what is asked for now."""
        return await self._look(replace(self.view.ask, **changes, after="", page=1))

    async def _look(self, ask: HazardAsk, *, keep_chosen: bool = False) -> Any:
        answer = await look(
            self, lambda session, actor, now: hazards_view(session, actor, ask, now)
        )
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said = answer.said
        self.view, self.phase = answer.value, "ready"
        if answer.value.page == 1:
            self._before = []
        if not keep_chosen:
            self.drop_chosen()
        return None
