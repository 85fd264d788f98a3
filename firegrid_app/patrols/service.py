"""Use cases of field work: start, arrive, end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.places.calls import call_outcome, note_call
from firegrid_app.points.rules import is_tag
from firegrid_app.points.tables import CheckPoint
from firegrid_app.presence.service import flag_arrival
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused


def start(session: Session, actor: Actor, stamp: Stamp, *, grid_code: str, now: datetime) -> Patrol:
    """Begin a patrol in a grid. Starting while another is open is fine: overlaps count once."""
    grid = grid_by_code(session, actor, grid_code, Action.RECORD)
    patrol = Patrol(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=grid.id,  # type: ignore[arg-type]
        person_id=actor.person_id,
        patrol_id=stamp.id,
        last_record_at=stamp.happened_at,
    )
    session.add(patrol)
    _begun(session)[patrol.id] = patrol
    return patrol


def _begun(session: Session) -> dict[UUID, Patrol]:
    """Walks begun in this transaction: what was recorded on one finds it before any is flushed."""
    begun: dict[UUID, Patrol] = session.info.setdefault("walks_begun", {})
    return begun


def _patrol(session: Session, patrol_id: UUID) -> Patrol | None:
    begun = _begun(session).get(patrol_id)
    # One whose savepoint was rolled back has left the session again.
    if begun is not None and begun in session:
        return begun
    return session.get(Patrol, patrol_id)


def own_patrol(session: Session, actor: Actor, patrol_id: UUID) -> Patrol:
    """The one door to a patrol: only the person who walks it.

    Refuses `patrols.unknown` and `patrols.not_yours`.
    """
    patrol = _patrol(session, patrol_id)
    if patrol is None:
        raise Refused("patrols.unknown")
    if patrol.person_id != actor.person_id:
        raise Refused("patrols.not_yours")
    return patrol


def note_record(
    session: Session, actor: Actor, patrol_id: UUID | None, happened_at: datetime
) -> None:
    """Something was recorded during this patrol: its open end moves up to that moment.

    A record naming a patrol that never arrived or is somebody else's keeps its name and moves
    nothing: a record is never refused for the patrol it was made in.
    """
    if patrol_id is None:
        return
    patrol = _patrol(session, patrol_id)
    if patrol is not None and patrol.person_id == actor.person_id:
        _move_end(patrol, happened_at)


def _move_end(patrol: Patrol, happened_at: datetime) -> None:
    patrol.last_record_at = max(patrol.last_record_at, happened_at)


def arrive(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    patrol_id: UUID,
    check_point_id: int | None,
    where_words: str = "",
    tag: str = "",
    checklist: str = "",
    findings: dict[str, Any] | None = None,
    all_fine: bool,
    outcome: str = "",
    note: str,
    now: datetime,
) -> Arrival:
    """Arrive at a check point of the grid being walked, or elsewhere in it, said in words.

    `tag` is the code as scanned: without a check point it may name one the phone did not know yet.
    A point closed meanwhile is arrived at all the same. What looks odd is flagged and kept.
    `outcome` is what came of a call at premises; it goes into their file too. Refuses
    `patrols.unknown_check_point`, `patrols.other_grid`, `places.unknown_outcome`, and what
    `own_patrol` refuses.
    """
    patrol = own_patrol(session, actor, patrol_id)
    point = _scanned(session, patrol, tag) if check_point_id is None else None
    if check_point_id is not None:
        point = session.get(CheckPoint, check_point_id)
        if point is None:
            raise Refused("patrols.unknown_check_point")
        if point.grid_id != patrol.grid_id:
            raise Refused("patrols.other_grid", name=point.name)
    place_id = point.place_id if point is not None else None
    came_of_it = call_outcome(outcome, at_premises=place_id is not None)
    grid = grid_by_id(session, actor, patrol.grid_id, Action.RECORD)
    arrival = Arrival(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=patrol.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        check_point_id=point.id if point else None,
        where_words=where_words.strip(),
        how="qr" if tag and point is not None and point.tag == tag else "tap",
        checklist=checklist,
        findings=findings,
        all_fine=all_fine,
        outcome=came_of_it,
        note=note,
    )
    session.add(arrival)
    if place_id is not None:
        note_call(session, place_id, came_of_it, stamp.happened_at)
    _move_end(patrol, stamp.happened_at)
    flag_arrival(session, arrival, stamp, patrol, point, grid, tag=tag)
    return arrival


def _scanned(session: Session, patrol: Patrol, tag: str) -> CheckPoint | None:
    """The point of the grid being walked that this printed code hangs at, if there is one."""
    if not is_tag(tag):
        return None
    point = session.exec(select(CheckPoint).where(CheckPoint.tag == tag)).first()
    return point if point is not None and point.grid_id == patrol.grid_id else None


def end(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    patrol_id: UUID,
    note: str,
    now: datetime,
    ended_at: datetime | None = None,
) -> Patrol:
    """End one's own patrol at the stamp's moment, or at an earlier one the person names.

    Refuses `patrols.end_before_start`, `patrols.end_ahead` (later than it was said) and
    `patrols.already_ended`.
    """
    patrol = own_patrol(session, actor, patrol_id)
    ended_at = stamp.happened_at if ended_at is None else ended_at + stamp.righted_by
    if ended_at < patrol.happened_at:
        raise Refused("patrols.end_before_start")
    if ended_at > stamp.happened_at:
        raise Refused("patrols.end_ahead")
    if patrol.ended_at is not None:
        raise Refused("patrols.already_ended")
    patrol.ended_at = ended_at
    patrol.last_record_at = max(patrol.last_record_at, ended_at)
    patrol.note = note
    return patrol


def say_walking(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    patrol_id: UUID,
    since: datetime,
    until: datetime,
    note: str,
    now: datetime,
) -> PatrolWord:
    """Keep the person's word that they walked from `since` to `until` without recording anything.

    What lies outside the patrol counts nothing (`rules.counted_spans`). Refuses
    `patrols.word_ahead` for a time that was still to come when it was said.
    """
    patrol = own_patrol(session, actor, patrol_id)
    since, until = since + stamp.righted_by, until + stamp.righted_by
    if until > stamp.happened_at:
        raise Refused("patrols.word_ahead")
    word = PatrolWord(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=patrol.grid_id,
        person_id=actor.person_id,
        patrol_id=patrol_id,
        since_at=since,
        until_at=until,
        note=note,
    )
    session.add(word)
    note_record(session, actor, patrol_id, until)
    return word
