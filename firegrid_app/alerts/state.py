"""What the desk's page of warnings holds: the list, the one that is open, how it is changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Answer,
    Said,
    UseCase,
    carry_out,
    look,
    number_in,
    text_in,
    turn_away,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.alerts.cards import NO_VIEW, AlertLine, AlertView
from firegrid_app.alerts.forms import moment_in
from firegrid_app.alerts.issuing import correct, lift
from firegrid_app.alerts.rules import Standing
from firegrid_app.alerts.views import PAGE, alert_view, alerts_below, homes_to_issue_in
from firegrid_app.desk.service import desk_grids
from firegrid_app.grids.cards import GridPick
from firegrid_app.grids.service import picks_of

LATE = "late"


@dataclass(frozen=True)
class _Found:
    picks: list[GridPick]
    code: str
    name: str
    lines: list[AlertLine]
    count: int
    page: int
    may_issue: bool
    view: AlertView


class AlertsState(rx.State):
    """Warnings that concern one grid and those below it, and the receipts of one warning."""

    phase: str = "loading"
    """`loading`, `ready`, or `broken`: nothing could be shown yet."""
    picks: list[GridPick] = rx.field(default_factory=list)
    code: str = ""
    name: str = ""
    lines: list[AlertLine] = rx.field(default_factory=list)
    page: int = 1
    pages: int = 1
    may_issue: bool = False
    opened: int = 0
    """Id of the warning that is open."""
    chosen: str = ""
    """Only grids that stand so."""
    view: AlertView = NO_VIEW
    changing: str = ""
    """`correct` or `lift` while the form for it is open."""
    said: Said = Said()
    form_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        return await self._look(self.code, self.page, self.opened, self.chosen)

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another street or community; what is open stays open if it concerns it."""
        if not isinstance(code, str):
            return None
        return await self._look(code[:30], 1, self.opened, "")

    @rx.event
    async def turn(self, page: int) -> Any:
        """Another page of the list."""
        page = number_in(page) or 1
        return await self._look(self.code, page, 0, "")

    @rx.event
    async def open_alert(self, alert: int) -> Any:
        """The receipts of one warning; the same once more closes it."""
        alert = number_in(alert)
        self.changing = ""
        return await self._look(self.code, self.page, 0 if alert == self.opened else alert, "")

    @rx.event
    async def narrow(self, chosen: str) -> Any:
        """Only grids that stand so; the same once more shows all again."""
        if chosen not in ("", LATE, *Standing):
            return None
        wanted = "" if chosen == self.chosen else chosen
        return await self._look(self.code, self.page, self.opened, wanted)

    @rx.event
    def begin(self, what: str) -> None:
        """Begin to correct or to lift it; leave it when empty."""
        if what in ("", "correct", "lift"):
            self.changing, self.form_said = what, Said()

    @rx.event
    async def correct(self, form: dict[str, Any]) -> Any:
        """Correct it. A refusal stands beside the button and what was typed stays."""
        alert, anew = self.opened, text_in(form, "anew", 3) != ""
        texts = {
            "title": text_in(form, "title", 100),
            "words": text_in(form, "words", 1000),
            "issuer": text_in(form, "issuer", 60),
            "number": text_in(form, "number", 60),
        }
        # Fields hold minutes: what was not touched keeps its seconds.
        shown = {"ends_at": self.view.ends_on, "deadline_at": self.view.deadline_on}
        days = {name: text for name in shown if (text := text_in(form, name, 20)) != shown[name]}
        why = text_in(form, "why", 200)
        return await self._change(
            lambda session, actor, now: correct(
                session,
                actor,
                alert,
                {key: " ".join(text.split()) for key, text in texts.items()}
                | {key: moment_in(text) for key, text in days.items()},
                now,
                anew=anew,
                why=why,
            )
        )

    @rx.event
    async def lift(self, form: dict[str, Any]) -> Any:
        """Lift it."""
        alert, why = self.opened, text_in(form, "why", 200)
        return await self._change(lambda session, actor, now: lift(session, actor, alert, why, now))

    async def _change(self, use_case: UseCase[object]) -> Any:
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self.changing = ""
        return await self._look(self.code, self.page, self.opened, self.chosen)

    async def _look(self, code: str, page: int, opened: int, chosen: str) -> Any:
        answer = await look(
            self,
            lambda session, actor, now: _find(session, actor, code, page, opened, chosen, now),
        )
        if answer.said.code == "alerts.unknown" and opened:
            # It does not concern the grid one has gone to: the list does.
            return await self._look(code, page, 0, "")
        return self._show(answer, opened, chosen)

    def _show(self, answer: Answer[_Found], opened: int, chosen: str) -> Any:
        if answer.value is None:
            return turn_away(self, answer.said)
        self.said = answer.said
        found = answer.value
        self.picks, self.code, self.name = found.picks, found.code, found.name
        self.lines, self.may_issue = found.lines, found.may_issue
        self.page, self.pages = found.page, max(1, -(-found.count // PAGE))
        self.opened, self.chosen, self.view = opened, chosen, found.view
        self.phase = "ready"
        return None


def _find(
    session: Session,
    actor: Actor,
    code: str,
    page: int,
    opened: int,
    chosen: str,
    now: datetime,
) -> _Found:
    grids = desk_grids(session, actor)
    named = {grid.code: grid.name for grid in grids}
    code = code if code in named else grids[0].code
    lines, count, page = alerts_below(session, actor, code, page, now)
    return _Found(
        picks=picks_of(grids),
        code=code,
        name=named[code],
        lines=lines,
        count=count,
        page=page,
        may_issue=bool(homes_to_issue_in(session, actor)),
        view=alert_view(session, actor, opened, code, chosen, now) if opened else NO_VIEW,
    )
