"""Who holds which post in a grid and below: those a course or a certificate can be of."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid

_RANK = tuple(Role)
Held = tuple[Person, Post, Grid]


def posts_on(
    session: Session, grid: Grid, day: date, roles: Collection[Role] = tuple(Role)
) -> list[Held]:
    """Posts in force on a day in this grid and below, in tree order; nobody switched off."""
    return list(
        session.exec(
            select(Person, Post, Grid)
            .options(WITHOUT_OUTLINE)
            .select_from(Post)
            .join(Person, col(Person.id) == Post.person_id)
            .join(Grid, col(Grid.id) == Post.grid_id)
            .where(
                col(Grid.path).startswith(grid.path, autoescape=True),
                col(Post.role).in_(roles),
                Post.starts_on <= day,
                or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= day),
                col(Person.switched_off_at).is_(None),
            )
            .order_by(col(Grid.path), col(Person.name), col(Post.id))
        )
    )


def once_each(held: list[Held]) -> list[Held]:
    """Everybody once, in their highest post; the order stays."""
    best: dict[int, Held] = {}
    for one in held:
        person_id = one[0].id or 0
        known = best.get(person_id)
        if known is None or _RANK.index(Role(one[1].role)) < _RANK.index(Role(known[1].role)):
            best[person_id] = one
    return list(best.values())
