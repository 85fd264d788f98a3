"""What pages of the desk have in common that show one grid, or a list of what is below one."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    asked_in_address,
    carry_out,
    look,
    number_in,
    way_out,
)


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


class OneOpenState(GridListState, mixin=True):  # type: ignore[call-arg]
    """A list that can be narrowed, with one of its lines open in a panel (`ui.pieces.open_panel`).

    The page says in `_ways` what it can be narrowed to, in `_one` how the open one is looked up,
    and in `_blank` what the panel's `detail` is without one.
    """

    opened: str = ""
    """Id of the one whose panel is open; empty when none is."""
    detail_said: Said = Said()
    done: str = ""
    """What was decided of it just now, to say so."""
    if TYPE_CHECKING:
        detail: Any

    @rx.event
    async def narrow(self, which: str) -> Any:
        """Only those that stand so."""
        if which not in self._ways():
            return None
        return await self._look(replace(self._ask(), which=which, page=1))

    @rx.event
    async def open_asked(self) -> Any:
        """Open the one that the address names, if it names one."""
        if not (asked := asked_in_address(self)):
            return None
        self._shut()
        self.opened = asked
        return await self._load_one()

    @rx.event
    async def open_one(self, one: str) -> Any:
        """Open the panel of one."""
        if not isinstance(one, str):
            return
        self._shut()
        self.opened = one[:40]
        yield
        yield await self._load_one()

    @rx.event
    def close(self) -> None:
        """Close the panel."""
        self._shut()

    def _shut(self) -> None:
        self.opened, self.done, self.detail = "", "", self._blank()
        self.detail_said, self.form_said = Said(), Said()

    async def _settle(self, done: str, use_case: UseCase[object]) -> Any:
        """Decide about the open one: say so, or why not; panel and list are looked at anew."""
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self.done = done
        return await self._load_one() or await self._again()

    async def _load_one(self) -> Any:
        answer = await look(self, self._one(self.opened))
        self.detail_said = answer.said
        self.detail = answer.value or self._blank()
        return way_out(answer.said)

    def _ways(self) -> Collection[str]:
        raise NotImplementedError

    def _one(self, opened: str) -> UseCase[Any]:
        raise NotImplementedError

    def _blank(self) -> Any:
        raise NotImplementedError
