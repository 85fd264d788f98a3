"""Use case of dissuasion (劝导制止): a talk on the spot becomes a step of the hazard's trail."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.clock import local_day
from firegrid_app.hazards.ladder import holders_over
from firegrid_app.hazards.moves import grid_of
from firegrid_app.hazards.rules.dissuasion import REFUSED, Dissuasion, is_known, kept
from firegrid_app.hazards.rules.ladder import Rung
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.hazards.telling import Why, tell
from firegrid_app.hazards.trail import take
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def refuse_unknown(said: Dissuasion | None) -> None:
    """Refuse `hazards.unknown_dissuasion` for codes nobody knows, before anything is written."""
    if said is not None and not is_known(said):
        raise Refused("hazards.unknown_dissuasion")


def dissuade(
    session: Session,
    actor: Actor,
    hazard: Hazard,
    said: Dissuasion,
    at: datetime,
    now: datetime,
    note: str = "",
    *,
    previous: HazardEvent | None = None,
) -> HazardEvent:
    """Write the talk into the trail; status, owner and deadline stay what they are.

    Where it was refused, whoever has the hazard and the community hear of it at once (YC-47): who
    does not listen to a member goes to who may enforce the law. The caller has asked who may.

    Refuses `hazards.unknown_dissuasion`, `hazards.already_closed`.
    """
    refuse_unknown(said)
    event = take(
        session,
        hazard,
        Step.DISSUADED,
        actor.person_id,
        at,
        note,
        facts={"dissuasion": kept(said)},
        previous=previous,
    )
    if said.outcome == REFUSED:
        today = local_day(now, settings().zone)
        holders = holders_over(session, grid_of(session, hazard).path, today)
        people = (hazard.owner_id, *holders.get(Rung.COMMUNITY, ()))
        tell(session, hazard, event, people, Why.NOT_HEEDED, now)
    return event
