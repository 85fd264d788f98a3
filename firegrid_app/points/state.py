"""What the page of check points holds: the points of one grid, and the form that is open."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    number_in,
    show,
    text_in,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.points.cards import PointsView
from firegrid_app.points.managing import (
    add_point,
    close_point,
    open_point,
    points_view,
    rename_point,
)


class PointsState(GridPageState, rx.State):
    """The check points of one small grid."""

    view: PointsView = PointsView()
    renaming: int = 0
    """The point being renamed."""
    adding: bool = False

    @rx.event
    def ask_add(self) -> None:
        """Begin to add a point."""
        self.renaming, self.adding, self.form_said = 0, True, Said()

    @rx.event
    def ask_name(self, point: int) -> None:
        """Begin to rename a point."""
        self.renaming, self.adding, self.form_said = number_in(point), False, Said()

    @rx.event
    def drop_form(self) -> None:
        """Neither add nor rename after all."""
        self._drop()

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Add the point; a refusal stands beside the button and what was filled in stays."""
        code = self.view.code
        given = {name: text_in(form, name, 80) for name in ("kind", "building", "unit", "floor")}
        name = text_in(form, "name", 200)
        return await self._do(
            lambda session, actor, now: add_point(
                session, actor, grid_code=code, name=name, now=now, **given
            )
        )

    @rx.event
    async def rename(self, form: dict[str, Any]) -> Any:
        """Give the point its new name."""
        point, name = self.renaming, text_in(form, "name", 200)
        return await self._do(
            lambda session, actor, now: rename_point(session, actor, point, name, now)
        )

    @rx.event
    async def close(self, point: int) -> Any:
        """Nobody walks to this point any more."""
        point = number_in(point)
        return await self._do(lambda session, actor, now: close_point(session, actor, point, now))

    @rx.event
    async def open(self, point: int) -> Any:
        """Walk to this point again."""
        point = number_in(point)
        return await self._do(lambda session, actor, now: open_point(session, actor, point, now))

    def _drop(self) -> None:
        self.renaming, self.adding, self.form_said = 0, False, Said()

    async def _show(self, code: str) -> Any:
        return await show(self, lambda session, actor, now: points_view(session, actor, code, now))
