"""Care marks at the desk: coarse, with their basis, seen by few (YB-50, privacy E.3)."""

from datetime import date, datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit, require
from firegrid_app.clock import local_day
from firegrid_app.households.one_door import forget_neighbours, own_door
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.visits.rules import CARE_BASES, CARE_MARKS, CARE_RHYTHMS
from firegrid_app.visits.tables import Household


def mark_care(
    session: Session,
    actor: Actor,
    door_id: int,
    *,
    mark: str,
    basis: str,
    agreed_on: date | None,
    days: int,
    now: datetime,
) -> Household:
    """Give a household its care mark, or take it away with an empty one: who looked after it is
    then forgotten.

    A mark needs its basis, a consent its day, a child's mark the guardian's consent (privacy E.3;
    PIPL 28-31). Refuses `households.unknown_care`, `households.no_basis`,
    `households.guardian_needed`, `households.no_consent_day`, `households.bad_rhythm`, and what
    the door refuses.
    """
    door, grid = own_door(session, actor, door_id)
    require(actor, Action.SEE_CARE, grid)
    if mark and mark not in CARE_MARKS:
        raise Refused("households.unknown_care")
    if mark:
        if basis not in CARE_BASES:
            raise Refused("households.no_basis")
        if mark == "child_left_behind" and basis != "guardian":
            raise Refused("households.guardian_needed")
        today = local_day(now, settings().zone)
        if basis != "duty" and (agreed_on is None or agreed_on > today):
            raise Refused("households.no_consent_day")
        if days not in CARE_RHYTHMS:
            raise Refused("households.bad_rhythm")
    door.care_mark = mark
    door.care_basis = basis if mark else ""
    door.care_agreed_on = agreed_on if mark and basis != "duty" else None
    door.care_days = days if mark else None
    if not mark:
        forget_neighbours(session, door_id, now)
    audit(session, actor.person_id, "mark_care", f"grid:{grid.code} door:{door.id}", now)
    session.flush()
    return door
