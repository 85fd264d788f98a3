"""The desk's page of messages: what went out, what failed, the step being taken."""

from typing import Any

import reflex as rx

from firegrid_app import routes
from firegrid_app.access.desk_session import (
    Said,
    act,
    look,
    number_in,
    own_language,
    text_in,
    turn_away,
    way_out,
)
from firegrid_app.messages.cards import MessagesView
from firegrid_app.messages.rules import Standing
from firegrid_app.messages.service import messages_view, send_again, try_line


class MessagesState(rx.State):
    """One page of the messages in one's grids."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    view: MessagesView = MessagesView()
    only: str = ""
    """Messages that stand so; empty for all."""
    said: Said = Said()
    done: str = ""
    """`again` or `test`, while the page says that it will go."""

    @rx.event
    async def load(self) -> Any:
        """Open the page, or look again."""
        self.done = ""
        return await self._show(self.only, self.view.page)

    @rx.event
    async def narrow(self, standing: str) -> Any:
        """Only those that stand so; the same once more shows all again."""
        if standing not in list(Standing):
            return None
        return await self._show("" if standing == self.only else standing, 1)

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the list."""
        page = number_in(page) or 1
        return await self._show(self.only, page)

    @rx.event
    async def again(self, message: int) -> Any:
        """Send one again that was given up."""
        message = number_in(message)
        answer = await act(
            self, lambda session, actor, now: bool(send_again(session, actor, message, now))
        )
        return await self._done("again", answer.said)

    @rx.event
    async def try_out(self, form: dict[str, Any]) -> Any:
        """Send oneself a test by a line."""
        channel, language = text_in(form, "channel", 10), own_language(self)
        answer = await act(
            self,
            lambda session, actor, now: try_line(session, actor, channel, language, now),
        )
        return await self._done("test", answer.said)

    async def _done(self, what: str, said: Said) -> Any:
        self.done = "" if said.code else what
        if said.code:
            self.said = said
            return way_out(said)
        return await self._show(self.only, self.view.page)

    async def _show(self, only: str, page: int) -> Any:
        answer = await look(
            self, lambda session, actor, now: messages_view(session, actor, only, page, now)
        )
        if answer.value is None:
            return turn_away(self, answer.said, to=routes.DESK)
        self.said = answer.said
        self.view, self.only, self.phase = answer.value, only, "ready"
        return None
