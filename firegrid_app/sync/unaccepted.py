"""Records the server said no to: they lie on a phone, and here stands that they do.

Nothing of what they say is kept, only the kind and the refusal: enough to remind their maker, and
to tell whoever leads the grid whom to help.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings
from firegrid_app.sync.cards import UnacceptedLine
from firegrid_app.sync.envelope import ItemAnswer
from firegrid_app.sync.rules import needs_its_maker
from firegrid_app.sync.tables import Unaccepted

KEPT = timedelta(days=30)
"""A phone that was lost or wiped says nothing more: after this the note goes."""
HELP_AFTER = timedelta(days=1)
"""So long it is the maker's own to mend; then whoever leads the grid hears of it."""
MOST_EACH = 200
"""Notes of one person: more would be a broken phone, and help nobody."""
MOST_LISTED = 40
_ACCEPTED = ("created", "already")
_NOTED = select(Unaccepted).where(
    col(Unaccepted.person_id).in_(sa.bindparam("people", expanding=True))
)


def note_answers(
    session: Session,
    answers: Collection[tuple[int, str, ItemAnswer]],
    now: datetime,
) -> None:
    """What became of records by person and kind: those refused are noted, those accepted no more.

    Said no to again, a note keeps its first moment. Everything in a question and, where something
    changed, a statement or two: most batches have nothing here.
    """
    people = {person_id for person_id, _, _ in answers}
    noted = {
        (row.person_id, row.id): row for row in session.scalars(_NOTED, {"people": list(people)})
    }
    if not noted and all(answer.status in _ACCEPTED for _, _, answer in answers):
        return
    room = dict.fromkeys(people, MOST_EACH)
    for person_id, _ in noted:
        room[person_id] -= 1
    for person_id, kind, answer in answers:
        key = (person_id, UUID(answer.id))
        known = noted.get(key)
        if answer.status in _ACCEPTED:
            if known is not None:
                session.delete(noted.pop(key))
        elif not needs_its_maker(answer.status, answer.code):
            continue
        elif known is not None:
            known.code = answer.code
        elif room[person_id] > 0:
            room[person_id] -= 1
            noted[key] = Unaccepted(
                id=key[1], person_id=person_id, kind=kind, code=answer.code, since_at=now
            )
            session.add(noted[key])


def settle(session: Session, actor: Actor, ids: Collection[UUID]) -> int:
    """One's own records are not to be sent any more: put aside on the phone, with a reason there.

    How many notes went; those of others stay.
    """
    done = session.exec(
        delete(Unaccepted).where(
            col(Unaccepted.id).in_(ids), col(Unaccepted.person_id) == actor.person_id
        )
    )
    return done.rowcount


def handed_in(session: Session, record_id: UUID) -> None:
    """A record came another way, by its maker's file."""
    session.exec(delete(Unaccepted).where(col(Unaccepted.id) == record_id))


def own_count(session: Session, actor: Actor, now: datetime) -> int:
    """How many of one's own records wait on a phone for oneself to mend."""
    query = select(func.count()).where(
        Unaccepted.person_id == actor.person_id, Unaccepted.since_at > now - KEPT
    )
    return session.exec(query).one()


def _of_others_below(actor: Actor, now: datetime, scopes: Collection[str]) -> Any:
    """Ids of notes, old enough, of people with a post in force in or below these grids."""
    today = local_day(now, settings().zone)
    below = or_(*(col(Grid.path).startswith(path, autoescape=True) for path in sorted(scopes)))
    works_here = (
        sa.select(col(Post.id))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(
            col(Post.person_id) == col(Unaccepted.person_id),
            col(Post.starts_on) <= today,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            below,
        )
        .exists()
    )
    return sa.select(col(Unaccepted.id)).where(
        col(Unaccepted.person_id) != actor.person_id,
        col(Unaccepted.since_at) > now - KEPT,
        col(Unaccepted.since_at) <= now - HELP_AFTER,
        works_here,
    )


def count_to_help_with(session: Session, actor: Actor, now: datetime) -> int:
    """How many records lie on phones of one's people for a day and more.

    Asked of grid heads and communities, who are close enough to help; a street and a county have
    others for it.
    """
    near = {
        post.grid_path
        for post in actor.posts
        if post.grid_level >= 2 and actor.may(Action.TAKE_IN, post.grid_path)
    }
    if not near:
        return 0
    found = _of_others_below(actor, now, near).subquery()
    return session.exec(select(func.count()).select_from(found)).one()


def to_help_with(
    session: Session, actor: Actor, grid: Grid, now: datetime
) -> tuple[list[UnacceptedLine], int]:
    """Those records of people below a grid, the oldest first, and how many there are.

    The caller has checked that the actor may take in records of this grid.
    """
    ids = _of_others_below(actor, now, {grid.path})
    count = session.exec(select(func.count()).select_from(ids.subquery())).one()
    rows = session.exec(
        select(Unaccepted, Person.name)
        .join(Person, col(Person.id) == col(Unaccepted.person_id))
        .where(col(Unaccepted.id).in_(ids))
        .order_by(col(Unaccepted.since_at), col(Unaccepted.id))
        .limit(MOST_LISTED)
    )
    return [
        UnacceptedLine(
            id=str(row.id),
            person_name=name,
            kind=row.kind,
            code=row.code,
            since=local_day(row.since_at, settings().zone).isoformat(),
        )
        for row, name in rows
    ], count


def sweep(session: Session, now: datetime) -> None:
    """Forget what no phone has spoken of for so long."""
    session.exec(delete(Unaccepted).where(col(Unaccepted.since_at) <= now - KEPT))
