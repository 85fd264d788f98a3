"""What the desk's page of premises holds: a page of the list, narrowed and searched."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import show
from firegrid_app.access.grid_page_state import GridListState
from firegrid_app.places.cards import PlaceAsk, PlacesView
from firegrid_app.places.rules import KINDS
from firegrid_app.places.views import WHICH, places_view


class PlacesState(GridListState, rx.State):
    """The premises below one grid."""

    view: PlacesView = PlacesView()
    words: str = ""

    @rx.event
    async def narrow(self, which: str) -> Any:
        """Only places that stand so."""
        if which not in WHICH:
            return None
        return await self._look(replace(self._ask(), which=which, page=1))

    @rx.event
    async def choose_kind(self, kind: str) -> Any:
        """Only one of the nine kinds; all again when empty."""
        if kind and kind not in KINDS:
            return None
        return await self._look(replace(self._ask(), kind=kind, page=1))

    @rx.event
    async def search(self, words: str) -> Any:
        """Only places with these words."""
        if not isinstance(words, str):
            return None
        self.words = words[:40]
        return await self._look(replace(self._ask(), page=1))

    def _ask(self) -> PlaceAsk:
        view = self.view
        return PlaceAsk(view.code, view.which, view.kind, self.words, view.page)

    async def _look(self, ask: PlaceAsk) -> Any:
        return await show(self, lambda session, actor, now: places_view(session, actor, ask, now))
