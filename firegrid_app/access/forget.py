"""Forgets what a tab's state holds as soon as another log-in speaks from that tab.

Reflex keeps a tab's state under a key that lives in the tab, not in the log-in: without this,
whoever logs in next on the station's computer would be sent the last person's page first.
"""

from typing import Any

import reflex as rx
from reflex.middleware import Middleware

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.session import cookie_in

OURS = "firegrid_app."


class LastLogin(rx.State):
    """Whose log-in the tab's state belongs to, as a hash that stays on the server."""

    _login: str = ""


class ForgetOthers(Middleware):
    """For `app.add_middleware(ForgetOthers(), index=0)`: runs before every event, hydration too."""

    async def preprocess(self, app: Any, state: Any, event: Any) -> None:
        """Empty every state of ours when the cookie is not the one they were filled for."""
        last = await state.get_state(LastLogin)
        login = hash_token(cookie_in(state.router.headers.cookie) or "")
        if last._login == login:
            return
        if last._login:
            for substate in rx.State.get_substates():
                if substate.__module__.startswith(OURS):
                    (await state.get_state(substate)).reset()
        last._login = login
