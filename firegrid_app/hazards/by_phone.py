"""What a phone hands in about a hazard that is there already: put right, a word, an urge."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.hazards import service
from firegrid_app.hazards.dissuading import dissuade
from firegrid_app.hazards.rules.dissuasion import Dissuasion
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.tables import Hazard, HazardMove
from firegrid_app.hazards.trail import take
from firegrid_app.patrols.service import note_record
from firegrid_app.records import Stamp, stamped


def move(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    hazard_id: UUID,
    patrol_id: UUID | None,
    step: str,
    note: str,
    dissuasion: Dissuasion | None = None,
    now: datetime,
) -> Hazard:
    """Take the step at the moment it was recorded; what the desk may refuse is refused here too.

    Two who put the same hazard right without hearing of each other are both kept: the second stands
    in the trail as a word, with its photos. `dissuasion` goes with the step `dissuaded` alone; it
    may be refused as `hazards.unknown_dissuasion`.
    """
    wanted = Step(step)
    hazard = service.hazard_for(session, actor, hazard_id, wanted)
    if hazard.parent_id is not None:
        # Made one with another meanwhile: what was done was done about that one.
        hazard_id = hazard.parent_id
        hazard = service.hazard_for(session, actor, hazard_id, wanted)
    # Never before it was found, whatever a clock says.
    at = max(stamp.happened_at, hazard.happened_at)
    if wanted == Step.CORRECTED and hazard.status == Status.CORRECTED:
        take(session, hazard, Step.COMMENTED, actor.person_id, at, note.strip())
        session.flush()
    elif dissuasion is not None:
        dissuade(session, actor, hazard, dissuasion, at, now, note.strip())
        session.flush()
    else:
        service.move(session, actor, hazard_id, wanted, note, at)
    session.add(
        HazardMove(
            **stamped(stamp, now),  # type: ignore[arg-type]
            grid_id=hazard.grid_id,
            person_id=actor.person_id,
            patrol_id=patrol_id,
            hazard_id=hazard.id,
            number=hazard.steps,
            step=step,
        )
    )
    note_record(session, actor, patrol_id, stamp.happened_at)
    return hazard
