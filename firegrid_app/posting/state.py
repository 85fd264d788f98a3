"""What the page of boards holds: one grid's walls, and the form that is open."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    act,
    day_in,
    show,
    text_in,
    way_out,
)
from firegrid_app.posting.badges import issue, withdraw
from firegrid_app.posting.cards import PostingView
from firegrid_app.posting.deciding import decide, end_contact, post_person, set_phone
from firegrid_app.posting.editions import note_hanging, take_down
from firegrid_app.posting.service import posting_view


class PostingState(rx.State):
    """The boards, people and badges of one grid."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: PostingView = PostingView()
    said: Said = Said()
    asked: str = ""
    """The form that is open: `post`, `badge`, `field`, `phone` or `hang`."""
    subject: int = 0
    """The contact or paper it is about."""
    field: str = ""
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page, where it was left if that is still in reach."""
        return await self._show(self.view.code)

    @rx.event
    async def pick(self, code: str) -> Any:
        """The walls of another grid."""
        if not isinstance(code, str):
            return None
        self._close()
        return await self._show(code[:30])

    @rx.event
    def ask(self, what: str, subject: int, field: str) -> None:
        """Open a form."""
        if isinstance(what, str) and isinstance(subject, int) and isinstance(field, str):
            self._close()
            self.asked, self.subject, self.field = what[:10], subject, field[:10]

    @rx.event
    def drop_form(self) -> None:
        """Leave the form as it is."""
        self._close()

    @rx.event
    async def post(self, form: dict[str, Any]) -> Any:
        """Put somebody on the board."""
        code = self.view.code
        holder, phone, words = (text_in(form, name) for name in ("holder", "phone", "words"))
        return await self._do(
            lambda session, actor, now: bool(
                post_person(
                    session,
                    actor,
                    grid_code=code,
                    holder=holder,
                    phone=phone,
                    basis_words=words,
                    now=now,
                )
            )
        )

    @rx.event
    async def show_field(self, form: dict[str, Any]) -> Any:
        """Show a field from now on, on the basis the form names."""
        contact, field = self.subject, self.field
        basis, words = text_in(form, "basis"), text_in(form, "words")
        basis_on, ends_on = text_in(form, "basis_on"), text_in(form, "ends_on")
        return await self._do(
            lambda session, actor, now: bool(
                decide(
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
        )

    @rx.event
    async def hide_field(self, contact: int, field: str) -> Any:
        """Show a field no longer."""
        if not isinstance(contact, int) or not isinstance(field, str):
            return None
        return await self._do(
            lambda session, actor, now: bool(
                decide(session, actor, contact, field, shown=False, now=now)
            )
        )

    @rx.event
    async def save_phone(self, form: dict[str, Any]) -> Any:
        """Another work phone."""
        contact, phone = self.subject, text_in(form, "phone")
        return await self._do(
            lambda session, actor, now: bool(set_phone(session, actor, contact, phone, now))
        )

    @rx.event
    async def end(self, contact: int) -> Any:
        """Take somebody off the board."""
        if not isinstance(contact, int):
            return None
        return await self._do(
            lambda session, actor, now: bool(end_contact(session, actor, contact, now))
        )

    @rx.event
    async def hang(self, form: dict[str, Any]) -> Any:
        """Say where a paper hangs since when."""
        paper, where, day = self.subject, text_in(form, "where"), text_in(form, "day")
        return await self._do(
            lambda session, actor, now: bool(
                note_hanging(session, actor, paper, where, day_in(day), now)
            )
        )

    @rx.event
    async def take_down(self, paper: int) -> Any:
        """A paper hangs no more."""
        if not isinstance(paper, int):
            return None
        return await self._do(
            lambda session, actor, now: bool(take_down(session, actor, paper, now))
        )

    @rx.event
    async def issue(self, form: dict[str, Any]) -> Any:
        """Issue a badge."""
        code, holder = self.view.code, text_in(form, "holder")
        return await self._do(
            lambda session, actor, now: bool(issue(session, actor, code, holder, now))
        )

    @rx.event
    async def withdraw(self, badge: int) -> Any:
        """A badge is no longer good."""
        if not isinstance(badge, int):
            return None
        return await self._do(
            lambda session, actor, now: bool(withdraw(session, actor, badge, now))
        )

    def _close(self) -> None:
        self.asked, self.subject, self.field, self.form_said = "", 0, "", Said()

    async def _do(self, use_case: UseCase[bool]) -> Any:
        answer = await act(self, use_case)
        self.form_said = answer.said
        if answer.refused:
            return way_out(answer.said)
        self._close()
        return await self._show(self.view.code)

    async def _show(self, code: str) -> Any:
        return await show(self, lambda session, actor, now: posting_view(session, actor, code, now))
