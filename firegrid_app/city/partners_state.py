"""Other city systems that may send in."""

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
from firegrid_app.city.partners import let_in, partners_of, shut_out

ADDRESS = "/api/open311/v2"


class PartnersState(rx.State):
    """The systems let in, and the key of the one just let in."""

    may: bool = False
    lines: list[SystemLine] = rx.field(default_factory=list)
    key: str = ""
    """Shown this once, to whoever asked for it."""
    address: str = ""
    said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """The systems of the reader's city; nothing for who may let none in."""
        self.key = ""
        return await self._look()

    @rx.event
    async def let_in(self, form: dict[str, Any]) -> Any:
        """A key for another system; a refusal stands beside the button."""
        name = text_in(form, "name", 80)
        answer = await act(self, lambda session, actor, now: let_in(session, actor, name, now))
        self.said, self.key = answer.said, answer.value or ""
        self.address = own_address(self) + ADDRESS
        return way_out(answer.said) if answer.refused else await self._look()

    @rx.event
    async def shut_out(self, partner: int) -> Any:
        """Take a key back."""
        number = number_in(partner)
        self.key = ""
        self.said = await carry_out(
            self, lambda session, actor, now: shut_out(session, actor, number, now)
        )
        return way_out(self.said) if self.said.code else await self._look()

    async def _look(self) -> Any:
        answer = await look(self, lambda session, actor, _: (partners_of(session, actor),))
        if answer.value is None:
            self.reset()
            return way_out(answer.said)
        (lines,) = answer.value
        self.may, self.lines = lines is not None, lines or []
        return None
