"""What the desk's page of residents' reports holds: a page of the list, and one report."""

from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import Said, UseCase, act, show, text_in, uuid_in, way_out
from firegrid_app.access.grid_page_state import OneOpenState
from firegrid_app.access.rules import Actor
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Contact, ReportDetail, ReportsAsk, ReportsView
from firegrid_app.residents.listing import WHICH, report_detail, reports_view
from firegrid_app.residents.moderating import contact, join, take_on, turn_down
from firegrid_app.residents.rules import Standing

FORMS = ("", Standing.JOINED, Standing.TURNED_DOWN)
"""Decisions with a form of their own; without one a report can be taken on."""


def id_in(text: object) -> UUID:
    """The id of a report or hazard a client sent. Refuses `residents.unknown`."""
    found = uuid_in(text)
    if found is None:
        raise Refused("residents.unknown")
    return found


class ReportsState(OneOpenState, rx.State):
    """The reports below one grid, narrowed; one of them open."""

    view: ReportsView = ReportsView()
    detail: ReportDetail = ReportDetail()
    form: str = ""
    """The decision being made: its form is open."""
    who: Contact = Contact()
    """Who sent the open report, once it was asked for."""

    @rx.event
    def ask(self, form: str) -> None:
        """Begin another decision: its form opens. Nothing is changed yet."""
        if form in FORMS:
            self.form, self.form_said = str(form), Said()

    @rx.event
    async def take_on(self, fields: dict[str, Any]) -> Any:
        """Make the report a hazard, as the form above all others proposes."""
        return await self._decide(Standing.TAKEN_ON, fields)

    @rx.event
    async def decide(self, fields: dict[str, Any]) -> Any:
        """Decide as the open form says; a refusal stands beside its button."""
        return await self._decide(self.form, fields)

    async def _decide(self, form: str, fields: object) -> Any:
        report = self.opened
        out = await self._settle(
            str(form),
            lambda session, actor, now: _decide(session, actor, report, form, fields, now),
        )
        if not self.form_said.code:
            self.form = ""
        return out

    @rx.event
    async def show_who(self) -> Any:
        """Show who sent the open report; the look is logged."""
        report = self.opened
        answer = await act(
            self, lambda session, actor, now: contact(session, actor, id_in(report), now)
        )
        self.detail_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.who = answer.value
        return None

    def _shut(self) -> None:
        super()._shut()
        self.form, self.who = "", Contact()

    def _ways(self) -> tuple[str, ...]:
        return WHICH

    def _blank(self) -> ReportDetail:
        return ReportDetail()

    def _one(self, opened: str) -> UseCase[ReportDetail]:
        return lambda session, actor, now: report_detail(session, actor, id_in(opened), now)

    def _ask(self) -> ReportsAsk:
        return ReportsAsk(self.view.code, self.view.which, self.view.page)

    async def _look(self, ask: ReportsAsk) -> Any:
        return await show(self, lambda session, actor, now: reports_view(session, actor, ask, now))


def _decide(
    session: Session, actor: Actor, report: str, form: str, fields: object, now: datetime
) -> None:
    report_id = id_in(report)
    if form == Standing.TAKEN_ON:
        take_on(
            session,
            actor,
            report_id,
            category=text_in(fields, "category", 40),
            severity=text_in(fields, "severity", 20),
            grid_code=text_in(fields, "grid", 30),
            now=now,
        )
    elif form == Standing.JOINED:
        join(session, actor, report_id, id_in(text_in(fields, "hazard", 40)), now)
    elif form == Standing.TURNED_DOWN:
        reason, words = text_in(fields, "reason", 20), text_in(fields, "words", 300)
        turn_down(session, actor, report_id, reason, words, now)
    else:
        raise Refused("invalid")
