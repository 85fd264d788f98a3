"""What the panel of one hazard holds, and the step being taken with it."""

from datetime import datetime
from typing import Any

import reflex as rx
from sqlmodel import Session

from firegrid_app.access.desk_session import (
    Said,
    act,
    asked_in_address,
    carry_out,
    day_in,
    look,
    text_in,
    way_out,
)
from firegrid_app.access.rules import Actor
from firegrid_app.hazards.major import delist, grade, list_it
from firegrid_app.hazards.merging import join, join_by_number, take_apart
from firegrid_app.hazards.one_cards import HazardDetail
from firegrid_app.hazards.papers import transfer
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import assign_all, move
from firegrid_app.hazards.state import HazardsState, id_in
from firegrid_app.hazards.telling import see
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.hazards.whistles import reply, report_in, whistle
from firegrid_app.refusals import Refused


class HazardState(rx.State):
    """One hazard in full, its trail, and the step being taken."""

    hazard: str = ""
    """Id of the one whose panel is open; empty when none is."""
    detail: HazardDetail = HazardDetail()
    said: Said = Said()
    step: str = ""
    step_said: Said = Said()
    done: str = ""
    """The step just taken, to say so."""

    @rx.event
    async def open_asked(self) -> Any:
        """Open the hazard that the address names, if it names one."""
        if not (asked := asked_in_address(self)):
            return None
        self.reset()
        self.hazard = asked
        return await self._load()

    @rx.event
    async def open_hazard(self, hazard: str) -> Any:
        """Open the panel of a hazard; what its reader was told of it is seen by that."""
        if not isinstance(hazard, str):
            return
        self.reset()
        self.hazard = hazard[:40]
        yield
        yield await self._load() or HazardsState.load

    @rx.event
    def close(self) -> None:
        """Close the panel."""
        self.reset()

    @rx.event
    def ask_step(self, step: str) -> None:
        """Begin a step: the panel asks for words and a yes. Nothing is changed yet."""
        if isinstance(step, str):
            self.step, self.step_said, self.done = step[:30], Said(), ""

    @rx.event
    def drop_step(self) -> None:
        """Do not take the step after all."""
        self.step, self.step_said = "", Said()

    @rx.event
    async def take_step(self, form: dict[str, Any]) -> Any:
        """Take the step asked for. A refusal stands beside the button and the words stay."""
        hazard, step = self.hazard, self.step
        self.step_said = await carry_out(
            self, lambda session, actor, now: _take(session, actor, hazard, step, form, now)
        )
        if self.step_said.code:
            return way_out(self.step_said)
        self.step, self.done = "", step
        return await self._load() or HazardsState.load

    async def _load(self) -> Any:
        hazard = self.hazard
        answer = await look(
            self, lambda session, actor, now: hazard_detail(session, actor, id_in(hazard), now)
        )
        self.said = answer.said
        if answer.value is None:
            self.detail = HazardDetail()
            return way_out(answer.said)
        self.detail = answer.value
        if answer.value.row.told:
            await act(self, lambda session, actor, now: see(session, actor, id_in(hazard), now))
        return None


def _is_department(name: object) -> bool:
    rest = name.removeprefix("department-") if isinstance(name, str) else ""
    return rest != name and rest.isascii() and rest.isdigit() and len(rest) < 10


def _take(
    session: Session, actor: Actor, hazard: str, step: str, form: object, now: datetime
) -> None:
    if step not in Step.__members__.values():
        raise Refused("invalid")
    if not isinstance(form, dict):
        form = {}
    hazard_id, note = id_in(hazard), text_in(form, "note", 1000)
    if step == Step.ASSIGNED:
        person = text_in(form, "person", 9)
        assign_all(session, actor, [hazard_id], int(person) if person.isdigit() else 0, note, now)
    elif step == Step.GRADED:
        grade(session, actor, hazard_id, text_in(form, "severity", 20), note, now)
    elif step == Step.LISTED:
        list_it(
            session,
            actor,
            hazard_id,
            number=text_in(form, "number", 40),
            until=day_in(text_in(form, "until", 10), "hazards.listing_incomplete"),
            responsible=text_in(form, "responsible", 80),
            decided_by=text_in(form, "decided_by", 80),
            now=now,
        )
    elif step == Step.WHISTLED:
        hours = text_in(form, "hours", 3)
        chosen = [name.removeprefix("department-") for name in form if _is_department(name)]
        whistle(
            session,
            actor,
            hazard_id,
            [int(one) for one in chosen],
            int(hours) if hours.isdigit() else 0,
            note,
            now,
        )
    elif step == Step.TRANSFERRED:
        transfer(session, actor, hazard_id, text_in(form, "body", 60), note, now)
    elif step == Step.CHECKED_IN:
        report_in(session, actor, hazard_id, note, now)
    elif step == Step.REPLIED:
        reply(session, actor, hazard_id, note, now)
    elif step == Step.MERGED:
        number, twin = text_in(form, "number", 40).strip(), text_in(form, "twin", 40)
        if number:
            join_by_number(session, actor, hazard_id, number, note, now)
        elif not twin:
            raise Refused("hazards.no_other")
        else:
            join(session, actor, hazard_id, id_in(twin), note, now)
    elif step == Step.UNMERGED:
        take_apart(session, actor, hazard_id, note, now)
    elif step == Step.DELISTED:
        delist(session, actor, hazard_id, note, now)
    else:
        move(session, actor, hazard_id, Step(step), note, now)
