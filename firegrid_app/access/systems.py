"""Other systems that may send in: what the doors for warnings and for the city have in common.

Each door says for itself whose grid it is, who may let systems in, and what a key opens.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from firegrid_app.access.cards import SystemLine
from firegrid_app.access.tables import Person
from firegrid_app.records import LetIn
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

MOST = 20
"""Systems a door can have at a time."""
System = TypeVar("System", bound=LetIn)


def still_in(session: Session, door: type[System], grids: Collection[int]) -> list[System]:
    """Systems let in for these grids whose keys still open, the newest first."""
    rows = session.exec(
        select(door)
        .where(col(door.grid_id).in_(grids), col(door.ended_at).is_(None))
        .order_by(col(door.id).desc())
    )
    return list(rows)


def one_still_in(session: Session, door: type[System], system_id: int) -> System:
    """One whose key still opens. Refuses `access.unknown_system`."""
    row = session.get(door, system_id)
    if row is None or row.ended_at is not None:
        raise Refused("access.unknown_system")
    return row


def name_for(session: Session, door: type[LetIn], grids: Collection[int], name: str) -> str:
    """The name as it is kept, if one more may come in for these grids.

    Refuses `access.system_unnamed`, `access.too_many_systems`.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= 60:
        raise Refused("access.system_unnamed")
    if len(still_in(session, door, grids)) >= MOST:
        raise Refused("access.too_many_systems", most=MOST)
    return name


def system_lines(
    session: Session, rows: Collection[LetIn], grid_names: Mapping[int, str]
) -> list[SystemLine]:
    """What a list shows of them; never a key. Grids without a name in the mapping stay unnamed."""
    makers = session.exec(
        select(Person.id, Person.name).where(col(Person.id).in_({row.made_by_id for row in rows}))
    )
    names = dict(makers.all())
    return [
        SystemLine(
            id=row.id or 0,
            name=row.name,
            grid_name=grid_names.get(row.grid_id, ""),
            made=_here(row.made_at, "%Y-%m-%d"),
            maker=names.get(row.made_by_id, ""),
            used=_here(row.used_at, "%Y-%m-%d %H:%M") if row.used_at else "",
        )
        for row in rows
    ]


def _here(moment: datetime, shape: str) -> str:
    return f"{moment.astimezone(settings().zone):{shape}}"
