"""What the page of the register holds: a grid's buildings, one open, a drawing, one door."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Answer,
    Said,
    UseCase,
    act,
    carry_out,
    day_in,
    look,
    number_in,
    show,
    text_in,
    turn_away,
    way_out,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.households import care, neighbours, one_door, service
from firegrid_app.households.cards import DoorCard, Drawing, RegisterView
from firegrid_app.households.rules import MOST_DOORS, Plan

FIELDS = ("building", "style", "units", "first", "last", "per_floor")


class HouseholdsState(GridPageState, rx.State):
    """The register of one small grid."""

    view: RegisterView = RegisterView()
    drawing: Drawing = Drawing()
    plan: dict[str, str] = rx.field(default_factory=dict)
    """The form the drawing was made of."""
    out: list[str] = rx.field(default_factory=list)
    """Doors tapped out of the drawing."""
    is_open: bool = False
    """The form to draw up is open."""
    must_agree: bool = False
    """The register has other floors, and that was said."""
    written: int = 0
    door: DoorCard = DoorCard()
    pair_said: Said = Said()
    """Why a neighbour was not paired or parted."""

    @rx.event
    async def open(self, building: str) -> Any:
        """Look at one building, or close it."""
        if not isinstance(building, str):
            return None
        self._drop()
        if self.view.open.is_open and self.view.open.name == building:
            return await self._show(self.view.code)
        return await self._look_inside(building[:30])

    @rx.event
    def ask(self) -> None:
        """Begin to draw a building up."""
        self._drop()
        self.is_open = True

    @rx.event
    def drop(self) -> None:
        """Leave everything as it is."""
        self._drop()

    @rx.event
    async def draw(self, form: dict[str, Any]) -> Any:
        """Show the building before anything is written."""
        self.plan = {name: text_in(form, name, 60) for name in FIELDS}
        self.out, self.must_agree = [], False
        return await self._draw()

    @rx.event
    async def tap(self, key: str) -> Any:
        """A door there is not, or is after all."""
        if not isinstance(key, str):
            return None
        key = key[:40]
        out = [one for one in self.out if one != key]
        self.out = out if len(out) < len(self.out) else [*out, key][-MOST_DOORS:]
        return await self._draw()

    @rx.event
    async def write(self) -> Any:
        """Write the drawing into the register."""
        code, plan, out, agreed = (
            self.view.code,
            _plan_of(self.plan),
            set(self.out),
            self.must_agree,
        )
        building = self.plan.get("building", "")
        answer = await act(
            self,
            lambda session, actor, now: service.draw_up(
                session, actor, code, building, plan, out, now, agreed=agreed
            ),
        )
        self.form_said = answer.said
        if answer.value is None:
            self.must_agree = answer.said.code == "households.other_floors"
            return way_out(answer.said)
        drawn, building = answer.value, self.drawing.building
        self._drop()
        self.written = drawn
        return await self._look_inside(building)

    @rx.event
    async def open_door(self, door: int) -> Any:
        """Look at one door."""
        number = number_in(door)
        return await self._open_door(number) if number else None

    @rx.event
    async def mark(self, form: dict[str, Any]) -> Any:
        """Keep the care mark of the open door."""
        door, agreed = self.door.id, text_in(form, "agreed_on", 10)
        mark, basis = text_in(form, "mark", 30), text_in(form, "basis", 20)
        days = _whole(text_in(form, "days", 3))
        return await self._do(
            lambda session, actor, now: care.mark_care(
                session,
                actor,
                door,
                mark=mark,
                basis=basis,
                agreed_on=day_in(agreed) if agreed else None,
                days=days,
                now=now,
            )
        )

    @rx.event
    async def pair(self, form: dict[str, Any]) -> Any:
        """Pair the open door with a neighbour."""
        door, agreed = self.door.id, text_in(form, "agreed_on", 10)
        given = {name: text_in(form, name) for name in ("door", "name", "phone", "note")}
        return await self._do_at(
            door,
            lambda session, actor, now: neighbours.pair(
                session,
                actor,
                door,
                agreed_on=day_in(agreed) if agreed else None,
                now=now,
                **given,
            ),
        )

    @rx.event
    async def part(self, pair: int) -> Any:
        """The neighbour looks after the open door no more."""
        number = number_in(pair)
        return await self._do_at(
            self.door.id,
            lambda session, actor, now: neighbours.part(session, actor, number, now),
        )

    @rx.event
    async def erase(self, off: bool) -> Any:
        """Erase what is known behind the open door; take it off the register too, if so asked."""
        door = self.door.id
        return await self._do(
            lambda session, actor, now: one_door.erase(session, actor, door, now, off=off is True)
        )

    async def _draw(self) -> Any:
        code, plan, out = self.view.code, _plan_of(self.plan), set(self.out)
        building = self.plan.get("building", "")
        answer = await look(
            self,
            lambda session, actor, now: service.drawing_of(
                session, actor, code, building, plan, out
            ),
        )
        self.form_said = answer.said
        self.drawing = answer.value or Drawing()
        return way_out(answer.said)

    async def _again(self) -> Any:
        return await self._look_inside(self.view.open.name)

    async def _open_door(self, number: int) -> Any:
        answer = await act(
            self,
            lambda session, actor, now: neighbours.door_with_neighbours(
                session, actor, number, now
            ),
        )
        self.form_said, self.pair_said = answer.said, Said()
        self.door = answer.value or DoorCard()
        return way_out(answer.said)

    async def _do_at(self, door: int, use_case: UseCase[object]) -> Any:
        self.pair_said = await carry_out(self, use_case)
        return way_out(self.pair_said) if self.pair_said.code else await self._open_door(door)

    def _drop(self) -> None:
        self.is_open, self.must_agree, self.written = False, False, 0
        self.drawing, self.plan, self.out = Drawing(), {}, []
        self.door, self.form_said, self.pair_said = DoorCard(), Said(), Said()

    async def _look_inside(self, building: str) -> Any:
        code = self.view.code
        answer: Answer[RegisterView] = await act(
            self,
            lambda session, actor, now: service.look_inside(session, actor, code, building, now),
        )
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said, self.view, self.phase = answer.said, answer.value, "ready"
        return None

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: service.register_view(session, actor, code)
        )


def _plan_of(form: dict[str, str]) -> Plan:
    """The form as whole numbers; what is no number is one that no building has."""
    style = form.get("style", "")
    number = {name: _whole(form.get(name, "")) for name in ("first", "last", "per_floor")}
    units = form.get("units", "").strip()
    return Plan(style=style, units=_whole(units) if units else 0, **number)


def _whole(text: str) -> int:
    text = text.strip()
    digits = text.removeprefix("-")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= 6
    return int(text) if is_whole else 10**6
