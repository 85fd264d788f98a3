"""Loads the pilot, one real street with synthetic people, into an empty database."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import col, select

from firegrid_app import clock
from firegrid_app.access.passwords import hash_password
from firegrid_app.database import transaction
from firegrid_app.duties.calendar import load_calendar
from firegrid_app.duties.choosing import follow_preset
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.service import import_files, read_files
from firegrid_app.importing.service.write_people import DUTY_BASIS, Accounts
from firegrid_app.texts import say

FOLDER = Path(__file__).parent.parent / "pilot"
FILES = {
    FileKind.GRIDS: FOLDER / "grids.geojson",
    FileKind.ROADS: FOLDER / "streets.geojson",
    FileKind.PEOPLE: FOLDER / "people.csv",
    FileKind.PLACES: FOLDER / "places.csv",
    FileKind.HOUSEHOLDS: FOLDER / "households.csv",
    FileKind.CHECK_POINTS: FOLDER / "check_points.csv",
}
PILOT_PASSWORD = "firegrid-2026"  # noqa: S105 - published on purpose; production refuses to start
"""Everybody's password in a pilot database: the people are invented."""


class _Told:
    """Steps as sentences."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report

    def begin(self, step: str, total: int | None) -> None:
        """Say which step begins."""
        self._report(say(f"importing.step.{step}"))

    def at(self, rows: int) -> None:
        """The steps are short enough."""


def load_pilot(report: Callable[[str], None]) -> bool:
    """Load the files if there is no grid yet; was it done? `report` is told each step."""
    told = _Told(report)
    tables = read_files(FILES, told)
    with transaction() as session:
        if session.exec(select(Grid.id).limit(1)).first() is not None:
            return False
        load_calendar(session)
        accounts = Accounts(
            pilot=True,
            # One hash for all: a hash a person would take a minute.
            password_hash=hash_password(PILOT_PASSWORD),
            publish_phone=True,
            basis=f"{DUTY_BASIS}; 试点合成数据",
        )
        card = import_files(
            session, FILES, tables, now=clock.now(), accounts=accounts, progress=told
        )
        if not card.written:
            raise RuntimeError("the pilot files have errors; `firegrid import` shows them")
        # The street's own plan: the pilot's duties are those of its seed document.
        root = session.exec(select(Grid).where(col(Grid.parent_id).is_(None))).one()
        follow_preset(session, root, "chongqing_2021", None, clock.now())
    rows = {file.kind.value: file.rows for file in card.files}
    rows["check_points"] += card.check_points.created
    report(say("importing.pilot.done", **rows))
    return True
