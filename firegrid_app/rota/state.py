"""What the page of duty lists holds: one grid's month, the day that is open, the form that is."""

from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Answer,
    Said,
    UseCase,
    act,
    carry_out,
    day_in,
    number_in,
    show,
    text_in,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.rota.away import end_away, note_away
from firegrid_app.rota.cards import DrawnCard, RotaPerson, RotaView
from firegrid_app.rota.changing import add_shift, drop_shift, give_shift, show_on_boards
from firegrid_app.rota.copying import copy_month
from firegrid_app.rota.drawing import draw_up
from firegrid_app.rota.month import rota_view
from firegrid_app.rota.patterns import pattern_of
from firegrid_app.rota.rules import MOST_SHIFTS


class RotaState(rx.State):
    """The duty list of one grid in one month."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: RotaView = RotaView()
    said: Said = Said()
    opened: str = ""
    """The day that is open."""
    drawing: bool = False
    order: list[RotaPerson] = rx.field(default_factory=list)
    """People in the order of their turns, while the list is drawn up."""
    drawn: DrawnCard = DrawnCard(-1)
    """What the last draw-up made; -1 before any."""
    form_said: Said = Said()
    away_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page, where it was left if that is still in reach."""
        return await self._show(self.view.code, self.view.month)

    @rx.event
    async def pick(self, code: str) -> Any:
        """The list of another grid."""
        if not isinstance(code, str):
            return None
        self._leave_forms()
        return await self._show(code[:30], self.view.month)

    @rx.event
    async def go(self, month: str) -> Any:
        """Another month."""
        if not isinstance(month, str):
            return None
        self._leave_forms()
        return await self._show(self.view.code, month[:10])

    @rx.event
    def open_day(self, day: str) -> None:
        """Open a day; the same once more closes it."""
        if isinstance(day, str):
            self.opened = "" if day == self.opened else day[:10]
            self.form_said = Said()

    @rx.event
    def ask_draw(self) -> None:
        """Begin to draw up the month."""
        self._leave_forms()
        self.drawing, self.order = True, list(self.view.people)

    @rx.event
    def move_up(self, person: int) -> None:
        """Let a person's turn come one earlier."""
        at = next((n for n, one in enumerate(self.order) if one.id == person), 0)
        if at > 0:
            order = list(self.order)
            order[at - 1], order[at] = order[at], order[at - 1]
            self.order = order

    @rx.event
    def drop_form(self) -> None:
        """Neither draw up nor change anything after all."""
        self._leave_forms()

    @rx.event
    async def draw(self, form: dict[str, Any]) -> Any:
        """Draw it up; a refusal stands beside the button and what was filled in stays."""
        code, month = self.view.code, self.view.month
        people = [one.id for one in self.order if text_in(form, f"person-{one.id}", 5) == "on"]
        hours = [
            (text_in(form, f"from-{n}", 8), text_in(form, f"to-{n}", 8)) for n in range(MOST_SHIFTS)
        ]
        hours = [one for one in hours if one != ("", "")]
        days, turn = text_in(form, "days", 10), text_in(form, "turn", 10)
        at_once, first = (
            number_in(text_in(form, "at_once", 10)),
            number_in(text_in(form, "first", 10)),
        )
        replace = text_in(form, "replace", 5) == "on"

        def use_case(session: Session, actor: Actor, now: datetime) -> DrawnCard:
            pattern = pattern_of(people, hours, days, turn, at_once)
            return draw_up(
                session, actor, code, month, pattern, first=first, replace=replace, now=now
            )

        return await self._drawn(await act(self, use_case))

    @rx.event
    async def copy_last(self, form: dict[str, Any]) -> Any:
        """The month before once more."""
        code, month = self.view.code, self.view.month
        replace = text_in(form, "replace", 5) == "on"
        return await self._drawn(
            await act(
                self,
                lambda session, actor, now: copy_month(
                    session, actor, code, month, replace=replace, now=now
                ),
            )
        )

    @rx.event
    async def add(self, form: dict[str, Any]) -> Any:
        """Somebody more on the open day."""
        code, day, person = self.view.code, self.opened, number_in(text_in(form, "person", 10))
        starts, ends = text_in(form, "starts", 8), text_in(form, "ends", 8)
        return await self._change(
            lambda session, actor, now: add_shift(
                session,
                actor,
                grid_code=code,
                day=day_in(day),
                starts=starts,
                ends=ends,
                person_id=person,
                now=now,
            )
        )

    @rx.event
    async def give(self, shift: int, person: str) -> Any:
        """Another person for a shift."""
        chosen = number_in(person)
        return await self._change(
            lambda session, actor, now: give_shift(session, actor, number_in(shift), chosen, now)
        )

    @rx.event
    async def take_off(self, shift: int) -> Any:
        """Nobody for a shift."""
        return await self._change(
            lambda session, actor, now: drop_shift(session, actor, number_in(shift), now)
        )

    @rx.event
    async def note_away(self, form: dict[str, Any]) -> Any:
        """Somebody is sent elsewhere, or on leave."""
        code, person = self.view.code, number_in(text_in(form, "person", 10))
        why, words = text_in(form, "why", 10), text_in(form, "words", 60)
        first, last = text_in(form, "first", 10), text_in(form, "last", 10)

        def use_case(session: Session, actor: Actor, now: datetime) -> object:
            return note_away(
                session,
                actor,
                code=code,
                person_id=person,
                why=why,
                words=words,
                first_on=day_in(first),
                last_on=day_in(last),
                now=now,
            )

        return await self._noted(use_case)

    @rx.event
    async def back(self, absence: int) -> Any:
        """Somebody is back."""
        code = self.view.code
        return await self._noted(
            lambda session, actor, now: end_away(session, actor, code, number_in(absence), now)
        )

    @rx.event
    async def show_boards(self, shown: bool) -> Any:
        """Let the boards of the street's grids show the list, or not."""
        code, wanted = self.view.code, shown is True
        return await self._change(
            lambda session, actor, now: show_on_boards(session, actor, code, wanted, now)
        )

    async def _drawn(self, answer: Answer[DrawnCard]) -> Any:
        self.form_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self._leave_forms()
        self.drawn = answer.value
        return await self._show(self.view.code, self.view.month)

    async def _change(self, use_case: UseCase[object]) -> Any:
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        return await self._show(self.view.code, self.view.month)

    async def _noted(self, use_case: UseCase[object]) -> Any:
        self.away_said = await carry_out(self, use_case)
        if self.away_said.code:
            return way_out(self.away_said)
        return await self._show(self.view.code, self.view.month)

    def _leave_forms(self) -> None:
        self.opened, self.drawing, self.order = "", False, []
        self.drawn, self.form_said, self.away_said = DrawnCard(-1), Said(), Said()

    async def _show(self, code: str, month: str) -> Any:
        return await show(
            self, lambda session, actor, now: rota_view(session, actor, code, month, now)
        )
