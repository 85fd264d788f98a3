"""What the table of the five entries holds: a period, one of the five, a page of its targets."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.shouts.cards import EntriesAsk, EntriesView
from firegrid_app.shouts.entries import entries_view
from firegrid_app.shouts.period_state import PeriodState


class EntriesState(PeriodState, rx.State):
    """The five entries below one grid."""

    view: EntriesView = EntriesView()

    @rx.event
    async def choose(self, entry: str) -> Any:
        """Another of the five."""
        if not isinstance(entry, str):
            return None
        return await self._look(replace(self._ask(), entry=entry[:20], page=1))

    def _ask(self) -> EntriesAsk:
        view = self.view
        return EntriesAsk(view.code, view.first, view.last, view.entry, view.page)

    def _made(self, session: Session, actor: Actor, ask: EntriesAsk, now: datetime) -> EntriesView:
        return entries_view(session, actor, ask, now)
