"""Who stands on the ladder over a grid today, read from the posts in force."""

from datetime import date

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import Assignee
from firegrid_app.hazards.rules.ladder import ORDER, Rung, on_rungs, rung_of


def _posts_over(session: Session, grid_path: str, today: date) -> list[tuple[Post, int, str]]:
    """Posts in force in the grid and every grid above it, with level and name, oldest first."""
    return list(
        session.exec(
            select(Post, Grid.level, Person.name)
            .join(Grid, col(Grid.id) == Post.grid_id)
            .join(Person, col(Person.id) == Post.person_id)
            .where(
                col(Grid.path).in_(paths_over(grid_path)),
                col(Person.switched_off_at).is_(None),
                Post.starts_on <= today,
                or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            )
            .order_by(col(Post.id))
        )
    )


def holders_over(session: Session, grid_path: str, today: date) -> dict[Rung, tuple[int, ...]]:
    """Ids of the people on each rung over this grid."""
    posts = _posts_over(session, grid_path, today)
    return on_rungs([(Role(post.role), level, post.person_id) for post, level, _ in posts])


def assignees_over(session: Session, grid_path: str, today: date) -> list[Assignee]:
    """Everybody a hazard of this grid can be given to, from the member up; each once."""
    found: dict[int, Assignee] = {}
    for post, level, name in _posts_over(session, grid_path, today):
        rung = rung_of(Role(post.role), level)
        known = found.get(post.person_id)
        if rung and (known is None or ORDER.index(rung) < ORDER.index(Rung(known.rung))):
            found[post.person_id] = Assignee(post.person_id, name, rung.value)
    return sorted(found.values(), key=lambda one: (ORDER.index(Rung(one.rung)), one.name))
