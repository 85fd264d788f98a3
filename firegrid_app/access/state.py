"""What the people page holds: one page of the list, and the step that asks for a yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.access.cards import GridChoice, PersonCard
from firegrid_app.access.desk_session import (
    Answer,
    Said,
    act,
    day_in,
    look,
    number_in,
    own_address,
    text_in,
    way_out,
)
from firegrid_app.access.inviting import qr_picture
from firegrid_app.access.people import (
    count_people,
    invite_again,
    managed_grids,
    people_in,
    switch_off,
    switch_on,
)
from firegrid_app.access.posts import end_post
from firegrid_app.access.rules import Actor
from firegrid_app.refusals import Refused

SHOWN_FOR = timedelta(minutes=5)
STEPS = ("first", "link", "off", "on", "end", "keep")
PAGE = 25
MOST_WORDS = 40


class LinkState(rx.State):
    """An invitation's link and its QR code, while the person who asked for it looks at it."""

    link: str = ""
    picture: str = ""
    name: str = ""
    _until: datetime | None = None

    @rx.event
    def put_away(self) -> None:
        """Forget the link: it is shown once."""
        self.reset()

    def _forget_old(self) -> None:
        # A page that lost its socket for a moment loads anew while the code is being scanned.
        if self._until is not None and self._until < clock.now():
            self.reset()

    def _show(self, name: str, token: str, address: str) -> None:
        self.name = name
        self._until = clock.now() + SHOWN_FOR
        self.link = f"{address}/invitation#{token}"
        self.picture = qr_picture(self.link)


@dataclass(frozen=True)
class _Found:
    """One page of the list."""

    grids: list[GridChoice]
    people: list[PersonCard]
    total: int
    page: int


class PeopleState(rx.State):
    """The people of one's grids, and what is being done with one of them."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    grids: list[GridChoice] = rx.field(default_factory=list)
    people: list[PersonCard] = rx.field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    words: str = ""
    fresh: int = 0
    """Raised when the words were set by the page, so that the field shows them."""
    grid: str = ""
    waiting: bool = False
    """Only those who have not chosen a password."""
    said: Said = Said()
    asked: str = ""
    """One of `STEPS` that waits for a yes; empty for none."""
    subject: int = 0
    """The person, for `end` and `keep` the post, it would be done to."""
    step_said: Said = Said()
    done: str = ""

    @rx.event
    async def load(self) -> Any:
        """Open the page; a link shown some time ago is gone."""
        (await self.get_state(LinkState))._forget_old()
        return await self._list()

    @rx.event
    async def search(self, words: str) -> Any:
        """Only people with these words in name, phone or grid."""
        if not isinstance(words, str):
            return None
        self.words, self.page = words[:MOST_WORDS], 1
        return await self._list()

    @rx.event
    async def show_only(self, words: str) -> Any:
        """The same, with the words put into the field."""
        self.fresh += 1
        self.grid = ""
        return await self.search(words)

    @rx.event
    async def of_grid(self, code: str) -> Any:
        """Only people of this grid and those below it; all when empty."""
        if not isinstance(code, str):
            return None
        self.grid, self.page = code[:30], 1
        return await self._list()

    @rx.event
    async def only_waiting(self) -> Any:
        """Only those who have not chosen a password, or everybody again."""
        self.waiting, self.page = not self.waiting, 1
        return await self._list()

    @rx.event
    async def show_all(self) -> Any:
        """Everybody again."""
        self.waiting = False
        return await self.show_only("")

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the list."""
        page = number_in(page) or 1
        self.page = page
        return await self._list()

    @rx.event
    def ask(self, what: str, subject: int) -> None:
        """Begin a step: the page asks for a yes. Nothing is changed yet."""
        subject = number_in(subject)
        if what in STEPS and subject:
            self.asked, self.subject = what, subject
            self.step_said, self.done = Said(), ""

    @rx.event
    def drop(self) -> None:
        """Leave it."""
        self.asked, self.subject, self.step_said = "", 0, Said()

    @rx.event
    async def go_ahead(self, form: dict[str, Any]) -> Any:
        """Do what was asked for. A refusal stands beside the button."""
        what, subject, day = self.asked, self.subject, text_in(form, "last_day", 10)
        answer = await act(
            self, lambda session, actor, now: _take(session, actor, what, subject, day, now)
        )
        self.step_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        if answer.value:
            name = next((person.name for person in self.people if person.id == subject), "")
            (await self.get_state(LinkState))._show(name, answer.value, own_address(self))
        self.asked, self.subject, self.done = "", 0, what
        return await self._list()

    async def _list(self) -> Any:
        words, grid, page, waiting = self.words, self.grid, self.page, self.waiting
        return self._show(
            await look(
                self,
                lambda session, actor, now: _find(session, actor, words, grid, waiting, page, now),
            )
        )

    def _show(self, answer: Answer[_Found]) -> Any:
        self.said = answer.said
        if answer.value is None:
            self.phase = "broken" if self.phase == "loading" else self.phase
            way = way_out(answer.said)
            if way is not None:
                self.reset()
            return way
        found = answer.value
        self.grids, self.people, self.total = found.grids, found.people, found.total
        self.page, self.pages = found.page, max(1, -(-found.total // PAGE))
        self.phase = "ready"
        return None


def _find(
    session: Session,
    actor: Actor,
    words: str,
    grid: str,
    waiting: bool,
    page: int,
    now: datetime,
) -> _Found:
    grids = managed_grids(session, actor)
    total = count_people(session, actor, now, words, grid_code=grid, waiting=waiting)
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    skip = (page - 1) * PAGE
    people = people_in(session, actor, now, words, PAGE, grid_code=grid, waiting=waiting, skip=skip)
    return _Found(grids, people, total, page)


def _take(session: Session, actor: Actor, what: str, subject: int, day: str, now: datetime) -> str:
    """Do one of `STEPS`; the token of a new link comes back, else nothing."""
    match what:
        case "link" | "first":
            return invite_again(session, actor, subject, now)
        case "off":
            switch_off(session, actor, subject, now)
        case "on":
            switch_on(session, actor, subject, now)
        case "end":
            end_post(session, actor, subject, day_in(day), now)
        case "keep":
            end_post(session, actor, subject, None, now)
        case _:
            raise Refused("invalid")
    return ""
