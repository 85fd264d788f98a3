"""What the invitation form needs: posts to give, grids to give them in, mistakes, the QR code."""

import segno
from sqlmodel import Session, col, or_, select

from firegrid_app.access.cards import GridChoice
from firegrid_app.access.rules import GRID_LEVELS, MAY_INVITE, Actor, Role
from firegrid_app.access.service import clean_name, clean_phone
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused

FIELD_OF = {
    "access.bad_phone": "phone",
    "access.phone_taken": "phone",
    "access.person_switched_off": "phone",
    "access.bad_name": "name",
    "access.unknown_role": "role",
    "access.no_grid": "grid",
    "grids.unknown": "grid",
    "grids.wrong_level": "grid",
    "access.outside_grid": "grid",
    "access.bad_date": "dates",
    "access.bad_dates": "dates",
}
"""The field of the form a refusal is shown beside."""


def roles_to_give(actor: Actor) -> list[str]:
    """Posts this person may fill somewhere, the highest first. Refuses `access.not_allowed`."""
    roles = {role for post in actor.posts for role in MAY_INVITE.get(post.role, ())}
    if not roles:
        raise Refused("access.not_allowed")
    return [role for role in Role if role in roles]


def likely_role(roles: list[str]) -> str:
    """The post most invitations are for: the form begins with it."""
    return Role.GRID_MEMBER if Role.GRID_MEMBER in roles else roles[-1]


def grids_to_fill(
    session: Session, actor: Actor, role: str, words: str = "", limit: int = 8
) -> list[GridChoice]:
    """Grids with these words in name or code in which the actor may give this post, in tree order.

    Refuses `access.unknown_role` and `access.not_allowed`.
    """
    if role not in Role.__members__.values():
        raise Refused("access.unknown_role")
    wanted = Role(role)
    scopes = [
        post.grid_path for post in actor.posts if wanted in MAY_INVITE.get(post.role, frozenset())
    ]
    if not scopes:
        raise Refused("access.not_allowed")
    words = words.strip()
    query = (
        select(Grid)
        .where(
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
            col(Grid.level).in_(GRID_LEVELS[wanted]),
            col(Grid.valid_to).is_(None),
        )
        .order_by(col(Grid.path))
        .limit(limit)
    )
    if words:
        query = query.where(
            or_(
                col(Grid.name).contains(words, autoescape=True),
                col(Grid.code).startswith(words, autoescape=True),
            )
        )
    return [GridChoice(grid.code, grid.name) for grid in session.exec(query)]


def mistakes_in(*, phone: str, name: str, role: str, grid_code: str) -> dict[str, str]:
    """Every mistake that shows without the database, field to refusal code: all at once."""
    mistakes: dict[str, str] = {}
    for clean, text in ((clean_phone, phone), (clean_name, name)):
        try:
            clean(text)
        except Refused as refused:
            mistakes[FIELD_OF[refused.code]] = refused.code
    if role not in Role.__members__.values():
        mistakes["role"] = "access.unknown_role"
    if not grid_code:
        mistakes["grid"] = "access.no_grid"
    return mistakes


def qr_picture(address: str) -> str:
    """The address as a QR code, a picture to put into a page: an SVG in a data address."""
    return segno.make(address, error="m").svg_data_uri(scale=8, border=2, dark="#000", light="#fff")
