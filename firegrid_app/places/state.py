"""What the desk's page of premises holds: a page of the list, narrowed and searched."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, show
from firegrid_app.places.cards import PlaceAsk, PlacesView
from firegrid_app.places.rules import KINDS
from firegrid_app.places.views import WHICH, places_view


class PlacesState(rx.State):
    """The premises below one grid."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: PlacesView = PlacesView()
    words: str = ""
    said: Said = Said()

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

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page."""
        if not isinstance(page, int):
            return None
        return await self._look(replace(self._ask(), page=page))

    def _ask(self) -> PlaceAsk:
        view = self.view
        return PlaceAsk(view.code, view.which, view.kind, self.words, view.page)

    async def _look(self, ask: PlaceAsk) -> Any:
        return await show(self, lambda session, actor, now: places_view(session, actor, ask, now))
