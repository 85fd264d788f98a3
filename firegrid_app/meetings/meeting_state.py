"""What the page holds of the one meeting that is open: its card, and the form being filled in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Said,
    act,
    carry_out,
    day_in,
    look,
    number_in,
    text_in,
    uuid_in,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.meetings import holding, minutes, planning
from firegrid_app.meetings.cards import MeetingCard
from firegrid_app.meetings.service import meeting_card, note_read

FORMS = ("hold", "move", "call_off", "decide", "item")


class MeetingState(rx.State):
    """One meeting, opened from the list."""

    card: MeetingCard = MeetingCard()
    """Without an id: none is open."""
    form: str = ""
    """Which form is open, one of `FORMS`."""
    item: int = 0
    """The item whose minutes are being written."""
    all_came: bool = False
    said: Said = Said()
    form_said: Said = Said()

    @rx.event
    async def open(self, meeting: str) -> Any:
        """Open a meeting; who was absent has read its minutes then."""
        found = uuid_in(meeting)
        if found is None:
            return None
        self._drop()
        await act(self, lambda session, actor, now: note_read(session, actor, found, now))
        return await self._show(found)

    @rx.event
    async def again(self) -> Any:
        """The open meeting once more: its photos have changed, or the page was opened anew."""
        found = uuid_in(self.card.id)
        return await self._show(found) if found is not None else None

    @rx.event
    def shut(self) -> None:
        """Back to the list."""
        self._drop()
        self.card, self.said = MeetingCard(), Said()

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        self._drop()
        self.form = form if form in FORMS else ""

    @rx.event
    def ask_item(self, item: int) -> None:
        """Begin to write or correct the minutes of an item; 0 for none."""
        self._drop()
        self.item = number_in(item)

    @rx.event
    def tick_all(self) -> None:
        """Tick everybody, or nobody again."""
        self.all_came = not self.all_came

    @rx.event
    async def hold(self, form: dict[str, Any]) -> Any:
        """It was held with those ticked; or put right who came."""
        came = [one.person for one in self.card.invitees if text_in(form, f"came {one.person}", 5)]
        guests = text_in(form, "guests", 400)
        change = holding.note_who_came if self.card.standing == "held" else holding.hold
        return await self._do(
            lambda session, actor, now, meeting: change(
                session, actor, meeting, came=came, guests=guests, now=now
            )
        )

    @rx.event
    async def move(self, form: dict[str, Any]) -> Any:
        """Another day or hour."""
        day, clock_time = text_in(form, "day", 10), text_in(form, "clock_time", 8)
        return await self._do(
            lambda session, actor, now, meeting: planning.move(
                session, actor, meeting, day_in(day), clock_time, now
            )
        )

    @rx.event
    async def call_off(self, form: dict[str, Any]) -> Any:
        """It is not held."""
        why = text_in(form, "why", 300)
        return await self._do(
            lambda session, actor, now, meeting: planning.call_off(
                session, actor, meeting, why, now
            )
        )

    @rx.event
    async def add_item(self, form: dict[str, Any]) -> Any:
        """One more item."""
        tag, words = text_in(form, "tag", 20), text_in(form, "words", 300)
        return await self._do(
            lambda session, actor, now, meeting: planning.add_item(
                session, actor, meeting, tag, words, now
            )
        )

    @rx.event
    async def write(self, form: dict[str, Any]) -> Any:
        """The minutes of the item that is open; a correction once they are confirmed."""
        item = self.item
        was = next((one.minutes for one in self.card.agenda if one.id == item), "")
        words, why = text_in(form, "words", 5000), text_in(form, "why", 300)
        confirmed = self.card.standing == "confirmed"

        def use_case(session: Session, actor: Actor, now: datetime, meeting: UUID) -> Any:
            if confirmed:
                return minutes.correct(
                    session, actor, meeting, item, was=was, words=words, why=why, now=now
                )
            return minutes.set_minutes(session, actor, meeting, item, was=was, words=words, now=now)

        return await self._do(use_case)

    @rx.event
    async def decide(self, form: dict[str, Any]) -> Any:
        """Somebody does something by a day, or about a hazard."""
        words, due = text_in(form, "words", 200), text_in(form, "due", 10)
        person, hazard = text_in(form, "person", 9), uuid_in(text_in(form, "hazard", 36))
        return await self._do(
            lambda session, actor, now, meeting: holding.decide(
                session,
                actor,
                meeting,
                words=words,
                person_id=number_in(person) or None,
                due_on=day_in(due) if due else None,
                hazard_id=hazard,
                now=now,
            )
        )

    @rx.event
    async def drop_decision(self, decision: int) -> Any:
        """It was not decided so."""
        decision = number_in(decision)
        return await self._do(
            lambda session, actor, now, meeting: holding.drop_decision(
                session, actor, meeting, decision, now
            )
        )

    @rx.event
    async def confirm(self) -> Any:
        """The minutes are right."""
        return await self._do(
            lambda session, actor, now, meeting: minutes.confirm(session, actor, meeting, now)
        )

    def _drop(self) -> None:
        self.form, self.item, self.all_came, self.form_said = "", 0, False, Said()

    async def _do(self, use_case: Callable[[Session, Actor, datetime, UUID], Any]) -> Any:
        meeting = uuid_in(self.card.id)
        if meeting is None:
            return None

        self.form_said = await carry_out(
            self, lambda session, actor, now: use_case(session, actor, now, meeting)
        )
        if self.form_said.code:
            return way_out(self.form_said)
        self._drop()
        return await self._show(meeting)

    async def _show(self, meeting: UUID) -> Any:
        answer = await look(
            self, lambda session, actor, now: meeting_card(session, actor, meeting, now)
        )
        self.said = answer.said
        if answer.value is None:
            self.card = MeetingCard()
            return way_out(answer.said)
        self.card = answer.value
        return None
