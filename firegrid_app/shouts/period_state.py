"""What pages of a period below one grid have in common (`period_form.py` asks for it)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import look, show, text_in, way_out
from firegrid_app.access.grid_page_state import GridListState
from firegrid_app.access.rules import Actor


class PeriodState(GridListState, mixin=True):  # type: ignore[call-arg]
    """A list of a period: what is asked for has `first` and `last`, and `_made` answers it."""

    @rx.event
    async def period(self, form: dict[str, Any]) -> Any:
        """Another period; one that is none is refused beside it, and the list stays."""
        first, last = text_in(form, "first", 10), text_in(form, "last", 10)
        ask = replace(self._ask(), first=first, last=last, page=1)
        answer = await look(self, lambda session, actor, now: self._made(session, actor, ask, now))
        self.form_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.view = answer.value
        return None

    async def _look(self, ask: Any) -> Any:
        return await show(self, lambda session, actor, now: self._made(session, actor, ask, now))

    def _made(self, session: Session, actor: Actor, ask: Any, now: datetime) -> Any:
        raise NotImplementedError
