"""What the leader's view holds: one view, the flag being looked at, the check being written."""

from datetime import date
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    carry_out,
    day_in,
    look,
    number_in,
    show,
    text_in,
    way_out,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.presence.modes import set_mode
from firegrid_app.presence.service import look_at
from firegrid_app.supervision.cards import WalkPick, WalksView
from firegrid_app.supervision.checks import check, walks_to_compare
from firegrid_app.supervision.rules import Progress
from firegrid_app.supervision.service import walks_view


class WalksState(GridPageState, rx.State):
    """The walks of today below one grid, flags and unannounced checks."""

    view: WalksView = WalksView()
    chosen: str = ""
    flag: int = 0
    """The flag a word is being said about."""
    checked: str = ""
    """Code of the grid an unannounced check is being written for."""
    walks: list[WalkPick] = rx.field(default_factory=list)
    setting: bool = False
    """Is the presence mode being set?"""

    @rx.event
    async def narrow(self, progress: str) -> Any:
        """Only grids that stand so; the same once more shows all again."""
        if progress not in ("", *Progress):
            return None
        self.chosen = "" if progress == self.chosen else progress
        return await self._show(self.view.code)

    @rx.event
    def ask_flag(self, flag: int) -> None:
        """Begin to say what a flag was about."""
        self.flag, self.form_said = number_in(flag), Said()

    @rx.event
    async def answer_flag(self, form: dict[str, Any]) -> Any:
        """Say it; a refusal stands beside the button and the note stays."""
        flag, outcome, note = self.flag, text_in(form, "outcome", 10), text_in(form, "note", 500)
        self.form_said = await carry_out(
            self, lambda session, actor, now: look_at(session, actor, flag, outcome, note, now)
        )
        if self.form_said.code:
            return way_out(self.form_said)
        self.flag = 0
        return await self._show(self.view.code)

    @rx.event
    async def ask_check(self, code: str) -> Any:
        """Begin to write down an unannounced check in a grid: its walks to compare with."""
        if not isinstance(code, str):
            return None
        answer = await look(
            self, lambda session, actor, now: walks_to_compare(session, actor, code, now)
        )
        self.form_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.checked, self.walks = code[:30], answer.value
        return None

    @rx.event
    async def write_check(self, form: dict[str, Any]) -> Any:
        """Write it down; a refusal stands beside the button and the words stay."""
        code, patrol = self.checked, text_in(form, "patrol", 40)
        agrees, found = text_in(form, "agrees", 3) == "yes", text_in(form, "found", 1000)
        self.form_said = await carry_out(
            self,
            lambda session, actor, now: check(
                session,
                actor,
                grid_code=code,
                patrol=patrol,
                agrees=agrees,
                found=found,
                now=now,
            ),
        )
        if self.form_said.code:
            return way_out(self.form_said)
        self.checked = ""
        return await self._show(self.view.code)

    @rx.event
    def ask_mode(self) -> None:
        """Begin to set what the street asks for at check points."""
        self.setting, self.form_said = True, Said()

    @rx.event
    async def set_presence(self, form: dict[str, Any]) -> Any:
        """Set it; a refusal stands beside the button and what was filled in stays."""
        code = self.view.code
        mode, basis = text_in(form, "mode", 10), text_in(form, "basis", 200)
        days = [text_in(form, name, 10) for name in ("starts_on", "ends_on")]
        self.form_said = await carry_out(
            self,
            lambda session, actor, now: set_mode(
                session, actor, code, mode, basis, *_days(days), now
            ),
        )
        if self.form_said.code:
            return way_out(self.form_said)
        self.setting = False
        return await self._show(code)

    @rx.event
    def drop_form(self) -> None:
        """Neither say nor write anything after all."""
        self.flag, self.checked, self.setting = 0, "", False
        self.form_said = Said()

    async def _show(self, code: str) -> Any:
        chosen = self.chosen
        return await show(
            self, lambda session, actor, now: walks_view(session, actor, code, chosen, now)
        )


def _days(texts: list[str]) -> tuple[date | None, date | None]:
    """The days of two date fields; empty ones are none."""
    start, end = (day_in(text) if text else None for text in texts)
    return start, end
