"""The filters of the list of hazards: the one in force, and those a person saved."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, act, look, number_in, text_in, way_out
from firegrid_app.hazards.cards import FilterCard
from firegrid_app.hazards.saved import drop_filter, filters_of, save_filter, saved_ask
from firegrid_app.hazards.state import HazardsState

FIELDS = ("severity", "category", "grid", "found_from", "found_to")


class FilterState(rx.State):
    """Whether the filters are unfolded, and the saved ones by name."""

    unfolded: bool = False
    saved: list[FilterCard] = rx.field(default_factory=list)
    name_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """The reader's own saved filters."""
        answer = await look(self, lambda session, actor, _: filters_of(session, actor))
        self.saved = answer.value or []

    @rx.event
    def unfold(self) -> None:
        """Show the filters, or fold them away."""
        self.unfolded, self.name_said = not self.unfolded, Said()

    @rx.event
    async def use(self, form: dict[str, Any]) -> Any:
        """Narrow the list to what the form says."""
        page = await self.get_state(HazardsState)
        return await page._anew(**{name: text_in(form, name, 40) for name in FIELDS})

    @rx.event
    async def clear(self) -> Any:
        """No filters and no words."""
        page = await self.get_state(HazardsState)
        page._set_words("")
        return await page._anew(words="", **dict.fromkeys(FIELDS, ""))

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Keep what the list is narrowed to now under a name."""
        page = await self.get_state(HazardsState)
        name, ask = text_in(form, "name", 30), page.view.ask
        answer = await act(self, lambda session, actor, _: save_filter(session, actor, name, ask))
        self.name_said = answer.said
        return way_out(answer.said) if answer.refused else await self.load()

    @rx.event
    async def take(self, filter_id: int) -> Any:
        """Narrow the list as a saved filter says."""
        filter_id = number_in(filter_id)
        answer = await look(self, lambda session, actor, _: saved_ask(session, actor, filter_id))
        self.name_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        page = await self.get_state(HazardsState)
        page._set_words(answer.value.words)
        return await page._look(replace(answer.value, after="", page=1))

    @rx.event
    async def drop(self, filter_id: int) -> Any:
        """Forget a saved filter."""
        filter_id = number_in(filter_id)
        answer = await act(self, lambda session, actor, _: drop_filter(session, actor, filter_id))
        self.name_said = answer.said
        return way_out(answer.said) if answer.refused else await self.load()
