"""What one shift tells the next: words left, and the tick of who has taken over (交接班)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.records import Stamp, stamped
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import NoteLine
from firegrid_app.rota.rules import EARLY
from firegrid_app.rota.service import grid_of, names_of
from firegrid_app.rota.tables import Shift, ShiftNote, ShiftTaken
from firegrid_app.settings import settings


def leave_note(
    session: Session, actor: Actor, stamp: Stamp, *, shift_id: int, words: str, now: datetime
) -> ShiftNote:
    """Leave words for the next one; several notes of a shift stand one after the other.

    Whoever was given the shift meanwhile, or works in that grid, may write too: what was seen is
    kept. Refuses `rota.unknown`, `rota.not_yours`, `rota.not_begun`, `rota.no_words`.
    """
    shift = _there(session, actor, shift_id)
    if stamp.happened_at < shift.starts_at:
        raise Refused("rota.not_begun")
    if not words.strip():
        raise Refused("rota.no_words")
    made = ShiftNote(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=shift.grid_id,
        person_id=actor.person_id,
        shift_id=shift_id,
        words=words.strip()[:1000],
    )
    session.add(made)
    return made


def take_over(
    session: Session,
    actor: Actor,
    stamp: Stamp,
    *,
    shift_id: int,
    notes: list[UUID],
    now: datetime,
) -> ShiftTaken:
    """Say that one has taken over, and which notes were read. It counts for nothing else.

    Refuses `rota.unknown`, `rota.not_yours`, `rota.not_begun` (more than two hours early).
    """
    shift = _there(session, actor, shift_id)
    if stamp.happened_at < shift.starts_at - EARLY:
        raise Refused("rota.not_begun")
    made = ShiftTaken(
        **stamped(stamp, now),  # type: ignore[arg-type]
        grid_id=shift.grid_id,
        person_id=actor.person_id,
        shift_id=shift_id,
        notes=[str(note) for note in dict.fromkeys(notes)],
    )
    session.add(made)
    return made


def _there(session: Session, actor: Actor, shift_id: int) -> Shift:
    """A shift one's own, or of a grid one works in; dropped ones too, for the phone was offline."""
    shift = session.get(Shift, shift_id)
    if shift is None:
        raise Refused("rota.unknown")
    if shift.person_id != actor.person_id and not actor.may(
        Action.RECORD, grid_of(session, shift).path
    ):
        raise Refused("rota.not_yours")
    return shift


def notes_between(
    session: Session, grid_ids: set[int], first: datetime, last: datetime
) -> list[ShiftNote]:
    """Notes left in these grids between two moments, in order. The caller has checked."""
    return list(
        session.exec(
            select(ShiftNote)
            .where(
                col(ShiftNote.grid_id).in_(grid_ids),
                ShiftNote.happened_at >= first,
                ShiftNote.happened_at < last,
            )
            .order_by(col(ShiftNote.happened_at), col(ShiftNote.id))
        )
    )


def taken_since(
    session: Session, grid_ids: set[int], first: datetime
) -> tuple[dict[str, ShiftTaken], dict[int, ShiftTaken]]:
    """The first who took over, by note and by shift."""
    by_note: dict[str, ShiftTaken] = {}
    by_shift: dict[int, ShiftTaken] = {}
    rows = session.exec(
        select(ShiftTaken)
        .where(col(ShiftTaken.grid_id).in_(grid_ids), ShiftTaken.happened_at >= first)
        .order_by(col(ShiftTaken.happened_at), col(ShiftTaken.id))
    )
    for row in rows:
        by_shift.setdefault(row.shift_id, row)
        for note in row.notes:
            by_note.setdefault(note, row)
    return by_note, by_shift


def note_lines(
    session: Session, grid_ids: set[int], first: datetime, last: datetime
) -> dict[int, list[NoteLine]]:
    """Notes and who took over, by shift, as a leader reads them. The caller has checked."""
    rows = notes_between(session, grid_ids, first, last + timedelta(days=2))
    taken, _ = taken_since(session, grid_ids, first)
    people = {one.person_id for one in (*rows, *taken.values())}
    names, zone = names_of(session, people), settings().zone
    found: dict[int, list[NoteLine]] = {}
    for row in rows:
        by = taken.get(str(row.id))
        found.setdefault(row.shift_id, []).append(
            NoteLine(
                name=names[row.person_id],
                at=f"{row.happened_at.astimezone(zone):%m-%d %H:%M}",
                words=row.words,
                taken=f"{names[by.person_id]} {by.happened_at.astimezone(zone):%m-%d %H:%M}"
                if by
                else "",
            )
        )
    return found
