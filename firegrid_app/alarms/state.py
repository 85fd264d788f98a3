"""What the desk's page of alarms holds: one grid's figures, and the two forms."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    act,
    day_in,
    text_in,
    turn_away,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.alarms import service
from firegrid_app.alarms.cards import AlarmsView
from firegrid_app.alarms.figures import alarms_view

FORMS = ("note", "stock")


class AlarmsState(GridPageState, rx.State):
    """The alarms of one grid and those below it."""

    view: AlarmsView = AlarmsView()
    form: str = ""
    """Which form is open, one of `FORMS`."""

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        self.form, self.form_said = (form if form in FORMS else ""), Said()

    @rx.event
    async def note(self, form: dict[str, Any]) -> Any:
        """Note something of a door's alarm; a refusal stands beside the button."""
        code = self.view.code
        given = {name: text_in(form, name, 100) for name in ("door", "kind", "step", "maker")}
        end = text_in(form, "expires_on", 10)
        return await self._do(
            lambda session, actor, now: service.note_at_desk(
                session,
                actor,
                grid_code=code,
                expires_on=day_in(end) if end else None,
                now=now,
                **given,
            )
        )

    @rx.event
    async def add_stock(self, form: dict[str, Any]) -> Any:
        """So many came into stock."""
        code, kind = self.view.code, text_in(form, "kind", 10)
        number, words = _count(text_in(form, "number", 8)), text_in(form, "words", 100)
        return await self._do(
            lambda session, actor, now: service.add_stock(
                session, actor, grid_code=code, kind=kind, number=number, words=words, now=now
            )
        )

    def _drop(self) -> None:
        self.form, self.form_said = "", Said()

    async def _show(self, code: str) -> Any:
        # In a transaction: to see which care homes lack one is a look that is logged.
        answer = await act(self, lambda session, actor, now: alarms_view(session, actor, code, now))
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said, self.view, self.phase = answer.said, answer.value, "ready"
        return None


def _count(text: str) -> int:
    """A whole number, below 0 too; 0 for what is none."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() else 0
