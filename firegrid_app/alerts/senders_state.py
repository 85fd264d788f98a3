"""Systems that may send warnings into the grid that is looked at."""

from typing import Any

import reflex as rx

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.desk_session import (
    Said,
    act,
    carry_out,
    look,
    number_in,
    own_address,
    text_in,
    way_out,
)
from firegrid_app.alerts.senders import let_in, may_let_in, senders_of, shut_out
from firegrid_app.alerts.state import AlertsState

ADDRESS = "/api/alerts"


class SendersState(rx.State):
    """The systems let in, and the key of the one just let in."""

    may: bool = False
    code: str = ""
    lines: list[SystemLine] = rx.field(default_factory=list)
    key: str = ""
    """Shown this once, to whoever asked for it."""
    address: str = ""
    said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """The systems of the grid that is looked at; nothing for who may let none in."""
        self.key = ""
        return await self._look()

    @rx.event
    async def let_in(self, form: dict[str, Any]) -> Any:
        """A token for another system; a refusal stands beside the button."""
        code, name = self.code, text_in(form, "name", 80)
        answer = await act(
            self, lambda session, actor, now: let_in(session, actor, code, name, now)
        )
        self.said, self.key = answer.said, answer.value or ""
        self.address = own_address(self) + ADDRESS
        return way_out(answer.said) if answer.refused else await self._look()

    @rx.event
    async def shut_out(self, sender: int) -> Any:
        """Take a token back."""
        sender = number_in(sender)
        self.key = ""
        self.said = await carry_out(
            self, lambda session, actor, now: shut_out(session, actor, sender, now)
        )
        return way_out(self.said) if self.said.code else await self._look()

    async def _look(self) -> Any:
        code = (await self.get_state(AlertsState)).code
        answer = await look(
            self,
            lambda session, actor, now: (
                may_let_in(session, actor, code),
                senders_of(session, actor, code) if code else [],
            ),
        )
        if answer.value is None:
            self.reset()
            return way_out(answer.said)
        self.code = code
        self.may, self.lines = answer.value
        return None
