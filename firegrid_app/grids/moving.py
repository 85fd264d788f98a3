"""What goes along when ground changes its grid: premises, doors, check points, people's posts.

What was recorded stays under the grid it was recorded in.
"""

from datetime import date, timedelta

import sqlalchemy as sa
from shapely import Point
from shapely.geometry import shape
from sqlmodel import Session, col, func, select

from firegrid_app.access.tables import Post
from firegrid_app.grids.cards import Moved
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household


def move_part(session: Session, old: Grid, new: Grid, buildings: frozenset[str]) -> Moved:
    """Of a grid that was split: what lies in the new part, and the named buildings, go there."""
    assert new.id is not None
    assert new.outline is not None
    ground = shape(new.outline)
    places = doors = points = 0
    gone: set[int | None] = set()
    for place in session.exec(select(Place).where(Place.grid_id == old.id)):
        if _is_in(ground, place.lat, place.lon):
            place.grid_id = new.id
            gone.add(place.id)
            places += 1
    for point in session.exec(select(CheckPoint).where(CheckPoint.grid_id == old.id)):
        with_place = point.place_id is not None and point.place_id in gone
        named = bool(point.building) and point.building in buildings
        there = not point.building and point.place_id is None
        if with_place or named or (there and _is_in(ground, point.lat, point.lon)):
            point.grid_id = new.id
            points += 1
    for door in session.exec(
        select(Household).where(Household.grid_id == old.id, col(Household.building).in_(buildings))
    ):
        door.grid_id = new.id
        doors += 1
    session.flush()
    return Moved(places, doors, points)


def _is_in(ground: object, lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and ground.covers(Point(lon, lat))  # type: ignore[attr-defined]


def move_all(session: Session, old: Grid, new: Grid, from_on: date) -> Moved:
    """Of a grid that is merged into another: everything goes there, people's posts too.

    Refuses `grids.same_doors`.
    """
    assert new.id is not None
    key = (Household.building, Household.unit, Household.floor, Household.room)
    mine = select(*key).where(Household.grid_id == new.id)  # type: ignore[call-overload]
    theirs = select(*key).where(Household.grid_id == old.id)  # type: ignore[call-overload]
    both = session.execute(mine.intersect(theirs)).all()
    if both:
        door = " ".join(str(part) for part in both[0] if part != "")
        raise Refused("grids.same_doors", count=len(both), door=door)
    counts: list[int] = []
    for table in (Place, Household, CheckPoint):
        result = session.execute(
            sa.update(table).where(col(table.grid_id) == old.id).values(grid_id=new.id)
        )
        counts.append(result.rowcount)  # type: ignore[attr-defined]
    session.expire_all()
    places, doors, points = counts
    return Moved(places, doors, points, _move_posts(session, old, new, from_on))


def _move_posts(session: Session, old: Grid, new: Grid, from_on: date) -> int:
    """Whoever holds a post in the old grid beyond that day holds it in the new one from then on."""
    moved = 0
    for post in session.exec(
        select(Post).where(
            Post.grid_id == old.id, col(Post.ends_on).is_(None) | (col(Post.ends_on) >= from_on)
        )
    ):
        starts_on = max(post.starts_on, from_on)
        already = session.exec(
            select(Post.id).where(
                Post.person_id == post.person_id,
                Post.grid_id == new.id,
                Post.role == post.role,
                col(Post.ends_on).is_(None) | (col(Post.ends_on) >= starts_on),
            )
        ).first()
        if already is None:
            session.add(
                Post(
                    person_id=post.person_id,
                    grid_id=new.id,  # type: ignore[arg-type]
                    role=post.role,
                    starts_on=starts_on,
                    ends_on=post.ends_on,
                )
            )
            moved += 1
    return moved


def close(session: Session, grid: Grid, from_on: date, *, empty: bool = False) -> None:
    """End a grid the day before, and the posts in it.

    Refuses `grids.open_hazards`: somebody has to see to them; with `empty` also
    `grids.still_holds` where premises, doors or check points are left.
    """
    open_ = session.exec(
        select(func.count())
        .select_from(Hazard)
        .where(Hazard.grid_id == grid.id, col(Hazard.status).in_(UNFINISHED))
    ).one()
    if open_:
        raise Refused("grids.open_hazards", name=grid.name, count=open_)
    if empty:
        left = sum(
            session.exec(
                select(func.count()).select_from(table).where(col(table.grid_id) == grid.id)
            ).one()
            for table in (Place, Household, CheckPoint)
        )
        if left:
            raise Refused("grids.still_holds", name=grid.name, count=left)
    yesterday = from_on - timedelta(days=1)
    grid.valid_to = max(yesterday, grid.valid_from - timedelta(days=1))
    for post in session.exec(
        select(Post).where(
            Post.grid_id == grid.id, col(Post.ends_on).is_(None) | (col(Post.ends_on) >= from_on)
        )
    ):
        post.ends_on = max(yesterday, post.starts_on - timedelta(days=1))
