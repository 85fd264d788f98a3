"""What the page of boards holds: one grid's walls, and the form that is open."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, day_in, number_in, show, text_in, ticked_in
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.posting.badges import issue, withdraw
from firegrid_app.posting.cards import PostingView
from firegrid_app.posting.deciding import (
    decide,
    end_contact,
    post_person,
    set_houses,
    set_phone,
)
from firegrid_app.posting.editions import note_hanging, take_down
from firegrid_app.posting.service import posting_view


class PostingState(GridPageState, rx.State):
    """The boards, people and badges of one grid."""

    view: PostingView = PostingView()
    asked: str = ""
    """The form that is open: `post`, `badge`, `field`, `phone`, `house` or `hang`."""
    subject: int = 0
    """The contact or paper it is about."""
    field: str = ""

    @rx.event
    def ask(self, what: str, subject: int, field: str) -> None:
        """Open a form."""
        if isinstance(what, str) and isinstance(field, str):
            self._drop()
            self.asked, self.subject, self.field = what[:10], number_in(subject), field[:10]

    @rx.event
    def drop_form(self) -> None:
        """Leave the form as it is."""
        self._drop()

    @rx.event
    async def post(self, form: dict[str, Any]) -> Any:
        """Put somebody on the board."""
        code = self.view.code
        holder, phone, words = (text_in(form, name) for name in ("holder", "phone", "words"))
        return await self._do(
            lambda session, actor, now: post_person(
                session,
                actor,
                grid_code=code,
                holder=holder,
                phone=phone,
                basis_words=words,
                now=now,
            )
        )

    @rx.event
    async def show_field(self, form: dict[str, Any]) -> Any:
        """Show a field from now on, on the basis the form names."""
        contact, field = self.subject, self.field
        basis, words = text_in(form, "basis"), text_in(form, "words")
        basis_on, ends_on = text_in(form, "basis_on"), text_in(form, "ends_on")
        return await self._do(
            lambda session, actor, now: decide(
                session,
                actor,
                contact,
                field,
                shown=True,
                basis=basis,
                basis_words=words,
                basis_on=day_in(basis_on) if basis_on else None,
                ends_on=day_in(ends_on) if ends_on else None,
                now=now,
            )
        )

    @rx.event
    async def hide_field(self, contact: int, field: str) -> Any:
        """Show a field no longer."""
        if not isinstance(field, str):
            return None
        contact = number_in(contact)
        return await self._do(
            lambda session, actor, now: decide(session, actor, contact, field, shown=False, now=now)
        )

    @rx.event
    async def save_phone(self, form: dict[str, Any]) -> Any:
        """Another work phone."""
        contact, phone = self.subject, text_in(form, "phone")
        return await self._do(
            lambda session, actor, now: set_phone(session, actor, contact, phone, now)
        )

    @rx.event
    async def save_house(self, form: dict[str, Any]) -> Any:
        """The buildings, or units of them, somebody keeps: those ticked."""
        contact, houses = self.subject, ticked_in(form, "house ")
        return await self._do(
            lambda session, actor, now: set_houses(session, actor, contact, houses, now)
        )

    @rx.event
    async def end(self, contact: int) -> Any:
        """Take somebody off the board."""
        contact = number_in(contact)
        return await self._do(lambda session, actor, now: end_contact(session, actor, contact, now))

    @rx.event
    async def hang(self, form: dict[str, Any]) -> Any:
        """Say where a paper hangs since when."""
        paper, where, day = self.subject, text_in(form, "where"), text_in(form, "day")
        return await self._do(
            lambda session, actor, now: note_hanging(session, actor, paper, where, day_in(day), now)
        )

    @rx.event
    async def take_down(self, paper: int) -> Any:
        """A paper hangs no more."""
        paper = number_in(paper)
        return await self._do(lambda session, actor, now: take_down(session, actor, paper, now))

    @rx.event
    async def issue(self, form: dict[str, Any]) -> Any:
        """Issue a badge."""
        code, holder = self.view.code, text_in(form, "holder")
        return await self._do(lambda session, actor, now: issue(session, actor, code, holder, now))

    @rx.event
    async def withdraw(self, badge: int) -> Any:
        """A badge is no longer good."""
        badge = number_in(badge)
        return await self._do(lambda session, actor, now: withdraw(session, actor, badge, now))

    def _drop(self) -> None:
        self.asked, self.subject, self.field, self.form_said = "", 0, "", Said()

    async def _show(self, code: str) -> Any:
        return await show(self, lambda session, actor, now: posting_view(session, actor, code, now))
