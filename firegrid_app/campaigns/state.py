"""What the page of campaigns holds: those in reach, one open with how far it is, the open form."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import (
    Said,
    UseCase,
    act,
    carry_out,
    day_in,
    look,
    number_in,
    own_language,
    show,
    text_in,
    way_out,
)
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.campaigns import leaflet, managing
from firegrid_app.campaigns.cards import CampaignCard, CampaignsView
from firegrid_app.campaigns.rules import LONGEST_LEAFLET, LONGEST_PAPER
from firegrid_app.campaigns.service import campaign_card, campaigns_view
from firegrid_app.visits.rules import OUTCOMES

FORMS = ("campaign", "dates", "question", "leaflet")
LONGEST_CHOICES = 2_000


class CampaignsState(GridPageState, rx.State):
    """Campaigns as one person sees them."""

    view: CampaignsView = CampaignsView()
    card: CampaignCard = CampaignCard()
    """The campaign opened; without an id none is."""
    form: str = ""
    """Which form is open, one of `FORMS`."""

    @rx.event
    async def load(self) -> Any:
        """Open the page where it was left."""
        self._drop()
        return await self._show(self.view.code)

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        self.form, self.form_said = (form if form in FORMS else ""), Said()

    @rx.event
    async def open(self, campaign: int) -> Any:
        """Look at one campaign, or close it."""
        number = number_in(campaign)
        if not number or number == self.card.id:
            self._drop()
            return None
        return await self._open(number, "")

    @rx.event
    async def look_at(self, building: str) -> Any:
        """Show one building of the open campaign as it stands, or no more."""
        if not isinstance(building, str) or not self.card.id:
            return None
        wanted = "" if building == self.card.picture_of else building[:80]
        return await self._open(self.card.id, wanted)

    @rx.event
    async def make(self, form: dict[str, Any]) -> Any:
        """Begin a campaign; a refusal stands beside the button."""
        code = self.view.code
        name, purpose = text_in(form, "name", 80), text_in(form, "purpose", 400)
        starts, ends = text_in(form, "starts_on", 10), text_in(form, "ends_on", 10)
        words = text_in(form, "leaflet", 2 * LONGEST_LEAFLET)
        areas = [part for part, _ in self.view.parts if text_in(form, f"part {part}", 5)]
        done = [one for one in OUTCOMES if text_in(form, f"done {one}", 5)]
        answer = await act(
            self,
            lambda session, actor, now: (
                managing.make_campaign(
                    session,
                    actor,
                    grid_code=code,
                    name=name,
                    purpose=purpose,
                    starts_on=day_in(starts),
                    ends_on=day_in(ends),
                    areas=areas,
                    done=done or ("none",),
                    leaflet=words,
                    now=now,
                ).id
            ),
        )
        self.form_said = answer.said
        if answer.value is None:
            return way_out(answer.said)
        self.form = ""
        return await self._show(code) or await self._open(answer.value, "")

    @rx.event
    async def change_dates(self, form: dict[str, Any]) -> Any:
        """Let the open campaign run on other days."""
        campaign = self.card.id
        starts, ends = text_in(form, "starts_on", 10), text_in(form, "ends_on", 10)
        return await self._do(
            lambda session, actor, now: managing.change_dates(
                session,
                actor,
                campaign,
                starts_on=day_in(starts),
                ends_on=day_in(ends),
                now=now,
            )
        )

    @rx.event
    async def end(self) -> Any:
        """End the open campaign now."""
        campaign = self.card.id
        return await self._do(
            lambda session, actor, now: managing.end_campaign(session, actor, campaign, now)
        )

    @rx.event
    async def write_leaflet(self, form: dict[str, Any]) -> Any:
        """Put other words on the open campaign's leaflet."""
        campaign, words = self.card.id, text_in(form, "leaflet", 2 * LONGEST_LEAFLET)
        return await self._do(
            lambda session, actor, now: leaflet.write_leaflet(session, actor, campaign, words, now)
        )

    @rx.event
    async def refresh(self) -> Any:
        """Look at the open campaign again: its picture was changed beside this page."""
        return await self._open(self.card.id, self.card.picture_of) if self.card.id else None

    @rx.event
    async def add_question(self, form: dict[str, Any]) -> Any:
        """Ask one more thing."""
        campaign = self.card.id
        given = {name: text_in(form, name) for name in ("kind", "words", "show_if")}
        choices, required = text_in(form, "choices", LONGEST_CHOICES), text_in(form, "required", 5)
        paper = text_in(form, "paper", 2 * LONGEST_PAPER)
        return await self._do(
            lambda session, actor, now: managing.add_question(
                session,
                actor,
                campaign,
                choices=choices,
                required=bool(required),
                paper=paper,
                now=now,
                **given,
            )
        )

    @rx.event
    async def drop_question(self, code: str) -> Any:
        """Ask one thing less."""
        return await self._question(code, managing.drop_question)

    @rx.event
    async def move_question(self, code: str) -> Any:
        """Ask one thing earlier."""
        return await self._question(code, managing.move_question)

    async def _question(self, code: object, use_case: Callable[..., Any]) -> Any:
        if not isinstance(code, str):
            return None
        campaign, named = self.card.id, code[:60]
        return await self._do(
            lambda session, actor, now: use_case(session, actor, campaign, named, now)
        )

    def _drop(self) -> None:
        self.form, self.card, self.form_said = "", CampaignCard(), Said()

    async def _do(self, use_case: UseCase[object]) -> Any:
        self.form_said = await carry_out(self, use_case)
        if self.form_said.code:
            return way_out(self.form_said)
        self.form = ""
        return await self._show(self.view.code) or await self._open(self.card.id, "")

    async def _open(self, campaign: int, picture_of: str) -> Any:
        language = own_language(self)
        answer = await look(
            self,
            lambda session, actor, now: campaign_card(
                session, actor, campaign, now, picture_of=picture_of, language=language
            ),
        )
        self.form_said = answer.said
        if answer.value is not None:
            self.card = answer.value
        return way_out(answer.said)

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: campaigns_view(session, actor, code, now)
        )
