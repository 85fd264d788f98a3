"""Use cases of the boards. They are for everybody: what is not posted is not read here at all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, is_in_force, mask_phone
from firegrid_app.access.service import holds_pilot_data
from firegrid_app.alerts.service import posted_alerts
from firegrid_app.boards.cards import BoardCard, PostedContact, PostedDuty, PostedNumber
from firegrid_app.boards.contacts import Posted, posted
from firegrid_app.boards.fixed import fixed_this_month
from firegrid_app.boards.houses import buildings_of
from firegrid_app.boards.rules import POSTED_LEVELS, draw, short_names
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.grids.tables import Grid
from firegrid_app.photos import store
from firegrid_app.refusals import Refused
from firegrid_app.roads.service import roads_on_paper
from firegrid_app.rota.away import absences
from firegrid_app.rota.service import hours_words, is_on_board, shifts_between
from firegrid_app.settings import settings

HOTLINE = "12345"
_ROOM = {2: 1.15, 3: 1.8}
"""How much land is drawn around a community, and around a small grid."""
_SPARE = 0.6
"""So many times its longer side more may be drawn where a grid is narrow and its paper wide."""


def board(
    session: Session,
    code: str,
    now: datetime,
    reader: Actor | None = None,
    marks: Iterable[tuple[float, float, str]] | None = None,
    ratio: float | None = None,
) -> BoardCard:
    """The board of the grid with this code. Refuses `boards.unknown`.

    A `reader` who may see phone numbers there gets them in full, to be printed. `marks` (longitude,
    latitude, words) are written on the drawing instead of names; `ratio` is what `draw` fills.
    """
    today = local_day(now, settings().zone)
    grid = posted_grid(session, code, today)
    above = above_of(session, grid)
    in_full = reader is not None and reader.may(Action.SEE_PHONES, grid.path)
    people = posted(session, [grid], today)[grid.id or 0]
    small = _lying_in(session, grid.id) if grid.level == 2 else []
    # On paper the small grids of a community carry their names; the page says none but its own.
    labels = _named(small) if in_full else []
    # The neighbours and, where the community ends, the communities beside it.
    near = _lying_in(session, grid.parent_id, but=grid.id)
    around = above[-1] if grid.level == 3 and above else None
    far = _lying_in(session, around.parent_id, but=around.id) if around else []
    room = _ROOM[grid.level if marks is None else 2]
    return BoardCard(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        above=tuple(one.name for one in above),
        place=spoken(above, grid),
        alerts=tuple(posted_alerts(session, grid, now)),
        contacts=tuple(as_posted(one, in_full) for one in people),
        on_duty=_on_duty(session, grid, people, today),
        supervision_phone=supervision_line(above, grid),
        drawing=draw(
            grid.outline,
            [one.outline for one in small],
            [one.outline for one in (*far, *near)],
            room,
            labels if marks is None else marks,
            beside=_named(near) if in_full and marks is None else (),
            roads=roads_on_paper(session, grid.outline, (room - 1) / 2 + _SPARE),
            ratio=ratio,
        ),
        fixed=fixed_this_month(session, grid, now),
        pilot=holds_pilot_data(session),
        buildings=tuple(buildings_of(session, grid.id, today)),
    )


def as_posted(one: Posted, in_full: bool = False) -> PostedContact:
    """A contact as pages show it: the number masked, but for whoever may print it."""
    return PostedContact(
        id=one.id,
        name=one.name,
        role=one.role,
        phone=one.phone if in_full or not one.phone else mask_phone(one.phone),
        face=one.face,
        duties=one.duties,
        houses=one.houses,
    )


def number(session: Session, code: str, contact_id: int, now: datetime) -> PostedNumber:
    """One posted phone number in full. Refuses `boards.unknown` for any that is not posted here."""
    today = local_day(now, settings().zone)
    grid = posted_grid(session, code, today)
    for one in posted(session, [grid], today)[grid.id or 0]:
        if one.id == contact_id and one.phone:
            return PostedNumber(grid.name, one.name, one.role, one.phone)
    raise Refused("boards.unknown")


def face(session: Session, code: str, contact_id: int, now: datetime) -> bytes:
    """One posted photo, JPEG. Refuses `boards.unknown` for any that is not shown here."""
    today = local_day(now, settings().zone)
    grid = posted_grid(session, code, today)
    for one in posted(session, [grid], today)[grid.id or 0]:
        photo = store.fetch(one.face, "face") if one.id == contact_id and one.face else None
        if photo:
            return photo
    raise Refused("boards.unknown")


def _on_duty(
    session: Session, grid: Grid, people: list[Posted], today: date
) -> tuple[PostedDuty, ...]:
    if not is_on_board(session, grid.path):
        return ()
    names = {one.person_id: one.name for one in people if one.name}
    zone = settings().zone
    shifts = shifts_between(session, {grid.id or 0}, *day_bounds(today, zone))
    marks = absences(session, {shift.person_id for shift in shifts}, today, today)
    away = {mark.person_id for mark, _ in marks}
    return tuple(
        PostedDuty(hours_words(shift, zone), names.get(shift.person_id, ""))
        for shift in shifts
        if shift.person_id not in away
    )


def posted_grid(session: Session, code: str, today: date) -> Grid:
    """The grid whose board this is, with its outline. Refuses `boards.unknown`."""
    grid = session.exec(select(Grid).where(Grid.code == code)).first()
    if (
        grid is None
        or grid.level not in POSTED_LEVELS
        or not is_in_force(grid.valid_from, grid.valid_to, today)
    ):
        raise Refused("boards.unknown")
    return grid


def above_of(session: Session, grid: Grid) -> list[Grid]:
    """Street and community a grid lies in, the highest first; a county helps nobody find it."""
    codes = grid.path.strip("/").split("/")[:-1]
    rows = session.exec(
        select(Grid).where(col(Grid.code).in_(codes), Grid.level >= 1).order_by(col(Grid.level))
    )
    return list(rows)


def _lying_in(session: Session, parent_id: int | None, but: int | None = None) -> list[Grid]:
    """The grids that lie directly in a grid, with their outlines."""
    rows = session.exec(
        select(Grid)
        .where(Grid.parent_id == parent_id, col(Grid.valid_to).is_(None), Grid.id != but)
        .order_by(col(Grid.path))
    )
    return list(rows)


def _named(grids: Sequence[Grid]) -> list[tuple[float, float, str]]:
    """Names as short as they can be, where they stand."""
    return [
        (one.label_lon, one.label_lat, name)
        for one, name in zip(grids, short_names([one.name for one in grids]), strict=True)
        if one.label_lon is not None and one.label_lat is not None
    ]


def supervision_line(above: list[Grid], grid: Grid) -> str:
    """The grid's own line, else the nearest one above, else the server's (YC-60)."""
    for one in (grid, *reversed(above)):
        if one.supervision_phone:
            return one.supervision_phone
    return settings().supervision_phone


def spoken(above: list[Grid], grid: Grid) -> str:
    """Names from the street down, without saying a name twice that the next one begins with."""
    names = [*(one.name for one in above), grid.name]
    said = [
        name
        for name, after in zip(names, [*names[1:], ""], strict=True)
        if not after.startswith(name)
    ]
    return "".join(said) if any(ord(c) > 127 for c in grid.name) else ", ".join(said)
