"""What the desk's page of scripts holds: a street's own, and the form to add one."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, UseCase, act, show, text_in, way_out
from firegrid_app.places.one_state import number_in
from firegrid_app.places.rules import KINDS
from firegrid_app.shouts import scripts
from firegrid_app.shouts.cards import ScriptsView

_FIELDS = ("title", "words", "language", "dialect", "first_day", "last_day", "audience")


class ScriptsState(rx.State):
    """The scripts of one street."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: ScriptsView = ScriptsView()
    adding: bool = False
    said: Said = Said()
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._show(self.view.code)

    @rx.event
    async def pick(self, code: str) -> Any:
        """The scripts of another street."""
        if not isinstance(code, str):
            return None
        self.adding, self.form_said = False, Said()
        return await self._show(code[:30])

    @rx.event
    def ask_add(self) -> None:
        """Begin to add one."""
        self.adding, self.form_said = True, Said()

    @rx.event
    def drop_form(self) -> None:
        """Add none after all."""
        self.adding, self.form_said = False, Said()

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

    async def _do(self, use_case: UseCase[Any]) -> Any:
        def done(session: Any, actor: Any, now: Any) -> bool:
            use_case(session, actor, now)
            return True

        answer = await act(self, done)
        self.form_said = answer.said
        if answer.refused:
            return way_out(answer.said)
        self.adding = False
        return await self._show(self.view.code)

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: scripts.scripts_view(session, actor, code, now)
        )
