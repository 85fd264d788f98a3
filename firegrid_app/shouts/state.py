"""What the table of the five entries holds: a period, one of the five, a page of its targets."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import look, show, text_in, way_out
from firegrid_app.access.grid_page_state import GridListState
from firegrid_app.shouts.cards import EntriesAsk, EntriesView
from firegrid_app.shouts.entries import entries_view


class EntriesState(GridListState, rx.State):
    """The five entries below one grid."""

    view: EntriesView = EntriesView()

    @rx.event
    async def choose(self, entry: str) -> Any:
        """Another of the five."""
        if not isinstance(entry, str):
            return None
        return await self._look(replace(self._ask(), entry=entry[:20], page=1))

    @rx.event
    async def period(self, form: dict[str, Any]) -> Any:
        """Another period; one that is none is refused beside it, and the table stays."""
        first, last = text_in(form, "first", 10), text_in(form, "last", 10)
        ask = replace(self._ask(), first=first, last=last, page=1)
        answer = await look(
            self, lambda session, actor, now: entries_view(session, actor, ask, now)
        )
        self.form_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.view = answer.value
        return None

    def _ask(self) -> EntriesAsk:
        view = self.view
        return EntriesAsk(view.code, view.first, view.last, view.entry, view.page)

    async def _look(self, ask: EntriesAsk) -> Any:
        return await show(self, lambda session, actor, now: entries_view(session, actor, ask, now))
