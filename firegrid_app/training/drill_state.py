"""What the page of drills holds: the list of a grid, the drill that is open, the open form."""

from typing import Any
from uuid import UUID

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    day_in,
    look,
    number_in,
    show,
    text_in,
    uuid_in,
    way_out,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.training import drills
from firegrid_app.training.cards import DrillCard, DrillsView
from firegrid_app.training.drill_faults import fault_is_duty, fault_is_hazard
from firegrid_app.training.drill_view import drill_card, drills_view

FORMS = ("plan", "note", "hazard", "duty")


class DrillState(GridPageState, rx.State):
    """The drills of one grid."""

    view: DrillsView = DrillsView()
    card: DrillCard = DrillCard()
    """Without an id: none is open."""
    form: str = ""
    """Which form is open, one of `FORMS`."""

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another grid."""
        if not isinstance(code, str):
            return None
        self._drop()
        self.card = DrillCard()
        return await self._show(code[:30])

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        self._drop()
        self.form = form if form in FORMS else ""

    @rx.event
    async def open(self, drill: str) -> Any:
        """Open a drill; the same once more shuts it."""
        found = uuid_in(drill)
        self._drop()
        if found is None or drill == self.card.id:
            self.card = DrillCard()
            return None
        return await self._show_drill(found)

    @rx.event
    async def again(self) -> Any:
        """The open drill once more: its photos have changed."""
        return await self._show_drill(self._drill()) if self.card.id else None

    @rx.event
    async def plan(self, form: dict[str, Any]) -> Any:
        """Put a drill on the plan; a refusal stands beside the button."""
        given = {name: text_in(form, name, 600) for name in ("kind", "place", "scenario")}
        code, day = self.view.code, text_in(form, "day", 10)
        return await self._do(
            lambda session, actor, now: drills.plan_drill(
                session, actor, grid_code=code, day=day_in(day), now=now, **given
            )
        )

    @rx.event
    async def note(self, form: dict[str, Any]) -> Any:
        """How it went."""
        names = ("people", "forces", "arrived_after", "went_well", "went_wrong")
        given = {name: text_in(form, name, 2500) for name in names}
        drill = self._drill()
        return await self._do(
            lambda session, actor, now: drills.note_drill(session, actor, drill, now=now, **given)
        )

    @rx.event
    async def drop(self) -> Any:
        """Take the open drill off the plan."""
        drill = self._drill()
        self.card = DrillCard()
        return await self._do(
            lambda session, actor, now: drills.drop_drill(session, actor, drill, now)
        )

    @rx.event
    async def hazard(self, form: dict[str, Any]) -> Any:
        """A fault becomes a hazard."""
        names = ("grid_code", "category", "severity", "words", "where_words")
        given = {name: text_in(form, name, 1000) for name in names}
        drill = self._drill()
        return await self._do(
            lambda session, actor, now: fault_is_hazard(session, actor, drill, now=now, **given)
        )

    @rx.event
    async def duty(self, form: dict[str, Any]) -> Any:
        """A fault becomes a duty."""
        words, due = text_in(form, "words", 200), text_in(form, "due", 10)
        person, drill = text_in(form, "person", 9), self._drill()
        return await self._do(
            lambda session, actor, now: fault_is_duty(
                session,
                actor,
                drill,
                words=words,
                person_id=number_in(person),
                due_on=day_in(due),
                now=now,
            )
        )

    def _drill(self) -> UUID:
        return uuid_in(self.card.id) or UUID(int=0)

    def _drop(self) -> None:
        self.form, self.form_said = "", Said()

    async def _again(self) -> Any:
        if self.card.id:
            await self._show_drill(self._drill())
        return await self._show(self.view.code)

    async def _show_drill(self, drill: UUID) -> Any:
        answer = await look(
            self, lambda session, actor, now: drill_card(session, actor, drill, now)
        )
        self.form_said = answer.said
        self.card = answer.value or DrillCard()
        return way_out(answer.said)

    async def _show(self, code: str) -> Any:
        return await show(self, lambda session, actor, now: drills_view(session, actor, code, now))
