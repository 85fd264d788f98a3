"""What whoever changes grids looks at: the grids side by side with their workload, and history."""

from collections import defaultdict

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.grids.cards import ChangeCard, Neighbourhood, Sibling
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid, GridChange
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.tables import Place
from firegrid_app.visits.tables import Household

MOST_CHANGES = 100


def changes_below(session: Session, actor: Actor, code: str) -> list[ChangeCard]:
    """Changes right below a grid, the latest first, at most a hundred.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    rows = session.exec(
        select(GridChange, Person.name)
        .join(Person, col(Person.id) == GridChange.made_by_id)
        .where(GridChange.grid_id == grid.id)
        .order_by(col(GridChange.from_on).desc(), col(GridChange.id).desc())
        .limit(MOST_CHANGES)
    )
    return [
        ChangeCard(
            id=one.id or 0,
            kind=one.kind,
            code=str(one.body.get("code", "")),
            other=str(one.body.get("other") or one.body.get("new_code") or ""),
            from_on=one.from_on.isoformat(),
            made_by=name,
            made_at=one.made_at.isoformat(),
            state=_state(one),
            refused=one.refused,
        )
        for one, name in rows
    ]


def _state(one: GridChange) -> str:
    if one.applied_at is not None:
        return "done"
    if one.refused:
        return "failed"
    return "dropped" if one.dropped_at is not None else "planned"


def neighbourhood(session: Session, actor: Actor, code: str) -> Neighbourhood:
    """All grids right below one, for whoever may change them.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    above = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    grids = list(
        session.exec(
            select(Grid)
            .where(Grid.parent_id == above.id, col(Grid.valid_to).is_(None))
            .order_by(col(Grid.path))
        )
    )
    ids = select(Grid.id).where(Grid.parent_id == above.id, col(Grid.valid_to).is_(None))
    buildings: dict[int, list[str]] = defaultdict(list)
    doors: dict[int, int] = defaultdict(int)
    for grid_id, building, count in session.exec(
        select(Household.grid_id, Household.building, func.count())
        .where(col(Household.grid_id).in_(ids))
        .group_by(col(Household.grid_id), col(Household.building))
        .order_by(col(Household.grid_id), col(Household.building))
    ):
        doors[grid_id] += count
        if building:
            buildings[grid_id].append(building)
    places = dict(
        session.exec(
            select(Place.grid_id, func.count())
            .where(col(Place.grid_id).in_(ids))
            .group_by(col(Place.grid_id))
        ).all()
    )
    hazards = dict(
        session.exec(
            select(Hazard.grid_id, func.count())
            .where(col(Hazard.grid_id).in_(ids), col(Hazard.status).in_(UNFINISHED))
            .group_by(col(Hazard.grid_id))
        ).all()
    )
    return Neighbourhood(
        code=above.code,
        name=above.name,
        parent=above.outline,
        grids=tuple(
            Sibling(
                code=grid.code,
                name=grid.name,
                outline=grid.outline,
                doors=doors[grid.id or 0],
                places=places.get(grid.id or 0, 0),
                open_hazards=hazards.get(grid.id or 0, 0),
            )
            for grid in grids
        ),
        buildings={grid.code: tuple(buildings[grid.id or 0]) for grid in grids},
    )
