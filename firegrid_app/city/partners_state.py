"""Other city systems that may send in."""

import reflex as rx

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.desk_session import UseCase
from firegrid_app.access.systems_state import SystemsState
from firegrid_app.city.partners import let_in, partners_of, shut_out


class PartnersState(SystemsState, rx.State):
    """The systems of the reader's city."""

    def _path(self) -> str:
        return "/api/open311/v2"

    def _letting_in(self, name: str) -> UseCase[str]:
        return lambda session, actor, now: let_in(session, actor, name, now)

    def _shutting_out(self, system: int) -> UseCase[object]:
        return lambda session, actor, now: shut_out(session, actor, system, now)

    async def _seen(self) -> UseCase[list[SystemLine] | None]:
        return lambda session, actor, _: partners_of(session, actor)
