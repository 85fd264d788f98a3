"""Shouts of a period, per grid; and where a warning was called out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import Grid, GridIds
from firegrid_app.shouts.rules import HEARD_BELOW
from firegrid_app.shouts.tables import Shout


@dataclass(frozen=True)
class PassedOn:
    """A warning called out once: where, when, how, by whom, for how many."""

    shout_id: UUID
    path: str
    at: datetime
    edition: int
    means: str
    people_reached: int
    person_name: str

    def covers(self, path: str, edition: int) -> bool:
        """Was it heard, in this edition, in the grid with this path?"""
        if self.edition < edition:
            return False
        return path == self.path or (self.means in HEARD_BELOW and path.startswith(self.path))


def shouts_between(
    session: Session, grid_ids: GridIds, start_at: datetime, end_at: datetime
) -> dict[int, int]:
    """Shouts logged in each of these grids in [start_at, end_at); grids without are missing."""
    rows = session.exec(
        select(Shout.grid_id, func.count())
        .where(
            col(Shout.grid_id).in_(grid_ids),
            Shout.happened_at >= start_at,
            Shout.happened_at < end_at,
        )
        .group_by(col(Shout.grid_id))
    )
    return dict(rows.all())


def passings_of(session: Session, alert_ids: Iterable[int]) -> dict[int, list[PassedOn]]:
    """By warning, each time it was called out, the first one first."""
    rows = session.exec(
        select(Shout, Grid.path, Person.name)
        .join(Grid, col(Grid.id) == Shout.grid_id)
        .join(Person, col(Person.id) == Shout.person_id)
        .where(col(Shout.alert_id).in_(list(alert_ids)))
        .order_by(col(Shout.happened_at), col(Shout.id))
    )
    found: dict[int, list[PassedOn]] = defaultdict(list)
    for shout, path, name in rows:
        found[shout.alert_id or 0].append(
            PassedOn(
                shout.id,
                path,
                shout.happened_at,
                shout.alert_edition,
                shout.means,
                shout.people_reached,
                name,
            )
        )
    return dict(found)
