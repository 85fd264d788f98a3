"""What the desk's page of scripts holds: a street's own, and the form to add one."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    number_in,
    show,
    text_in,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.places.rules import KINDS
from firegrid_app.shouts import scripts
from firegrid_app.shouts.cards import ScriptsView

_FIELDS = ("title", "words", "language", "dialect", "first_day", "last_day", "audience")


class ScriptsState(GridPageState, rx.State):
    """The scripts of one street."""

    view: ScriptsView = ScriptsView()
    adding: bool = False

    @rx.event
    def ask_add(self) -> None:
        """Begin to add one."""
        self.adding, self.form_said = True, Said()

    @rx.event
    def drop_form(self) -> None:
        """Add none after all."""
        self._drop()

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Add the script; a refusal stands beside the button and the words stay."""
        given = {name: text_in(form, name, 400) for name in _FIELDS}
        kinds = [kind for kind in KINDS if text_in(form, f"kind {kind}", 5)]
        code = self.view.code
        return await self._do(
            lambda session, actor, now: scripts.add_script(
                session, actor, grid_code=code, kinds=kinds, now=now, **given
            )
        )

    @rx.event
    async def end(self, script: int) -> Any:
        """Nobody is offered it any more."""
        number = number_in(script)
        return await self._do(
            lambda session, actor, now: scripts.end_script(session, actor, number, now)
        )

    def _drop(self) -> None:
        self.adding, self.form_said = False, Said()

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: scripts.scripts_view(session, actor, code, now)
        )
