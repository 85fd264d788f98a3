"""What the page of checklists holds: one list of one street, and the item that is being worded."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, UseCase, carry_out, show, text_in, way_out
from firegrid_app.checklists.cards import ChecklistView
from firegrid_app.checklists.editing import (
    as_shipped,
    checklist_view,
    move_item,
    switch_item,
    word_item,
)

_FIELDS = ("zh_CN", "en", "ko", "category", "source")


class ChecklistState(rx.State):
    """One checklist of one street."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: ChecklistView = ChecklistView()
    said: Said = Said()
    wording: str = ""
    """Code of the item being worded."""
    adding: bool = False
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._show(self.view.code, self.view.chosen)

    @rx.event
    async def pick(self, code: str) -> Any:
        """The lists of another street."""
        if not isinstance(code, str):
            return None
        self._leave_form()
        return await self._show(code[:30], self.view.chosen)

    @rx.event
    async def choose(self, checklist: str) -> Any:
        """Another list."""
        if not isinstance(checklist, str):
            return None
        self._leave_form()
        return await self._show(self.view.code, checklist[:30])

    @rx.event
    def ask_words(self, code: str) -> None:
        """Begin to put an item into other words."""
        if isinstance(code, str):
            self.wording, self.adding, self.form_said = code[:60], False, Said()

    @rx.event
    def ask_add(self) -> None:
        """Begin to add an item."""
        self.wording, self.adding, self.form_said = "", True, Said()

    @rx.event
    def drop_form(self) -> None:
        """Leave the words as they are."""
        self._leave_form()

    @rx.event
    async def word(self, form: dict[str, Any]) -> Any:
        """Keep the words; a refusal stands beside the button and what was written stays."""
        code = "" if self.adding else self.wording
        street, checklist = self.view.code, self.view.chosen
        given = {name: text_in(form, name, 200) for name in _FIELDS}
        if not code and not self.adding:
            return None
        return await self._do(
            lambda session, actor, now: word_item(
                session, actor, street=street, checklist=checklist, code=code, now=now, **given
            )
        )

    @rx.event
    async def switch(self, code: str) -> Any:
        """Leave an item out, or take it in again."""
        if not isinstance(code, str):
            return None
        street, checklist = self.view.code, self.view.chosen
        return await self._do(
            lambda session, actor, now: switch_item(
                session, actor, street, checklist, code[:60], now
            )
        )

    @rx.event
    async def move(self, code: str, up: bool) -> Any:
        """Let an item come one earlier or later."""
        if not isinstance(code, str):
            return None
        street, checklist = self.view.code, self.view.chosen
        return await self._do(
            lambda session, actor, now: move_item(
                session, actor, street, checklist, code[:60], up is True, now
            )
        )

    @rx.event
    async def restore(self) -> Any:
        """The list as it ships once more."""
        street, checklist = self.view.code, self.view.chosen
        return await self._do(
            lambda session, actor, now: as_shipped(session, actor, street, checklist, now)
        )

    async def _do(self, use_case: UseCase[object]) -> Any:
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self._leave_form()
        return await self._show(self.view.code, self.view.chosen)

    def _leave_form(self) -> None:
        self.wording, self.adding, self.form_said = "", False, Said()

    async def _show(self, code: str, checklist: str) -> Any:
        return await show(
            self, lambda session, actor, now: checklist_view(session, actor, code, checklist, now)
        )
