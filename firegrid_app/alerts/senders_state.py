"""Systems that may send warnings into the grid that is looked at."""

import reflex as rx

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.desk_session import UseCase
from firegrid_app.access.systems_state import SystemsState
from firegrid_app.alerts.senders import let_in, may_let_in, senders_of, shut_out
from firegrid_app.alerts.state import AlertsState


class SendersState(SystemsState, rx.State):
    """The systems of that grid."""

    code: str = ""

    def _path(self) -> str:
        return "/api/alerts"

    def _letting_in(self, name: str) -> UseCase[str]:
        code = self.code
        return lambda session, actor, now: let_in(session, actor, code, name, now)

    def _shutting_out(self, system: int) -> UseCase[object]:
        return lambda session, actor, now: shut_out(session, actor, system, now)

    async def _seen(self) -> UseCase[list[SystemLine] | None]:
        self.code = code = (await self.get_state(AlertsState)).code
        return lambda session, actor, _: (
            senders_of(session, actor, code) if may_let_in(session, actor, code) else None
        )
