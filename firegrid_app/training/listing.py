"""The training register as lists to keep: courses, certificates, drills, in the reader's words."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code
from firegrid_app.settings import settings
from firegrid_app.texts import say
from firegrid_app.training.certificates import certificates_below
from firegrid_app.training.drill_view import drill_lines
from firegrid_app.training.service import course_lines

COLUMNS: dict[str, tuple[str, ...]] = {
    "courses": (
        "day", "kind", "title", "subject", "audience", "hours", "trainer", "place", "came",
        "others",
    ),
    "certificates": (
        "name", "grid", "certificate", "number", "issuer", "issued_on", "expires_on", "standing",
    ),
    "drills": (
        "day", "drill", "place", "scenario", "people", "forces", "arrived_after", "went_well",
        "went_wrong",
    ),
}  # fmt: skip

Rows = list[list[str | int]]


def list_of(
    session: Session, actor: Actor, code: str, what: str, language: str, now: datetime
) -> tuple[str, list[str], Rows]:
    """Name, headings and rows of one of `COLUMNS`. Certificates only for who keeps the register.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.HOLD_MEETINGS)
    today = local_day(now, settings().zone)

    def word(group: str, value: str) -> str:
        return say(f"training.{group}.{value}", language)

    rows: Rows
    if what == "courses":
        rows = [
            [
                one.day, word("course", one.kind), one.title, word("subject", one.subject),
                word("audience", one.audience), one.hours, one.trainer, one.place, one.came,
                one.others,
            ]
            for one in course_lines(session, grid, today)
        ]  # fmt: skip
    elif what == "certificates":
        rows = [
            [
                one.name, one.grid_name, word("certificate", one.kind), one.number, one.issuer,
                one.issued, one.expires, word("standing", one.standing),
            ]
            for one in certificates_below(session, actor, code, now)
        ]  # fmt: skip
    else:
        rows = [
            [
                one.day, word("drill", one.kind), one.place, one.scenario, one.people, one.forces,
                one.arrived_after, one.went_well, one.went_wrong,
            ]
            for one in drill_lines(session, grid, today)
        ]  # fmt: skip
    headings = [say(f"training.field.{column}", language) for column in COLUMNS[what]]
    return say(f"training.file.{what}", language, name=grid.name), headings, rows
