"""What goes along when ground changes its grid: premises, doors, check points, equipment, people's
posts, and who is posted.

What was recorded stays under the grid it was recorded in.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from shapely import Point
from shapely.geometry import shape
from sqlmodel import Session, col, func, select

from firegrid_app.access.tables import Post
from firegrid_app.boards.tables import PublicContact
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.cards import Moved
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.posting.tables import PostingDecision
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Household


def move_part(session: Session, old: Grid, new: Grid, buildings: frozenset[str]) -> Moved:
    """Of a grid that was split: what lies in the new part, and the named buildings, go there."""
    assert new.id is not None
    assert new.outline is not None
    ground = shape(new.outline)
    places = doors = points = 0
    gone: set[int | None] = set()
    walked: set[int | None] = set()
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
            walked.add(point.id)
            points += 1
    for door in session.exec(
        select(Household).where(Household.grid_id == old.id, col(Household.building).in_(buildings))
    ):
        door.grid_id = new.id
        doors += 1
    for piece in session.exec(select(Equipment).where(Equipment.grid_id == old.id)):
        placed = piece.place_id is not None or piece.check_point_id is not None
        with_it = piece.place_id in gone or piece.check_point_id in walked
        if with_it or (not placed and _is_in(ground, piece.lat, piece.lon)):
            piece.grid_id = new.id
    session.flush()
    return Moved(places, doors, points, _move_keepers(session, old, new, buildings))


def _move_keepers(session: Session, old: Grid, new: Grid, buildings: frozenset[str]) -> int:
    """Who keeps a building goes on keeping it (YC-71): posted there, with a post there.

    The post in the old grid stays: it may be for other buildings too. Who keeps buildings on both
    sides is posted on both.
    """
    rows = session.exec(
        select(PublicContact).where(
            PublicContact.grid_id == old.id,
            col(PublicContact.ends_on).is_(None) | (col(PublicContact.ends_on) >= new.valid_from),
        )
    ).all()
    posts = 0
    for contact in rows:
        gone = [house for house in contact.houses if house[0] in buildings]
        if not gone:
            continue
        posts += _give_posts(
            session, old, new, new.valid_from, person_id=contact.person_id, role=contact.role
        )
        left = [house for house in contact.houses if house not in gone]
        if left:
            contact.houses = left
            _post_too(session, contact, new, gone)
        else:
            _move_contacts(session, [contact], new)
    return posts


def _post_too(session: Session, contact: PublicContact, new: Grid, houses: list[list[str]]) -> None:
    """The same person on the new grid's board, with what was decided about each field."""
    other = PublicContact(
        **contact.model_dump(exclude={"id", "grid_id", "houses"}),
        grid_id=new.id or 0,
        houses=houses,
    )
    session.add(other)
    session.flush()
    decided = select(PostingDecision).where(PostingDecision.contact_id == contact.id)
    for decision in session.exec(decided.order_by(col(PostingDecision.id))).all():
        values = decision.model_dump(exclude={"id", "contact_id"})
        session.add(PostingDecision(**values, contact_id=other.id or 0))
    session.flush()


def _move_contacts(session: Session, contacts: Iterable[PublicContact], new: Grid) -> None:
    for contact in contacts:
        same = session.exec(
            select(PublicContact.id).where(
                PublicContact.grid_id == new.id,
                PublicContact.person_id == contact.person_id,
                PublicContact.role == contact.role,
                PublicContact.starts_on == contact.starts_on,
            )
        ).first()
        # Posted in both from the same day: the new grid's board has them already.
        if same is None or contact.person_id is None:
            contact.grid_id = new.id or 0
    session.flush()


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
    for table in (Place, Household, CheckPoint, Equipment):
        result = session.execute(
            sa.update(table).where(col(table.grid_id) == old.id).values(grid_id=new.id)
        )
        counts.append(result.rowcount)  # type: ignore[attr-defined]
    session.expire_all()
    places, doors, points, _ = counts
    moved = Moved(places, doors, points, _give_posts(session, old, new, from_on))
    posted = select(PublicContact).where(
        PublicContact.grid_id == old.id,
        col(PublicContact.ends_on).is_(None) | (col(PublicContact.ends_on) >= from_on),
    )
    _move_contacts(session, session.exec(posted).all(), new)
    return moved


def _give_posts(session: Session, old: Grid, new: Grid, from_on: date, **whose: object) -> int:
    """Whoever holds a post in the old grid beyond that day holds it in the new one from then on.

    `whose`: only this person's, only of this role.
    """
    moved = 0
    for post in session.exec(
        select(Post)
        .where(Post.grid_id == old.id, col(Post.ends_on).is_(None) | (col(Post.ends_on) >= from_on))
        .filter_by(**whose)
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
        left += session.exec(
            select(func.count())
            .select_from(Equipment)
            .where(Equipment.grid_id == grid.id, col(Equipment.ends_on).is_(None))
        ).one()
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
