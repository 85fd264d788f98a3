"""Signs of life in patrols: what was recorded in each, and the person's word about the gaps."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.hazards.tables import Hazard, HazardMove
from firegrid_app.patrols.rules import Span, Walk
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.records import FieldRecord
from firegrid_app.shouts.tables import Shout
from firegrid_app.visits.tables import Visit

RECORDS: tuple[type[FieldRecord], ...] = (Arrival, Hazard, HazardMove, Shout, Visit)
"""Whatever a member records in the field says that the walk went on."""


def touching(start_at: datetime, end_at: datetime) -> sa.ColumnElement[bool]:
    """The patrols that were on at some moment in [start_at, end_at)."""
    return (col(Patrol.happened_at) < end_at) & (col(Patrol.last_record_at) >= start_at)


def walks_of(
    session: Session, patrols: Sequence[Patrol], these: sa.ColumnElement[bool]
) -> dict[UUID, Walk]:
    """Each of these patrols with its signs of life; `these` is the condition that chose them.

    Only what the walker recorded counts: a record of somebody else naming the patrol does not.
    """
    records: dict[UUID, list[datetime]] = defaultdict(list)
    words: dict[UUID, list[Span]] = {}
    if patrols:
        for patrol_id, at in session.execute(sa.union_all(*(_made_in(t, these) for t in RECORDS))):
            records[patrol_id].append(at)
        words = words_of(session, these)
    return {
        patrol.id: Walk(
            patrol.happened_at,
            patrol.ended_at,
            patrol.last_record_at,
            tuple(sorted(records[patrol.id])),
            tuple(sorted(words.get(patrol.id, ()))),
        )
        for patrol in patrols
    }


def words_of(session: Session, these: sa.ColumnElement[bool]) -> dict[UUID, list[Span]]:
    """What the walkers themselves say of stretches without a record, by patrol."""
    words: dict[UUID, list[Span]] = defaultdict(list)
    said = select(PatrolWord.patrol_id, PatrolWord.since_at, PatrolWord.until_at)
    for patrol_id, since, until in session.execute(_joined(said, PatrolWord, these)):
        words[patrol_id].append((since, until))
    return dict(words)


def _made_in(table: type[FieldRecord], these: sa.ColumnElement[bool]) -> Any:
    return _joined(select(table.patrol_id, table.happened_at), table, these)


def _joined(query: Any, table: type[FieldRecord], these: sa.ColumnElement[bool]) -> Any:
    mine = (col(Patrol.id) == table.patrol_id) & (col(Patrol.person_id) == table.person_id)
    return query.join(Patrol, mine).where(these)
