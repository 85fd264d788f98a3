"""Which departments a street can call, and who reports in for each."""

from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    carry_out,
    look,
    number_in,
    text_in,
    way_out,
)
from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.hazards.departments import (
    departments_over,
    end_department,
    handlers_of_street,
    set_department,
)
from firegrid_app.hazards.one_cards import DepartmentCard, Handler
from firegrid_app.hazards.state import HazardsState
from firegrid_app.settings import settings


class DepartmentsState(rx.State):
    """The departments of the street the page shows."""

    code: str = ""
    """Of which grid they are shown; empty while they are folded away."""
    departments: list[DepartmentCard] = rx.field(default_factory=list)
    handlers: list[Handler] = rx.field(default_factory=list)
    said: Said = Said()

    @rx.event
    async def unfold(self) -> Any:
        """Show them for the grid the page shows; the same once more folds them away."""
        page = await self.get_state(HazardsState)
        if self.code == page.view.code:
            self.reset()
            return None
        return await self._load(page.view.code)

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Name a department and who reports in for it; a refusal stands beside the button."""
        code, name, person = self.code, text_in(form, "name", 40), text_in(form, "person", 9)
        return await self._do(
            lambda session, actor, now: set_department(
                session, actor, code, name, number_in(person), now
            )
        )

    @rx.event
    async def end(self, department: int) -> Any:
        """It is called no more."""
        department = number_in(department)
        return await self._do(
            lambda session, actor, now: end_department(session, actor, department, now)
        )

    async def _do(self, use_case: UseCase[object]) -> Any:
        self.said = await carry_out(self, use_case)
        return way_out(self.said) if self.said.code else await self._load(self.code)

    async def _load(self, code: str) -> Any:
        answer = await look(self, lambda session, actor, now: _find(session, actor, code, now))
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.code = code
        self.departments, self.handlers = answer.value
        return None


def _find(
    session: Session, actor: Actor, code: str, now: datetime
) -> tuple[list[DepartmentCard], list[Handler]]:
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    today = local_day(now, settings().zone)
    return (
        departments_over(session, grid.path, today),
        handlers_of_street(session, grid, today),
    )
