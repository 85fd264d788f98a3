"""What the invitation form holds: posts and grids to choose from, and mistakes by field."""

from datetime import date
from typing import Any

import reflex as rx

from firegrid_app.access.cards import GridChoice
from firegrid_app.access.desk_session import (
    Said,
    act,
    day_in,
    look,
    own_address,
    text_in,
    way_out,
)
from firegrid_app.access.inviting import (
    FIELD_OF,
    grids_to_fill,
    likely_role,
    mistakes_in,
    roles_to_give,
)
from firegrid_app.access.people import invite
from firegrid_app.access.state import LinkState, PeopleState
from firegrid_app.refusals import Refused


class InviteState(rx.State):
    """The form that gives a person a post; what was typed stays until it is accepted."""

    roles: list[str] = rx.field(default_factory=list)
    """Posts this person may give; empty while the form is closed."""
    role: str = ""
    grids: list[GridChoice] = rx.field(default_factory=list)
    """Grids found for what was typed."""
    grid: GridChoice = GridChoice("", "")
    mistakes: dict[str, Said] = rx.field(default_factory=dict)
    """By field: phone, name, role, grid, dates."""
    said: Said = Said()
    given: str = ""
    """Name of the person who got a post but needs no link."""

    @rx.event
    async def open_form(self) -> Any:
        """Show the form, if there is any post to give."""
        answer = await look(self, lambda session, actor, now: roles_to_give(actor))
        self.said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.given = ""
        self.roles = answer.value
        self.role = self.role if self.role in self.roles else likely_role(self.roles)
        return await self._find("")

    @rx.event
    def close_form(self) -> None:
        """Put the form away."""
        self.reset()

    @rx.event
    async def choose_role(self, role: str) -> Any:
        """The post to give; the grids it can be held in follow from it."""
        if role not in self.roles:
            return None
        self.role, self.grid = role, GridChoice("", "")
        return await self._find("")

    @rx.event
    async def find_grid(self, words: str) -> Any:
        """Grids with these words in name or code."""
        return await self._find(words[:40]) if isinstance(words, str) else None

    @rx.event
    def choose_grid(self, code: str) -> None:
        """One of the grids found."""
        found = [grid for grid in self.grids if grid.code == code]
        if found:
            self.grid = found[0]
            self.mistakes = {
                field: said for field, said in self.mistakes.items() if field != "grid"
            }

    @rx.event
    async def send(self, form: dict[str, Any]) -> Any:
        """Invite. All mistakes that show at once are told at once."""
        phone, name = text_in(form, "phone"), text_in(form, "name")
        role, code = self.role, self.grid.code
        mistakes = mistakes_in(phone=phone, name=name, role=role, grid_code=code)
        days: dict[str, date | None] = {}
        for field in ("starts_on", "ends_on"):
            try:
                days[field] = day_in(text) if (text := text_in(form, field)) else None
            except Refused as refused:
                mistakes["dates"] = refused.code
        self.said, self.given = Said(), ""
        self.mistakes = {field: Said(code) for field, code in mistakes.items()}
        if mistakes:
            return None
        answer = await act(
            self,
            lambda session, actor, now: invite(
                session, actor, phone=phone, name=name, role=role, grid_code=code, now=now, **days
            ),
        )
        if answer.value is None:
            return self._refused(answer.said)
        name, token = name.strip(), answer.value
        self.close_form()
        if token:
            (await self.get_state(LinkState))._show(name, token, own_address(self))
        else:
            self.given = name
        return PeopleState.show_only(name)

    def _refused(self, said: Said) -> Any:
        field = FIELD_OF.get(said.code)
        if field:
            self.mistakes = {field: said}
        else:
            self.said = said
        return way_out(said)

    async def _find(self, words: str) -> Any:
        role = self.role
        answer = await look(
            self, lambda session, actor, now: grids_to_fill(session, actor, role, words)
        )
        self.said = answer.said
        self.grids = answer.value or []
        if len(self.grids) == 1:
            self.grid = self.grids[0]
        return way_out(answer.said)
