"""What the desk page holds: the figures of today and one page of the list, nothing more."""

from dataclasses import replace
from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.desk_session import Answer, Said, look, number_in, way_out
from firegrid_app.desk.cards import Asked, BackupFault, DeskAsk, DeskHead, DeskRow, DeskView, Tally
from firegrid_app.desk.view import desk_view, still_in_reach
from firegrid_app.grids.cards import GridPick

MOST_WORDS = 40


class DeskState(rx.State):
    """The grids below one grid: figures, tallies, one page of the list."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    picks: list[GridPick] = rx.field(default_factory=list)
    code: str = ""
    head: DeskHead = DeskHead()
    backup: BackupFault = BackupFault()
    tallies: list[Tally] = rx.field(default_factory=list)
    rows: list[DeskRow] = rx.field(default_factory=list)
    matches: int = 0
    page: int = 1
    pages: int = 1
    chosen: str = ""
    """The standing the list is narrowed to; empty for all."""
    words: str = ""
    day: str = ""
    """The day looked at, in ISO 8601; empty for today."""
    week: bool = False
    """The whole week of it."""
    fresh: int = 0
    """Raised when the words were set by the page, so that the field shows them."""
    said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the desk, where it was left if that is still in reach."""
        ask = self._ask()
        return self._show(
            await look(
                self,
                lambda session, actor, now: desk_view(
                    session, actor, replace(ask, code=still_in_reach(session, actor, ask.code)), now
                ),
            )
        )

    @rx.event
    async def refresh(self) -> Any:
        """The same again, as it stands now."""
        return await self._look(self._ask())

    @rx.event
    async def pick(self, code: str) -> Any:
        """Open the desk for another grid."""
        if not isinstance(code, str):
            return None
        return await self._look(replace(self._ask(), code=code, page=1))

    @rx.event
    async def narrow(self, standing: str) -> Any:
        """Only grids that stand like this; the same once more shows all again."""
        if not isinstance(standing, str):
            return None
        self.chosen = "" if standing == self.chosen else standing[:20]
        return await self._look(replace(self._ask(), page=1))

    @rx.event
    async def search(self, words: str) -> Any:
        """Only grids with these words in name, code or holders."""
        if not isinstance(words, str):
            return None
        self.words = words[:MOST_WORDS]
        return await self._look(replace(self._ask(), page=1))

    @rx.event
    async def go_to_day(self, day: str) -> Any:
        """The figures of another day; of today when it names none."""
        if not isinstance(day, str):
            return None
        return await self._look(replace(self._ask(), page=1, days=Asked(day[:10], self.week)))

    @rx.event
    async def set_week(self, week: bool) -> Any:
        """The figures of the whole week of the day, or of the day alone."""
        if not isinstance(week, bool):
            return None
        return await self._look(replace(self._ask(), page=1, days=Asked(self.day, week)))

    @rx.event
    async def show_all(self) -> Any:
        """All grids again, neither narrowed nor searched."""
        self.chosen, self.words, self.fresh = "", "", self.fresh + 1
        return await self._look(replace(self._ask(), page=1))

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the list."""
        page = number_in(page) or 1
        return await self._look(replace(self._ask(), page=page))

    def _ask(self) -> DeskAsk:
        return DeskAsk(self.code, self.chosen, self.words, self.page, Asked(self.day, self.week))

    async def _look(self, ask: DeskAsk) -> Any:
        answer = await look(self, lambda session, actor, now: desk_view(session, actor, ask, now))
        if answer.value is not None:
            # A day refused leaves the one before on the screen, and its figures.
            self._put("day", "" if answer.value.head.is_today else ask.days.day)
            self._put("week", ask.days.week)
        return self._show(answer)

    def _show(self, answer: Answer[DeskView]) -> Any:
        self._put("said", answer.said)
        if answer.value is None:
            if self.phase == "loading":
                self.phase = "broken"
            return self._leave(answer.said)
        view = answer.value
        for name in ("picks", "tallies", "rows"):
            self._put(name, list(getattr(view, name)))
        for name in ("code", "head", "backup", "matches", "page", "pages"):
            self._put(name, getattr(view, name))
        self._put("phase", "ready")
        return None

    def _leave(self, said: Said) -> Any:
        nothing_to_see = said.code == "access.not_allowed"
        way = rx.redirect(routes.HOME) if nothing_to_see else way_out(said)
        if way is not None:
            # Whoever may not look any more takes nothing of it along.
            self.reset()
        return way

    def _put(self, name: str, value: Any) -> None:
        # Only what changed travels: most minutes change a few figures, not the list.
        if getattr(self, name) != value:
            setattr(self, name, value)
