"""Use cases of the boards. They are for everybody: what is not posted is not read here at all."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor, Role, is_in_force, mask_phone
from firegrid_app.access.service import holds_pilot_data
from firegrid_app.access.tables import Person
from firegrid_app.alerts.service import posted_alerts
from firegrid_app.boards.cards import BoardCard, PostedContact, PostedDuty, PostedNumber
from firegrid_app.boards.rules import POSTED_LEVELS, Outline, draw
from firegrid_app.boards.tables import PublicContact
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rota.service import hours_words, is_on_board, shifts_between
from firegrid_app.settings import settings

_ROLES = tuple(Role)
_ROOM = {2: 1.15, 3: 1.8}
"""How much land is drawn around a community, and around a small grid."""


def board(session: Session, code: str, now: datetime, reader: Actor | None = None) -> BoardCard:
    """The board of the grid with this code. Refuses `boards.unknown`.

    A `reader` who may see phone numbers there gets them in full, to be printed.
    """
    today = local_day(now, settings().zone)
    grid = _posted_grid(session, code, today)
    above = _above(session, grid)
    in_full = reader is not None and reader.may(Action.SEE_PHONES, grid.path)
    posted = _posted_contacts(session, grid, today)
    return BoardCard(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        above=tuple(one.name for one in above),
        place=_spoken(above, grid),
        alerts=tuple(posted_alerts(session, grid, now)),
        contacts=tuple(
            PostedContact(
                id=contact.id or 0,
                name=contact.display_name if contact.publish_name else "",
                role=contact.role,
                phone=_number_of(contact) if in_full else _masked(contact),
            )
            for contact in posted
        ),
        on_duty=_on_duty(session, grid, posted, today),
        supervision_phone=_supervision(above, grid),
        drawing=draw(
            grid.outline,
            _outlines(session, grid.id) if grid.level == 2 else [],
            # The neighbours and, where the community ends, the communities beside it.
            [*_outlines(session, grid.parent_id, grid.id), *_beside(session, grid, above)],
            _ROOM[grid.level],
        ),
        pilot=holds_pilot_data(session),
    )


def number(session: Session, code: str, contact_id: int, now: datetime) -> PostedNumber:
    """One posted phone number in full. Refuses `boards.unknown` for any that is not posted here."""
    today = local_day(now, settings().zone)
    grid = _posted_grid(session, code, today)
    for contact in _posted_contacts(session, grid, today):
        if contact.id == contact_id and _number_of(contact):
            return PostedNumber(
                grid_name=grid.name,
                name=contact.display_name if contact.publish_name else "",
                role=contact.role,
                phone=_number_of(contact),
            )
    raise Refused("boards.unknown")


def _on_duty(
    session: Session, grid: Grid, posted: list[PublicContact], today: date
) -> tuple[PostedDuty, ...]:
    if not is_on_board(session, grid.path):
        return ()
    names = {one.person_id: one.display_name for one in posted if one.publish_name}
    zone = settings().zone
    return tuple(
        PostedDuty(hours_words(shift, zone), names.get(shift.person_id, ""))
        for shift in shifts_between(session, {grid.id or 0}, *day_bounds(today, zone))
    )


def _posted_grid(session: Session, code: str, today: date) -> Grid:
    grid = session.exec(select(Grid).where(Grid.code == code)).first()
    if (
        grid is None
        or grid.level not in POSTED_LEVELS
        or not is_in_force(grid.valid_from, grid.valid_to, today)
    ):
        raise Refused("boards.unknown")
    return grid


def _posted_contacts(session: Session, grid: Grid, today: date) -> list[PublicContact]:
    """In force today, with a basis, and not of a person who has been switched off (E.4)."""
    rows = session.exec(
        select(PublicContact)
        .outerjoin(Person, col(Person.id) == col(PublicContact.person_id))
        .where(
            PublicContact.grid_id == grid.id,
            PublicContact.basis != "",
            PublicContact.starts_on <= today,
            or_(col(PublicContact.ends_on).is_(None), col(PublicContact.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(PublicContact.id))
    )
    known = {role: place for place, role in enumerate(_ROLES)}
    return sorted(rows, key=lambda contact: known.get(contact.role, len(known)))  # type: ignore[call-overload]


def _number_of(contact: PublicContact) -> str:
    return contact.work_phone if contact.publish_phone else ""


def _masked(contact: PublicContact) -> str:
    phone = _number_of(contact)
    return mask_phone(phone) if phone else ""


def _above(session: Session, grid: Grid) -> list[Grid]:
    """Street and community a grid lies in, the highest first; a county helps nobody find it."""
    codes = grid.path.strip("/").split("/")[:-1]
    rows = session.exec(
        select(Grid).where(col(Grid.code).in_(codes), Grid.level >= 1).order_by(col(Grid.level))
    )
    return list(rows)


def _outlines(session: Session, parent_id: int | None, but: int | None = None) -> list[Outline]:
    """Outlines of what lies directly in a grid, nameless."""
    rows = session.exec(
        select(Grid.id, Grid.outline).where(
            Grid.parent_id == parent_id, col(Grid.valid_to).is_(None)
        )
    )
    return [outline for grid_id, outline in rows if grid_id != but]  # type: ignore[misc]


def _beside(session: Session, grid: Grid, above: list[Grid]) -> list[Outline]:
    if grid.level != 3 or not above:
        return []
    return _outlines(session, above[-1].parent_id, None)


def _supervision(above: list[Grid], grid: Grid) -> str:
    """The grid's own line, else the nearest one above, else the server's (YC-60)."""
    for one in (grid, *reversed(above)):
        if one.supervision_phone:
            return one.supervision_phone
    return settings().supervision_phone


def _spoken(above: list[Grid], grid: Grid) -> str:
    """Names from the street down, without saying a name twice that the next one begins with."""
    names = [*(one.name for one in above), grid.name]
    said = [
        name
        for name, after in zip(names, [*names[1:], ""], strict=True)
        if not after.startswith(name)
    ]
    return "".join(said) if any(ord(c) > 127 for c in grid.name) else ", ".join(said)
