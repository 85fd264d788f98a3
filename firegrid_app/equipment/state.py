"""What the desk's page of equipment holds: a page of the list, and the form that is open."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, day_in, number_in, show, text_in
from firegrid_app.access.grid_page_state import GridListState
from firegrid_app.equipment import checking, keeping
from firegrid_app.equipment.cards import EquipmentAsk, EquipmentView
from firegrid_app.equipment.service import WHICH, equipment_view


class EquipmentState(GridListState, rx.State):
    """The equipment below one grid."""

    view: EquipmentView = EquipmentView()
    words: str = ""
    adding: bool = False
    testing: int = 0
    """The piece whose test is being noted."""

    @rx.event
    async def narrow(self, which: str) -> Any:
        """Only what stands so."""
        if which not in WHICH:
            return None
        self._drop()
        return await self._look(replace(self._ask(), which=which, page=1))

    @rx.event
    async def search(self, words: str) -> Any:
        """Only what has these words."""
        if not isinstance(words, str):
            return None
        self.words = words[:40]
        return await self._look(replace(self._ask(), page=1))

    @rx.event
    def ask_add(self) -> None:
        """Begin to add a piece."""
        self._drop()
        self.adding = True

    @rx.event
    def ask_test(self, piece: int) -> None:
        """Begin to note a test."""
        self._drop()
        self.testing = number_in(piece)

    @rx.event
    def drop_form(self) -> None:
        """Neither after all."""
        self._drop()

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Put the piece on the register."""
        names = ("kind", "name", "spot", "where", "amount", "keeper", "keeper_phone", "months")
        given = {name: text_in(form, name, 200) for name in names}
        code, tested = self.view.code, text_in(form, "tested_on", 10)
        return await self._do(
            lambda session, actor, now: keeping.add_equipment(
                session,
                actor,
                grid_code=code,
                tested_on=day_in(tested) if tested else None,
                now=now,
                **given,
            )
        )

    @rx.event
    async def note(self, form: dict[str, Any]) -> Any:
        """Note the test."""
        piece, day = self.testing, text_in(form, "tested_on", 10)
        found, note = text_in(form, "fine", 5), text_in(form, "note", 400)
        return await self._do(
            lambda session, actor, now: checking.note_test(
                session,
                actor,
                piece,
                tested_on=day_in(day),
                fine=found == "yes",
                note=note,
                report_fault=found == "no",
                now=now,
            )
        )

    @rx.event
    async def take_away(self, piece: int) -> Any:
        """It is not there any more."""
        number = number_in(piece)
        return await self._do(
            lambda session, actor, now: keeping.take_away(session, actor, number, now)
        )

    def _drop(self) -> None:
        self.adding, self.testing, self.form_said = False, 0, Said()

    def _ask(self) -> EquipmentAsk:
        return EquipmentAsk(self.view.code, self.view.which, self.words, self.view.page)

    async def _look(self, ask: EquipmentAsk) -> Any:
        return await show(
            self, lambda session, actor, now: equipment_view(session, actor, ask, now)
        )
