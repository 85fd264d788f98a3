"""How the hazard that is open stands with the exposure board."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    carry_out,
    day_in,
    look,
    number_in,
    text_in,
    uuid_in,
    way_out,
)
from firegrid_app.exposure.cards import ExposureLine
from firegrid_app.exposure.service import approve, exposure_of, propose, take_down
from firegrid_app.refusals import Refused


class ExposureState(rx.State):
    """The line of one hazard, and why something was refused."""

    line: ExposureLine = ExposureLine()
    said: Said = Said()
    _hazard: str = ""

    @rx.event
    async def load(self, hazard: str) -> Any:
        """The line of the hazard whose panel is open."""
        self.said = Said()
        self._hazard = hazard if isinstance(hazard, str) else ""
        return await self._look()

    @rx.event
    async def propose(self, form: dict[str, Any]) -> Any:
        """Propose it until a day."""
        hazard, day = uuid_in(self._hazard), text_in(form, "ends_on", 10)
        sure = text_in(form, "is_organisation", 5) != ""

        def use_case(session: Any, actor: Any, now: Any) -> object:
            if hazard is None:
                raise Refused("hazards.unknown")
            until = day_in(day, "exposure.bad_day")
            return propose(session, actor, hazard, ends_on=until, is_organisation=sure, now=now)

        return await self._change(use_case)

    @rx.event
    async def approve(self, exposure: int) -> Any:
        """Say yes."""
        number = number_in(exposure)
        return await self._change(lambda session, actor, now: approve(session, actor, number, now))

    @rx.event
    async def take_down(self, form: dict[str, Any]) -> Any:
        """Take it off, with the reason."""
        number, reason = self.line.id, text_in(form, "reason", 300)
        return await self._change(
            lambda session, actor, now: take_down(session, actor, number, reason, now)
        )

    async def _change(self, use_case: Any) -> Any:
        self.said = await carry_out(self, use_case)
        return way_out(self.said) if self.said.code else await self._look()

    async def _look(self) -> Any:
        hazard = uuid_in(self._hazard)
        if hazard is None:
            self.line = ExposureLine()
            return None
        answer = await look(
            self, lambda session, actor, now: exposure_of(session, actor, hazard, now)
        )
        self.line = answer.value or ExposureLine()
        return way_out(answer.said)
