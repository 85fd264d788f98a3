"""Use cases of printing: who may, whether there is such a paper, which edition it is."""

from datetime import date, datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.boards.houses import buildings_of
from firegrid_app.boards.service import board
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.posting.cards import Sheet
from firegrid_app.posting.contents import Wanted, content
from firegrid_app.posting.editions import OF_PLACES, edition
from firegrid_app.posting.layout import marks_of
from firegrid_app.posting.rules import LANGUAGES, OF_LEVELS
from firegrid_app.posting.walls import Walls
from firegrid_app.refusals import Refused
from firegrid_app.routes import board as board_address
from firegrid_app.routes import building as building_address
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES as SPOKEN

_RATIOS = {"board": 1.37, "pack": 1.1, "layout": 1.75}
"""How many times as wide as high the room for the map is on each paper (its template says so)."""


def offered_languages() -> list[str]:
    """Which choices of languages a paper can be printed in."""
    return [key for key, some in LANGUAGES.items() if set(some) <= set(SPOKEN)]


def paper_of(
    session: Session,
    actor: Actor,
    kind: str,
    code: str,
    *,
    subject: str = "",
    languages: str = "zh",
    base: str,
    now: datetime,
) -> Sheet:
    """A paper of a grid for the press; the print is noted as an edition.

    `subject` is a building (notice), a contact (cards) or premises (sign, layout); `base` is the
    server's address. Refuses `grids.unknown`, `access.outside_grid`, `posting.no_such_paper`,
    `posting.unknown_subject`, `posting.nobody_posted`, `posting.no_equipment`.
    """
    grid = grid_by_code(session, actor, code, Action.POST_UP)
    if grid.level not in OF_LEVELS.get(kind, ()) or languages not in offered_languages():
        raise Refused("posting.no_such_paper")
    today, base = local_day(now, settings().zone), base.rstrip("/")
    if not _is_subject(session, grid, kind, subject, today):
        raise Refused("posting.unknown_subject")
    walls = Walls(session, [grid], today)
    if kind in ("cards", "notice") and not walls.people(grid, subject if kind == "notice" else ""):
        raise Refused("posting.nobody_posted")
    place = session.get(Place, int(subject)) if kind in OF_PLACES and subject else None
    print_now = walls.print_of(kind, grid, subject, place)
    if not print_now:
        nothing = kind == "layout" and (not subject or (place and place.grid_id == grid.id))
        raise Refused("posting.no_equipment" if nothing else "posting.unknown_subject")
    drawn_now = walls.drawn_of(kind, grid)
    marks = marks_of(walls.equipment(grid, place)) if kind == "layout" else None
    made = edition(session, actor, grid, kind, subject, languages, print_now, drawn_now, now)
    wanted = Wanted(
        kind=kind,
        grid=grid,
        subject=subject,
        place=place,
        board=board(session, code, now, actor, marks, _RATIOS.get(kind)),
        walls=walls,
        tag=made.tag,
        day=today.isoformat(),
        # On a building's door the code leads to the building's own page.
        address=f"{base}{_page_of(kind, grid.code, subject)}?e={made.tag}",
    )
    card, pictures = content(session, wanted, base)
    return Sheet(
        template=f"{kind}.typ",
        title=f"wall.kind.{kind}",
        of=card.name + (subject if kind == "notice" else ""),
        languages=LANGUAGES[languages],
        card=card,
        pictures=pictures,
    )


def _page_of(kind: str, code: str, subject: str) -> str:
    if kind == "notice" and subject:
        return building_address(code, subject)
    return board_address(code)


def _is_subject(session: Session, grid: Grid, kind: str, subject: str, today: date) -> bool:
    """Can a paper of this kind be of this? Numbers are looked up by whoever reads their rows."""
    if kind == "notice" and subject:
        return subject in buildings_of(session, grid.id, today)
    if kind == "sign" or (kind in ("cards", "layout") and subject):
        return subject.isascii() and subject.isdigit() and len(subject) <= 9
    return not subject
