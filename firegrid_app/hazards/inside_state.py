"""Share of hazards put right inside their grid, shown when asked for."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, look, way_out
from firegrid_app.hazards.cards import InsideView
from firegrid_app.hazards.inside import closed_inside
from firegrid_app.hazards.state import HazardsState


class InsideState(rx.State):
    """The figures of the grid the page shows."""

    view: InsideView = InsideView()
    """Without a code while it is folded away."""
    said: Said = Said()

    @rx.event
    async def unfold(self) -> Any:
        """Show them for the grid the page shows; the same once more folds them away."""
        page = await self.get_state(HazardsState)
        code = page.view.code
        if self.view.code == code:
            self.reset()
            return None
        answer = await look(
            self, lambda session, actor, now: closed_inside(session, actor, code, now)
        )
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.view = answer.value
        return None
