"""What pages of the desk have in common that show one grid, or a list of what is below one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import reflex as rx

from firegrid_app.access.desk_session import Said, UseCase, carry_out, number_in, way_out


class GridPageState(rx.State, mixin=True):  # type: ignore[call-arg]
    """A page of one grid: it opens where it was left, and another grid can be picked.

    The page has a `view` with the grid's `code`, makes it in `_show`, and shuts its forms in
    `_drop`.
    """

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    said: Said = Said()
    form_said: Said = Said()
    if TYPE_CHECKING:
        view: Any

    @rx.event
    async def load(self) -> Any:
        """Open the page, where it was left if that is still in reach."""
        return await self._show(self.view.code)

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another grid."""
        if not isinstance(code, str):
            return None
        self._drop()
        return await self._show(code[:30])

    def _drop(self) -> None:
        self.form_said = Said()

    async def _do(self, use_case: UseCase[object]) -> Any:
        """Change something; a refusal stands beside the button, and what was filled in stays."""
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self._drop()
        return await self._again()

    async def _again(self) -> Any:
        """The page as it is after a change."""
        return await self._show(self.view.code)

    async def _show(self, code: str) -> Any:
        raise NotImplementedError


class GridListState(GridPageState, mixin=True):  # type: ignore[call-arg]
    """A page of a list below one grid: what is asked for is one frozen card with `code` and `page`.

    The page says in `_ask` what is asked for now, and answers it in `_look`.
    """

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._again()

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the list."""
        return await self._look(replace(self._ask(), page=number_in(page) or 1))

    async def _again(self) -> Any:
        return await self._look(self._ask())

    async def _show(self, code: str) -> Any:
        return await self._look(replace(self._ask(), code=code, page=1))

    def _ask(self) -> Any:
        raise NotImplementedError

    async def _look(self, ask: Any) -> Any:
        raise NotImplementedError
