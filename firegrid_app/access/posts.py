"""Use cases over posts: who holds a grid, which posts a person has, when one ends."""

from collections import defaultdict
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.cards import HeldPost, HolderCard
from firegrid_app.access.rules import Action, Actor, Role, mask_phone
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

HOLDING = (Role.GRID_HEAD, Role.GRID_MEMBER, Role.BUILDING_LEADER)
"""Posts that hold a small grid, in the order they are named."""


def holders_of(
    session: Session, actor: Actor, grids: list[Grid], now: datetime
) -> dict[int, list[HolderCard]]:
    """Who holds each of these grids today, heads first. The caller has checked the grids.

    A phone number is whole only where the actor may see numbers in that grid (privacy E.5).
    """
    today = local_day(now, settings().zone)
    open_books = {grid.id: actor.may(Action.SEE_PHONES, grid.path) for grid in grids}
    rows = session.exec(
        select(Post, Person)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Post.grid_id).in_(open_books),
            col(Post.role).in_(HOLDING),
            Post.starts_on <= today,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
        )
        .order_by(col(Post.id))
    )
    held: dict[int, list[HolderCard]] = defaultdict(list)
    for post, person in rows:
        phone = person.phone if open_books[post.grid_id] else mask_phone(person.phone)
        off = person.switched_off_at is not None
        held[post.grid_id].append(HolderCard(person.name, post.role, phone, off))
    for cards in held.values():
        cards.sort(key=lambda card: HOLDING.index(Role(card.role)))
    return held


def held_post(actor: Actor, post: Post, grid: Grid, today: date) -> HeldPost:
    """A post as a leader sees it."""
    return HeldPost(
        id=post.id or 0,
        role=post.role,
        grid_code=grid.code,
        grid_name=grid.name,
        starts_on=post.starts_on.isoformat(),
        ends_on=post.ends_on.isoformat() if post.ends_on else "",
        coming=post.starts_on > today,
        may_end=actor.may_invite(Role(post.role), grid.path),
    )


def end_post(
    session: Session, actor: Actor, post_id: int, last_day: date | None, now: datetime
) -> Post:
    """Set the last day of a post, or take it back (None). Only who may fill a post may end it.

    Refuses `access.unknown_post`, `access.outside_grid`, `access.bad_dates` (before it began).
    """
    post = session.get(Post, post_id)
    if post is None:
        raise Refused("access.unknown_post")
    grid = session.get(Grid, post.grid_id)
    if grid is None or not actor.may_invite(Role(post.role), grid.path):
        raise Refused("access.outside_grid")
    if last_day is not None and last_day < post.starts_on:
        raise Refused("access.bad_dates")
    post.ends_on = last_day
    audit(session, actor.person_id, "end_post" if last_day else "keep_post", f"post:{post_id}", now)
    return post


def give_post(
    session: Session, person_id: int, grid: Grid, role: Role, starts_on: date, ends_on: date | None
) -> None:
    """Add a post, or open one again that began on the same day. The caller has checked the right.

    Whoever holds this very post still, or will, keeps it as it is.
    """
    assert grid.id is not None
    same = session.exec(
        select(Post).where(Post.person_id == person_id, Post.grid_id == grid.id, Post.role == role)
    ).all()
    for post in same:
        if post.ends_on is None or post.ends_on >= starts_on:
            return
        if post.starts_on == starts_on:
            post.ends_on = ends_on
            return
    session.add(
        Post(
            person_id=person_id,
            grid_id=grid.id,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
