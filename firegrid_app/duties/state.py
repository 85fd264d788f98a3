"""The desk's page of duties: figures of the grids below, and the list of one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Answer,
    Said,
    carry_out,
    day_in,
    look,
    number_in,
    text_in,
    turn_away,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.desk.service import desk_grids
from firegrid_app.duties.cards import DutyCard, DutyTotals, GridDuties
from firegrid_app.duties.lists import duties_below, inbox
from firegrid_app.duties.ticking import tick_at_desk
from firegrid_app.duties.views import most_urgent, totals
from firegrid_app.grids.cards import GridPick
from firegrid_app.grids.service import picks_of

PAGE = 50
MOST_SHOWN = 200
"""Duties of one grid on the screen."""


@dataclass(frozen=True)
class _Found:
    picks: list[GridPick]
    code: str
    name: str
    totals: DutyTotals
    rows: list[GridDuties]
    count: int
    page: int
    duties: list[DutyCard]
    mine: list[DutyCard]


class DutiesState(rx.State):
    """Figures of the grids below one, and the duties of the grid that was opened."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    picks: list[GridPick] = rx.field(default_factory=list)
    code: str = ""
    name: str = ""
    totals: DutyTotals = DutyTotals()
    rows: list[GridDuties] = rx.field(default_factory=list)
    count: int = 0
    page: int = 1
    pages: int = 1
    opened: str = ""
    """Code of the grid whose list is open."""
    duties: list[DutyCard] = rx.field(default_factory=list)
    mine: list[DutyCard] = rx.field(default_factory=list)
    """One's own duties, open ones first."""
    ticking: str = ""
    """Which of one's own is being ticked: rule, grid, first day and number."""
    said: Said = Said()
    tick_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._look(self.code, self.opened, self.page)

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another street or community."""
        if not isinstance(code, str):
            return None
        return await self._look(code[:30], "", 1)

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the grids."""
        page = number_in(page) or 1
        return await self._look(self.code, self.opened, page)

    @rx.event
    async def open_grid(self, code: str) -> Any:
        """The list of one grid; the same once more closes it."""
        if not isinstance(code, str):
            return None
        wanted = "" if code == self.opened else code[:30]
        return await self._look(self.code, wanted, self.page)

    @rx.event
    def begin(self, key: str) -> None:
        """Begin to tick one of one's own, or leave it when empty."""
        self.ticking = key[:120] if isinstance(key, str) else ""
        self.tick_said = Said()

    @rx.event
    async def tick(self, form: dict[str, Any]) -> Any:
        """It is done. A refusal stands beside the button."""
        parts = self.ticking.split(" ")
        note = text_in(form, "note", 500)
        if len(parts) != 4 or not (parts[0].isdigit() and parts[3].isdigit()):
            return None
        rule, grid, first, number = int(parts[0][:9]), parts[1], parts[2], int(parts[3][:3])

        def use_case(session: Session, actor: Actor, now: datetime) -> None:
            tick_at_desk(
                session,
                actor,
                rule_id=rule,
                grid_code=grid,
                first_on=day_in(first),
                number=number,
                note=note,
                now=now,
            )

        self.tick_said = await carry_out(self, use_case)
        if self.tick_said.code:
            return way_out(self.tick_said)
        self.ticking = ""
        return await self._look(self.code, self.opened, self.page)

    async def _look(self, code: str, opened: str, page: int) -> Any:
        return self._show(
            await look(
                self, lambda session, actor, now: _find(session, actor, code, opened, page, now)
            ),
            opened,
        )

    def _show(self, answer: Answer[_Found], opened: str) -> Any:
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said = answer.said
        found = answer.value
        self.picks, self.code, self.name = found.picks, found.code, found.name
        self.totals, self.rows, self.count = found.totals, found.rows, found.count
        self.page, self.pages = found.page, max(1, -(-found.count // PAGE))
        self.opened, self.duties, self.mine = opened, found.duties, found.mine
        self.phase = "ready"
        return None


def _find(
    session: Session, actor: Actor, code: str, opened: str, page: int, now: datetime
) -> _Found:
    grids = desk_grids(session, actor)
    codes = [grid.code for grid in grids]
    board = duties_below(session, actor, code if code in codes else codes[0], now)
    rows = most_urgent(board)
    page = min(max(page, 1), max(1, -(-len(rows) // PAGE)))
    return _Found(
        picks=picks_of(grids),
        code=board.code,
        name=board.name,
        totals=totals(board),
        rows=rows[(page - 1) * PAGE : page * PAGE],
        count=len(rows),
        page=page,
        duties=[one for one in board.duties if one.grid == opened][:MOST_SHOWN],
        mine=inbox(session, actor, now)[:MOST_SHOWN],
    )
