"""What the panel of one place holds: its file, and the form that is open."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    asked_in_address,
    carry_out,
    day_in,
    look,
    number_in,
    text_in,
    way_out,
)
from firegrid_app.places import filing
from firegrid_app.places.cards import PlaceFile
from firegrid_app.places.one import place_file
from firegrid_app.places.rules import ABILITIES
from firegrid_app.places.state import PlacesState

FORMS = ("describe", "paper", "focus")
FIELDS = (
    "responsible_person",
    "phone",
    "manager",
    "manager_phone",
    "address",
    "area_m2",
    "capacity",
    "facilities",
)


class PlaceState(rx.State):
    """One place's file."""

    place: int = 0
    """Id of the one whose panel is open; 0 when none is."""
    detail: PlaceFile = PlaceFile()
    said: Said = Said()
    form: str = ""
    """The form that is open; empty when none is."""
    paper: str = "letter"
    """The kind chosen in the form of papers: each asks for other things."""
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the place that the address names, if it names one."""
        asked = number_in(asked_in_address(self, "place"))
        return await self._open(asked) if asked else None

    @rx.event
    async def open_place(self, place: int) -> Any:
        """Open the panel of a place."""
        return await self._open(number_in(place))

    @rx.event
    def close(self) -> None:
        """Close the panel."""
        self.reset()

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        if form == "" or form in FORMS:
            self.form, self.form_said = form, Said()

    @rx.event
    def choose_paper(self, kind: str) -> None:
        """Another kind of paper: the form asks for what it needs."""
        if isinstance(kind, str):
            self.paper = kind[:20]

    @rx.event
    async def describe(self, form: dict[str, Any]) -> Any:
        """Put right what the register says."""
        place, words = self.place, {name: text_in(form, name, 400) for name in FIELDS}
        standing, reason = text_in(form, "standing", 20), text_in(form, "standing_reason", 200)
        return await self._do(
            lambda session, actor, now: filing.describe_place(
                session,
                actor,
                place,
                words=words,
                standing=standing,
                standing_reason=reason,
                now=now,
            )
        )

    @rx.event
    async def enter(self, form: dict[str, Any]) -> Any:
        """Enter a paper."""
        place = self.place
        given = {name: text_in(form, name, 400) for name in ("kind", "party", "signed_by", "note")}
        signed, expires = text_in(form, "signed_on", 10), text_in(form, "expires_on", 10)
        met = [text_in(form, name, 1) for name in ABILITIES if text_in(form, name, 1)]
        return await self._do(
            lambda session, actor, now: filing.enter_paper(
                session,
                actor,
                place,
                signed_on=day_in(signed),
                expires_on=day_in(expires) if expires else None,
                abilities=met,
                now=now,
                **given,
            )
        )

    @rx.event
    async def take_out(self, paper: int) -> Any:
        """Take out a paper that was entered wrongly."""
        number = number_in(paper)
        return await self._do(
            lambda session, actor, now: filing.take_out_paper(session, actor, number, now)
        )

    @rx.event
    async def propose(self, form: dict[str, Any]) -> Any:
        """Want the place on the list of those to be watched."""
        place = self.place
        reason, until = text_in(form, "reason", 400), text_in(form, "ends_on", 10)
        return await self._do(
            lambda session, actor, now: filing.propose_focus(
                session, actor, place, reason=reason, ends_on=day_in(until), now=now
            )
        )

    @rx.event
    async def decide(self, entry: int, agreed: bool) -> Any:
        """Say yes or no to it."""
        number, yes = number_in(entry), agreed is True
        return await self._do(
            lambda session, actor, now: filing.decide_focus(session, actor, number, yes, now)
        )

    @rx.event
    async def lift(self, entry: int) -> Any:
        """Take the place off the list."""
        number = number_in(entry)
        return await self._do(
            lambda session, actor, now: filing.lift_focus(session, actor, number, now)
        )

    async def _do(self, use_case: UseCase[object]) -> Any:
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self.form = ""
        return await self._open(self.place) or PlacesState.load

    async def _open(self, place: int) -> Any:
        answer = await look(
            self, lambda session, actor, now: place_file(session, actor, place, now)
        )
        self.said, self.place = answer.said, place
        self.detail = answer.value or PlaceFile()
        return way_out(answer.said)
