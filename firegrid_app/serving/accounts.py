"""The pilot's accounts to log in with: one of each role, as the command line prints them."""

from dataclasses import dataclass

from sqlmodel import col, select

from firegrid_app import clock
from firegrid_app.access.rules import Role, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.database import reading
from firegrid_app.grids.tables import Grid
from firegrid_app.settings import settings


@dataclass(frozen=True)
class PilotAccount:
    """Somebody of the pilot whom anyone may be."""

    role: Role
    name: str
    phone: str
    grid: str


def pilot_accounts() -> list[PilotAccount]:
    """For every role that somebody of the pilot holds today, the first who does."""
    today = local_day(clock.now(), settings().zone)
    found: dict[str, PilotAccount] = {}
    with reading() as session:
        rows = session.exec(
            select(Person, Post, Grid)
            .join(Post, col(Post.person_id) == Person.id)
            .join(Grid, col(Grid.id) == Post.grid_id)
            .where(
                col(Person.pilot).is_(True),
                col(Person.switched_off_at).is_(None),
                col(Person.password_hash).is_not(None),
            )
            .order_by(col(Grid.path), col(Post.id))
        )
        for person, post, grid in rows:
            if post.role not in found and is_in_force(post.starts_on, post.ends_on, today):
                found[post.role] = PilotAccount(
                    Role(post.role), person.name, person.phone, grid.name
                )
    return [found[role] for role in Role if role in found]
