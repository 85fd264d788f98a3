"""What the database holds already, in the shape that the checks ask for."""

from sqlmodel import Session, col, select

from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.rows import KnownGrid

PER_QUERY = 1000
"""Values in one `IN (...)`: well below what either database takes."""


def known_grids(session: Session) -> dict[str, KnownGrid]:
    """Every grid by code, closed ones included."""
    closed = col(Grid.valid_to).is_not(None)
    rows = session.exec(select(Grid.code, Grid.level, closed))
    return {code: KnownGrid(level, closed=bool(is_closed)) for code, level, is_closed in rows}


def grid_ids(session: Session) -> dict[str, int]:
    """Ids by code."""
    return {code: grid_id or 0 for code, grid_id in session.exec(select(Grid.code, Grid.id))}


def top_grid(session: Session) -> int | None:
    """The id of the grid above all, whose roads are everybody's; None before there is one."""
    return session.exec(
        select(Grid.id).where(col(Grid.valid_to).is_(None)).order_by(col(Grid.level), col(Grid.id))
    ).first()


def switched_off_phones(session: Session) -> set[str]:
    """Phones of people who were shut out: an import does not let them in again."""
    return set(session.exec(select(Person.phone).where(col(Person.switched_off_at).is_not(None))))


def slices(values: list[int]) -> list[list[int]]:
    """The values in pieces for one query each."""
    return [values[at : at + PER_QUERY] for at in range(0, len(values), PER_QUERY)]
