"""What a street sets: by when hazards of each grade are put right."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, carry_out, look, text_in, way_out
from firegrid_app.hazards.cards import TermsCard
from firegrid_app.hazards.deadlines import set_terms, terms_in
from firegrid_app.hazards.rules.deadlines import Terms
from firegrid_app.hazards.state import HazardsState


class TermsState(rx.State):
    """The terms in force in the grid the page shows, and the one being set."""

    code: str = ""
    """Of which grid they are shown; empty while they are folded away."""
    terms: list[TermsCard] = rx.field(default_factory=list)
    setting: TermsCard = TermsCard("", "", 0, 0, 1, False, "")
    """The one in the form; without a grade none is."""
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
    def ask(self, severity: str, category: str) -> None:
        """Begin to set the terms of a grade, or of a category of it."""
        for one in self.terms:
            if (one.severity, one.category) == (severity, category):
                self.setting, self.said = one, Said()

    @rx.event
    def drop(self) -> None:
        """Set nothing after all."""
        self.setting, self.said = TermsCard("", "", 0, 0, 1, False, ""), Said()

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Set them from today on; a refusal stands beside the button."""
        asked = [text_in(form, name, 4) for name in ("days", "remind", "step")]
        # What is no number lies outside every range: the refusal says what is inside.
        days, remind, step = (int(one) if one.isdigit() else -1 for one in asked)
        terms = Terms(days, remind, step, text_in(form, "after_photo", 3) == "yes")
        category = text_in(form, "category", 40) or self.setting.category
        return await self._set(self.setting.severity, category, terms)

    @rx.event
    async def let_go(self, severity: str, category: str) -> Any:
        """Again those from above."""
        if not (isinstance(severity, str) and isinstance(category, str)):
            return None
        return await self._set(severity[:20], category[:40], None)

    async def _set(self, severity: str, category: str, terms: Terms | None) -> Any:
        code = self.code
        self.said = await carry_out(
            self,
            lambda session, actor, now: set_terms(
                session, actor, code, severity, category, terms, now
            ),
        )
        if self.said.code:
            return way_out(self.said)
        self.setting = TermsCard("", "", 0, 0, 1, False, "")
        return await self._load(code)

    async def _load(self, code: str) -> Any:
        answer = await look(self, lambda session, actor, now: terms_in(session, actor, code, now))
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.code, self.terms = code, answer.value
        return None
