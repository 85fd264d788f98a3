"""What the page of meetings holds: the list of one grid, and the form of a new meeting."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, act, day_in, look, show, text_in, way_out
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.meetings.cards import MeetingDraft, MeetingsView
from firegrid_app.meetings.lists import meetings_view
from firegrid_app.meetings.planning import draft_of, plan

OWN_ITEMS = 3
"""Items the form of a new meeting has room for; more are added on its page."""


class MeetingsState(GridPageState, rx.State):
    """The meetings of one grid and those one is asked to."""

    view: MeetingsView = MeetingsView()
    draft: MeetingDraft = MeetingDraft()
    """The new meeting's form; empty kind: closed."""

    @rx.event
    async def choose_kind(self, kind: str) -> Any:
        """Begin to plan a meeting of this kind, or of another one."""
        if not isinstance(kind, str):
            return None
        code = self.view.code
        answer = await look(
            self, lambda session, actor, now: draft_of(session, actor, code, kind[:30], now)
        )
        self.form_said = answer.said
        if answer.value is not None:
            self.draft = answer.value
        return way_out(answer.said)

    @rx.event
    def drop_form(self) -> None:
        """Plan nothing after all."""
        self._drop()

    @rx.event
    async def plan(self, form: dict[str, Any]) -> Any:
        """Plan it; a refusal stands beside the button and what was filled in stays."""
        code, kind = self.view.code, self.draft.kind
        given = {name: text_in(form, name, 200) for name in ("title", "place", "clock_time")}
        day, first = text_in(form, "day", 10), text_in(form, "first", 10)
        roles = [role for role in self.draft.offered if text_in(form, f"role {role}", 10)]
        items = [
            (text_in(form, f"tag {n}", 20), text_in(form, f"item {n}", 200))
            for n in range(OWN_ITEMS)
        ]
        answer = await act(
            self,
            lambda session, actor, now: str(
                plan(
                    session,
                    actor,
                    grid_code=code,
                    kind=kind,
                    day=day_in(day),
                    first_on=day_in(first) if first else None,
                    roles=roles,
                    items=items,
                    now=now,
                    **given,
                ).id
            ),
        )
        self.form_said = answer.said
        if answer.refused:
            return way_out(answer.said)
        self.draft = MeetingDraft()
        return await self._show(code)

    def _drop(self) -> None:
        self.draft, self.form_said = MeetingDraft(), Said()

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: meetings_view(session, actor, code, now)
        )
