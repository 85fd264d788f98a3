"""The desk's page of rewards: the list, one of them open, and the scheme's form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    carry_out,
    number_in,
    show,
    text_in,
    uuid_in,
    way_out,
)
from firegrid_app.access.grid_page_state import OneOpenState
from firegrid_app.access.rules import Actor
from firegrid_app.refusals import Refused
from firegrid_app.rewards.cards import RewardDetail, RewardsAsk, RewardsView, SchemeForm
from firegrid_app.rewards.listing import WHICH, reward_detail, rewards_view
from firegrid_app.rewards.rules import GRADES
from firegrid_app.rewards.schemes import set_scheme
from firegrid_app.rewards.service import decline, grant, pay


def id_in(text: object) -> UUID:
    """The id of a report a client sent. Refuses `rewards.unknown`."""
    found = uuid_in(text)
    if found is None:
        raise Refused("rewards.unknown")
    return found


class RewardsState(OneOpenState, rx.State):
    """The rewards below one street or county, narrowed; one of them open."""

    view: RewardsView = RewardsView()
    detail: RewardDetail = RewardDetail()
    scheme_said: Said = Said()
    scheme_done: bool = False

    @rx.event
    async def grant(self, fields: dict[str, Any]) -> Any:
        """Give what the form says; a refusal stands beside its button."""
        amount = number_in(text_in(fields, "amount", 10))
        checked = bool(text_in(fields, "checked", 10))
        return await self._decide(
            "granted",
            lambda session, actor, report, now: grant(
                session, actor, report, amount=amount, checked=checked, now=now
            ),
        )

    @rx.event
    async def decline(self, fields: dict[str, Any]) -> Any:
        """Give nothing, or take back what was granted."""
        words = text_in(fields, "words", 300)
        return await self._decide(
            "declined",
            lambda session, actor, report, now: decline(session, actor, report, words, now),
        )

    @rx.event
    async def pay(self, fields: dict[str, Any]) -> Any:
        """Note that it was paid out."""
        code, voucher = text_in(fields, "code", 60), text_in(fields, "voucher", 60)
        known, checked = (bool(text_in(fields, one, 10)) for one in ("known", "checked"))
        return await self._decide(
            "paid",
            lambda session, actor, report, now: pay(
                session,
                actor,
                report,
                code=code,
                known=known,
                checked=checked,
                voucher=voucher,
                now=now,
            ),
        )

    @rx.event
    async def set_scheme(self, fields: dict[str, Any]) -> Any:
        """What the street or county shown gives from now on."""
        code, form = self.view.code, _form_in(fields)
        self.scheme_said = await carry_out(
            self, lambda session, actor, now: set_scheme(session, actor, code, form, now)
        )
        self.scheme_done = not self.scheme_said.code
        return way_out(self.scheme_said) if self.scheme_said.code else await self._again()

    async def _decide(
        self, done: str, use_case: Callable[[Session, Actor, UUID, datetime], object]
    ) -> Any:
        reward = self.opened
        return await self._settle(
            done, lambda session, actor, now: use_case(session, actor, id_in(reward), now)
        )

    def _drop(self) -> None:
        self.scheme_said, self.scheme_done = Said(), False

    def _ways(self) -> tuple[str, ...]:
        return WHICH

    def _blank(self) -> RewardDetail:
        return RewardDetail()

    def _one(self, opened: str) -> UseCase[RewardDetail]:
        return lambda session, actor, now: reward_detail(session, actor, id_in(opened), now)

    def _ask(self) -> RewardsAsk:
        return RewardsAsk(self.view.code, self.view.which, self.view.page)

    async def _look(self, ask: RewardsAsk) -> Any:
        return await show(self, lambda session, actor, now: rewards_view(session, actor, ask, now))


def _form_in(fields: object) -> SchemeForm:
    return SchemeForm(
        is_on=bool(text_in(fields, "is_on", 10)),
        amounts=tuple(
            (text_in(fields, f"{grade}_least", 10), text_in(fields, f"{grade}_most", 10))
            for grade in GRADES
        ),
        asks_name=bool(text_in(fields, "asks_name", 10)),
        claim_days=text_in(fields, "claim_days", 10),
        collect_at=text_in(fields, "collect_at", 150),
    )
