"""What the panel of one grid holds, and the steps taken with its hazards."""

from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import Said, carry_out, look, text_in, uuid_in, way_out
from firegrid_app.access.rules import Actor
from firegrid_app.desk.cards import GridDetail
from firegrid_app.desk.grid import grid_detail
from firegrid_app.desk.state import DeskState
from firegrid_app.hazards.moves import STEPS_AFTER_REPORT
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.refusals import Refused


class GridState(rx.State):
    """One small grid in full, and the step being taken with one of its hazards."""

    code: str = ""
    """The grid whose panel is open; empty when none is."""
    detail: GridDetail = GridDetail()
    said: Said = Said()
    """Why the grid cannot be shown."""
    hazard: str = ""
    """Id of the hazard a step is being taken with."""
    step: str = ""
    step_said: Said = Said()
    """Why the step was refused; shown beside its button."""
    done: str = ""
    """The step just taken, to say so."""

    @rx.event
    async def open_grid(self, code: str) -> Any:
        """Open the panel of a grid, from the list or from the map."""
        if not isinstance(code, str):
            return
        self.reset()
        self.code = code[:30]
        yield
        yield await self._load()

    @rx.event
    async def refresh(self) -> Any:
        """The same grid again, as it stands now; nothing when no panel is open."""
        return await self._load() if self.code else None

    @rx.event
    def close(self) -> None:
        """Close the panel."""
        self.reset()

    @rx.event
    def ask_step(self, hazard: str, step: str) -> None:
        """Begin a step: the panel asks for a note and a yes. Nothing is changed yet."""
        if isinstance(hazard, str) and step in STEPS_AFTER_REPORT:
            self.hazard, self.step = hazard[:40], step
            self.step_said, self.done = Said(), ""

    @rx.event
    def drop_step(self) -> None:
        """Do not take the step after all."""
        self.hazard, self.step, self.step_said = "", "", Said()

    @rx.event
    async def take_step(self, form: dict[str, Any]) -> Any:
        """Take the step asked for. A refusal stands beside the button and the note stays."""
        hazard, step, note = self.hazard, self.step, text_in(form, "note", 1000)
        self.step_said = await carry_out(
            self, lambda session, actor, now: _move(session, actor, hazard, step, note, now)
        )
        if self.step_said.code:
            return way_out(self.step_said)
        self.hazard, self.step, self.done = "", "", step
        return await self._load() or DeskState.refresh

    async def _load(self) -> Any:
        code = self.code
        answer = await look(
            self, lambda session, actor, now: grid_detail(session, actor, code, now)
        )
        self.said = answer.said
        if answer.value is None:
            self.detail = GridDetail()
            return way_out(answer.said)
        self.detail = answer.value
        return None


def _move(session: Session, actor: Actor, hazard: str, step: str, note: str, now: Any) -> None:
    if step not in STEPS_AFTER_REPORT:
        raise Refused("invalid")
    hazard_id = uuid_in(hazard)
    if hazard_id is None:
        raise Refused("hazards.unknown")
    move(session, actor, hazard_id, Step(step), note, now)
