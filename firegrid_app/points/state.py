"""What the page of check points holds: the points of one grid, and the form that is open."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, UseCase, act, show, text_in, way_out
from firegrid_app.points.cards import PointsView
from firegrid_app.points.managing import (
    add_point,
    close_point,
    open_point,
    points_view,
    rename_point,
)


class PointsState(rx.State):
    """The check points of one small grid."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: PointsView = PointsView()
    said: Said = Said()
    renaming: int = 0
    """The point being renamed."""
    adding: bool = False
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page, where it was left if that is still in reach."""
        return await self._show(self.view.code)

    @rx.event
    async def pick(self, code: str) -> Any:
        """The points of another grid."""
        if not isinstance(code, str):
            return None
        self.renaming, self.adding, self.form_said = 0, False, Said()
        return await self._show(code[:30])

    @rx.event
    def ask_add(self) -> None:
        """Begin to add a point."""
        self.renaming, self.adding, self.form_said = 0, True, Said()

    @rx.event
    def ask_name(self, point: int) -> None:
        """Begin to rename a point."""
        if isinstance(point, int):
            self.renaming, self.adding, self.form_said = point, False, Said()

    @rx.event
    def drop_form(self) -> None:
        """Neither add nor rename after all."""
        self.renaming, self.adding, self.form_said = 0, False, Said()

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Add the point; a refusal stands beside the button and what was filled in stays."""
        code = self.view.code
        given = {name: text_in(form, name, 80) for name in ("kind", "building", "unit", "floor")}
        name = text_in(form, "name", 200)
        return await self._do(
            lambda session, actor, now: bool(
                add_point(session, actor, grid_code=code, name=name, now=now, **given)
            )
        )

    @rx.event
    async def rename(self, form: dict[str, Any]) -> Any:
        """Give the point its new name."""
        point, name = self.renaming, text_in(form, "name", 200)
        return await self._do(
            lambda session, actor, now: bool(rename_point(session, actor, point, name, now))
        )

    @rx.event
    async def close(self, point: int) -> Any:
        """Nobody walks to this point any more."""
        if not isinstance(point, int):
            return None
        return await self._do(
            lambda session, actor, now: bool(close_point(session, actor, point, now))
        )

    @rx.event
    async def open(self, point: int) -> Any:
        """Walk to this point again."""
        if not isinstance(point, int):
            return None
        return await self._do(
            lambda session, actor, now: bool(open_point(session, actor, point, now))
        )

    async def _do(self, use_case: UseCase[bool]) -> Any:
        answer = await act(self, use_case)
        self.form_said = answer.said
        if answer.refused:
            return way_out(answer.said)
        self.renaming, self.adding = 0, False
        return await self._show(self.view.code)

    async def _show(self, code: str) -> Any:
        return await show(self, lambda session, actor, now: points_view(session, actor, code, now))
