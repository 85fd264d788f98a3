"""The plan a county or street follows, its own rules, and the workday calendar, at the desk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Said,
    carry_out,
    day_in,
    look,
    number_in,
    text_in,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.duties import choosing, keeping
from firegrid_app.duties.cards import CalendarDayCard, PlanGrid, PlanView
from firegrid_app.duties.rules.obligations import obligation_from
from firegrid_app.duties.service import year_is_known
from firegrid_app.duties.views import plan_grids, plan_view
from firegrid_app.settings import settings

_DATES = ("once_on", "starts_on", "ends_on")
_FIELDS = ("kind", "role", "level", "rhythm", "times", "target", "season", "words", *_DATES)


@dataclass(frozen=True)
class _Found:
    grids: list[PlanGrid]
    plan: PlanView | None
    year: int
    known: bool
    keeps: bool
    days: list[CalendarDayCard]


class PlanState(rx.State):
    """What an administrator sets; empty for everybody else."""

    grids: list[PlanGrid] = rx.field(default_factory=list)
    plan: PlanView = PlanView("", "", "", "", False, (), ())
    year: int = 0
    year_known: bool = True
    keeps_calendar: bool = False
    days: list[CalendarDayCard] = rx.field(default_factory=list)
    said: Said = Said()
    rule_said: Said = Said()
    day_said: Said = Said()

    @rx.event
    async def load(self) -> Any:
        """Open it where it was left."""
        return await self._look(self.plan.code, self.year)

    @rx.event
    async def pick(self, code: str) -> Any:
        """Another county or street."""
        return await self._look(code[:30], self.year) if isinstance(code, str) else None

    @rx.event
    async def look_at_year(self, year: int) -> Any:
        """The calendar of another year."""
        return await self._look(self.plan.code, number_in(year))

    @rx.event
    async def choose(self, preset: str) -> Any:
        """Follow another plan from today on."""
        if not isinstance(preset, str):
            return None
        code = self.plan.code
        self.said = await carry_out(
            self,
            lambda session, actor, now: choosing.choose_preset(
                session, actor, code, preset[:30], now
            ),
        )
        return way_out(self.said) or await self._look(code, self.year)

    @rx.event
    async def add_rule(self, form: dict[str, Any]) -> Any:
        """A rule of one's own; a refusal stands beside the button."""
        code = self.plan.code
        raw = {name: text_in(form, name) for name in _FIELDS}
        rule = obligation_from({"code": "own", **raw})
        self.rule_said = await carry_out(
            self, lambda session, actor, now: choosing.add_rule(session, actor, code, rule, now)
        )
        return way_out(self.rule_said) or await self._look(code, self.year)

    @rx.event
    async def end_rule(self, rule_id: int) -> Any:
        """A rule holds no more."""
        rule_id = number_in(rule_id)
        self.rule_said = await carry_out(
            self, lambda session, actor, now: choosing.end_rule(session, actor, rule_id, now)
        )
        return way_out(self.rule_said) or await self._look(self.plan.code, self.year)

    @rx.event
    async def set_day(self, form: dict[str, Any]) -> Any:
        """A day off, or a workday."""
        day, name = text_in(form, "day", 10), text_in(form, "name", 40)
        works = text_in(form, "works", 10) == "work"
        return await self._set_day(day, works, name)

    @rx.event
    async def drop_day(self, day: str) -> Any:
        """Let a day be what its weekday says."""
        return await self._set_day(day, None, "") if isinstance(day, str) else None

    async def _set_day(self, day: str, works: bool | None, name: str) -> Any:
        self.day_said = await carry_out(
            self,
            lambda session, actor, now: keeping.set_day(
                session, actor, day_in(day[:10]), works, name, now
            ),
        )
        year = int(day[:4]) if not self.day_said.code else self.year
        return way_out(self.day_said) or await self._look(self.plan.code, year)

    async def _look(self, code: str, year: int) -> Any:
        answer = await look(
            self, lambda session, actor, now: _find(session, actor, code, year, now)
        )
        if answer.value is None:
            self.said = answer.said
            way = way_out(answer.said)
            if way is not None:
                self.reset()
            return way
        found = answer.value
        self.grids, self.days, self.year = found.grids, found.days, found.year
        self.year_known, self.keeps_calendar = found.known, found.keeps
        if found.plan is not None:
            self.plan = found.plan
        return None


def _find(session: Session, actor: Actor, code: str, year: int, now: datetime) -> _Found:
    grids = plan_grids(session, actor)
    today: date = local_day(now, settings().zone)
    year = year if today.year - 1 <= year <= today.year + 2 else today.year
    codes = [grid.code for grid in grids]
    plan = None
    if codes:
        plan = plan_view(session, actor, code if code in codes else codes[0], now)
    return _Found(
        grids=grids,
        plan=plan,
        year=year,
        known=year_is_known(session, year),
        keeps=keeping.keeps_calendar(session, actor),
        days=keeping.days_of(session, year) if grids else [],
    )
