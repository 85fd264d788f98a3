"""What the desk holds while roads are taken off the map."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, act, look, text_in, way_out
from firegrid_app.roads.cards import RoadsHere
from firegrid_app.roads.service import roads_here, take_away


class RoadsState(rx.State):
    """The roads of one grid, looked at to be taken away."""

    code: str = ""
    """The grid whose roads are shown; empty when none are."""
    here: RoadsHere = RoadsHere()
    gone: int = 0
    """How many were taken away just now."""
    said: Said = Said()

    @rx.event
    async def open_roads(self, code: str) -> Any:
        """Show the roads that were brought in for a grid."""
        if not isinstance(code, str):
            return None
        self.reset()
        return await self._load(code[:30])

    @rx.event
    def close(self) -> None:
        """Take none away after all."""
        self.reset()

    @rx.event
    async def take(self, form: dict[str, Any]) -> Any:
        """Take the roads of the name chosen off the map, or all of them."""
        code, name = self.code, text_in(form, "name", 60)
        answer = await act(
            self, lambda session, actor, now: take_away(session, actor, code, name, now)
        )
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        gone = answer.value
        way = await self._load(code)
        self.gone = gone
        return way

    async def _load(self, code: str) -> Any:
        answer = await look(self, lambda session, actor, now: roads_here(session, actor, code))
        self.said = answer.said
        if answer.value is None:
            self.reset()
            return way_out(answer.said)
        self.code, self.here = code, answer.value
        return None
