"""What cannot wait for the digest: other rooms call `tell` in their own transaction.

It only puts rows into the outbox, so it costs the caller one query and takes part in its commit:
what is rolled back was never sent. Only those who must know are told: who leads at or above.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Role, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.outbox import Entry, put_in, ways_to
from firegrid_app.messages.rules import Purpose
from firegrid_app.settings import settings

LEADING = (Role.GRID_HEAD, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)
"""Who must know of what happens in their grid: its head, the community, the street (YB-12)."""


def tell(
    session: Session,
    purpose: Purpose,
    people: set[int],
    grid: Grid,
    *,
    about: str,
    now: datetime,
) -> int:
    """Tell these people at once, each once for the same `about`; how many were not told yet.

    Names the grid and nothing else: what it is stands behind the log-in.
    """
    assert grid.id is not None
    ways = ways_to(session, sorted(people))
    parts = {"grid": grid.name}
    return put_in(
        session,
        (Entry(purpose, one, grid.id, about, ways[one], parts) for one in sorted(people)),
        now,
    )


def tell_of_major_hazard(
    session: Session, hazard_id: UUID, grid: Grid, reporter_id: int, now: datetime
) -> int:
    """A suspected major hazard was reported: the grid's head, the community and the street know
    at once (YB-12); whoever reported it knows."""
    people = leading(session, grid, now) - {reporter_id}
    return tell(session, Purpose.MAJOR_HAZARD, people, grid, about=str(hazard_id), now=now)


def tell_of_red_warning(session: Session, about: str, grid: Grid, now: datetime) -> int:
    """A red warning came into force in this grid (YC-46): who leads it, one above or one below it
    knows at once; each once for the same `about`, whatever other grids it is for."""
    people = leading(session, grid, now, below=True)
    return tell(session, Purpose.WARNING, people, grid, about=about, now=now)


def leading(session: Session, grid: Grid, now: datetime, *, below: bool = False) -> set[int]:
    """Who leads this grid or one above it today, up to the street; `below` it too, if asked."""
    today = local_day(now, settings().zone)
    where: ColumnElement[bool] = col(Grid.code).in_(grid.path.strip("/").split("/"))
    if below:
        where |= col(Grid.path).startswith(grid.path, autoescape=True)
    rows = session.exec(
        select(Post)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            where,
            col(Grid.valid_to).is_(None),
            col(Post.role).in_(LEADING),
            col(Person.switched_off_at).is_(None),
        )
    )
    return {post.person_id for post in rows if is_in_force(post.starts_on, post.ends_on, today)}
