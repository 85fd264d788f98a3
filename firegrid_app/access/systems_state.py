"""What doors for other systems have in common at the desk: who is let in, the key shown once."""

from typing import Any

import reflex as rx

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    act,
    carry_out,
    look,
    number_in,
    own_address,
    text_in,
    way_out,
)


class SystemsState(rx.State, mixin=True):  # type: ignore[call-arg]
    """The systems let in at one door, and the key of the one just let in (`systems_part`).

    A door says in `_letting_in`, `_shutting_out` and `_seen` which use cases are its own, and in
    `_path` where the other side knocks. `_seen` answers None for whoever may let none in.
    """

    may: bool = False
    lines: list[SystemLine] = rx.field(default_factory=list)
    key: str = ""
    """Shown this once, to whoever asked for it."""
    address: str = ""
    said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """The systems let in; nothing for who may let none in."""
        self.key = ""
        return await self._read()

    @rx.event
    async def let_in(self, form: dict[str, Any]) -> Any:
        """A key for another system; a refusal stands beside the button."""
        answer = await act(self, self._letting_in(text_in(form, "name", 80)))
        self.said, self.key = answer.said, answer.value or ""
        self.address = own_address(self) + self._path()
        return way_out(answer.said) if answer.refused else await self._read()

    @rx.event
    async def shut_out(self, system: int) -> Any:
        """Take a key back."""
        self.key = ""
        self.said = await carry_out(self, self._shutting_out(number_in(system)))
        return way_out(self.said) if self.said.code else await self._read()

    async def _read(self) -> Any:
        seen = await self._seen()
        answer = await look(self, lambda *asking: (seen(*asking),))
        if answer.value is None:
            self.reset()
            return way_out(answer.said)
        (lines,) = answer.value
        self.may, self.lines = lines is not None, lines or []
        return None

    def _path(self) -> str:
        raise NotImplementedError

    def _letting_in(self, name: str) -> UseCase[str]:
        raise NotImplementedError

    def _shutting_out(self, system: int) -> UseCase[object]:
        raise NotImplementedError

    async def _seen(self) -> UseCase[list[SystemLine] | None]:
        raise NotImplementedError
