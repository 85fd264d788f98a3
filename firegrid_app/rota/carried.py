"""What a phone carries of duty lists: one's own shifts, who is on today, notes, swaps."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.service import grid_codes
from firegrid_app.grids.tables import Grid
from firegrid_app.rota.away import absences
from firegrid_app.rota.notes import notes_between, taken_since
from firegrid_app.rota.phone_cards import PackNote, PackRota, PackShift
from firegrid_app.rota.service import first_day, names_of
from firegrid_app.rota.swapping import open_swaps
from firegrid_app.rota.tables import Shift
from firegrid_app.settings import settings

OWN_FOR = timedelta(days=40)
NOTES_FOR = timedelta(days=3)
MOST = 300


def carried(session: Session, actor: Actor, now: datetime) -> PackRota:
    """Own shifts of the next weeks; of the grids one has a post in, everybody's of these days.

    Only names: numbers stay on the sheet and with the leader (privacy E.5).
    """
    today = local_day(now, settings().zone)
    since = day_bounds(today - timedelta(days=1), settings().zone)[0]
    near = day_bounds(today + timedelta(days=1), settings().zone)[1]
    posted = {post.grid_id for post in actor.posts}
    rows = session.exec(
        select(Shift, Person.name)
        .join(Person, col(Person.id) == col(Shift.person_id))
        .where(
            col(Shift.dropped_at).is_(None),
            Shift.ends_at > since,
            or_(
                (Shift.person_id == actor.person_id) & (Shift.starts_at < now + OWN_FOR),  # type: ignore[arg-type]
                col(Shift.grid_id).in_(posted) & (col(Shift.starts_at) < near),
            ),
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
        .limit(MOST)
    ).all()
    if not rows:
        # Where there is no list, only what somebody was asked can be told.
        return PackRota(swaps=tuple(open_swaps(session, actor, now)))
    marks = absences(
        session,
        {shift.person_id for shift, _ in rows},
        min(first_day(shift) for shift, _ in rows),
        max(first_day(shift) for shift, _ in rows),
    )
    grid_ids = posted | {shift.grid_id for shift, _ in rows if shift.person_id == actor.person_id}
    codes = grid_codes(session, grid_ids)
    names = dict(session.exec(select(Grid.id, Grid.name).where(col(Grid.id).in_(grid_ids))).all())
    by_note, by_shift = taken_since(session, grid_ids, since - NOTES_FOR)
    left = [
        note
        for note in notes_between(session, grid_ids, now - NOTES_FOR, now + timedelta(days=1))
        if str(note.id) not in by_note
    ]
    who = names_of(session, {note.person_id for note in left})
    return PackRota(
        shifts=tuple(
            PackShift(
                id=shift.id or 0,
                grid=codes[shift.grid_id],
                grid_name=names[shift.grid_id],
                name=name,
                own=shift.person_id == actor.person_id,
                starts_at=shift.starts_at.isoformat(),
                ends_at=shift.ends_at.isoformat(),
                taken=shift.id in by_shift,
                away=any(
                    one.person_id == shift.person_id and one.holds(first_day(shift))
                    for one, _ in marks
                ),
            )
            for shift, name in rows
        ),
        notes=tuple(
            PackNote(
                id=str(note.id),
                grid=codes[note.grid_id],
                shift=note.shift_id,
                name=who[note.person_id],
                own=note.person_id == actor.person_id,
                at=note.happened_at.isoformat(),
                words=note.words,
            )
            for note in left
        ),
        swaps=tuple(open_swaps(session, actor, now)),
    )
