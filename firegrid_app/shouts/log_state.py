"""What the log of shouts holds: a grid, a period, one page of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import asked_in_address
from firegrid_app.access.rules import Actor
from firegrid_app.shouts.cards import LogAsk, LogView
from firegrid_app.shouts.log import shout_log
from firegrid_app.shouts.period_state import PeriodState


class ShoutLogState(PeriodState, rx.State):
    """The shouts of one grid and of all below it."""

    view: LogView = LogView()

    @rx.event
    async def load(self) -> Any:
        """Open the grid that the address names; else the page where it was left."""
        if asked := asked_in_address(self, "grid"):
            return await self._show(asked)
        return await self._again()

    @rx.event
    async def narrow(self) -> Any:
        """Only those with a photo or a recording, or all again."""
        ask = self._ask()
        return await self._look(replace(ask, only_along=not ask.only_along, page=1))

    def _ask(self) -> LogAsk:
        view = self.view
        return LogAsk(view.code, view.first, view.last, view.only_along, view.page)

    def _made(self, session: Session, actor: Actor, ask: LogAsk, now: datetime) -> LogView:
        return shout_log(session, actor, ask, now)
