"""What the desk's page of letters holds: what premises of a street sign, the form to word it."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, show, text_in
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.places import street_letters
from firegrid_app.places.cards import LETTER_SIGNS, TITLE_SIGNS, LetterView
from firegrid_app.texts import LANGUAGES


class LettersState(GridPageState, rx.State):
    """The letter of one street."""

    view: LetterView = LetterView()
    writing: bool = False

    @rx.event
    def ask_write(self) -> None:
        """Begin to word it."""
        self.writing, self.form_said = True, Said()

    @rx.event
    def drop_form(self) -> None:
        """Leave it as it is."""
        self._drop()

    @rx.event
    async def write(self, form: dict[str, Any]) -> Any:
        """Put it in force; a refusal stands beside the button and the words stay."""
        # More than fits is read too: what is too long is refused, never cut.
        words = {
            language: (
                text_in(form, f"title {language}", 2 * TITLE_SIGNS),
                text_in(form, f"text {language}", 2 * LETTER_SIGNS),
            )
            for language in LANGUAGES
        }
        code = self.view.code
        return await self._do(
            lambda session, actor, now: street_letters.write_letter(
                session, actor, grid_code=code, words=words, now=now
            )
        )

    @rx.event
    async def end(self) -> Any:
        """Let premises sign the one that ships again."""
        code = self.view.code
        return await self._do(
            lambda session, actor, now: street_letters.end_letter(session, actor, code, now)
        )

    def _drop(self) -> None:
        self.writing, self.form_said = False, Said()

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: street_letters.letter_view(session, actor, code)
        )
