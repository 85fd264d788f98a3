"""How far a campaign is, door by door: one count for list, picture, phones and file."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import accumulate, groupby, takewhile
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, case, col, func, or_, select

from firegrid_app.campaigns.cards import (
    DoorPhotos,
    DoorSquare,
    GridProgress,
    PictureStorey,
    Progress,
    ProgressRow,
)
from firegrid_app.campaigns.rules import DoorState
from firegrid_app.campaigns.tables import Campaign, CampaignArea
from firegrid_app.grids.tables import Grid
from firegrid_app.photos.service import photos_by_record
from firegrid_app.photos.tables import OF_A_VISIT
from firegrid_app.visits.tables import Household, Visit

MOST_ROWS = 5_000
"""Buildings on the page of a campaign; a street has fewer. Sums, map and file are of all."""


def areas_of(session: Session, campaign: Campaign) -> list[Grid]:
    """The grids it was made for, each with all below it."""
    rows = session.exec(
        select(Grid)
        .join(CampaignArea, col(CampaignArea.grid_id) == Grid.id)
        .where(CampaignArea.campaign_id == campaign.id)
        .order_by(col(Grid.path))
    )
    return list(rows)


def _tried(campaign: Campaign) -> Any:
    """Doors it was tried at, with 1 for those done: the only place that says which is which.

    Once done a door stays done (`rules.state_of`).
    """
    is_done = case((col(Visit.outcome).in_(campaign.done_outcomes), 1), else_=0)
    return (
        select(Visit.household_id, func.max(is_done).label("done"))
        .where(Visit.campaign_id == campaign.id)
        .group_by(col(Visit.household_id))
        .subquery()
    )


def _covered(session: Session, campaign: Campaign) -> Any:
    return _below([grid.path for grid in areas_of(session, campaign)])


def _below(paths: Collection[str]) -> Any:
    return or_(sa.false(), *(col(Grid.path).startswith(path, autoescape=True) for path in paths))


def progress_rows(
    session: Session, campaign: Campaign, within: Collection[str] | None = None
) -> list[ProgressRow]:
    """Its figures by building, grid by grid, of all its grids or of those below these paths. The
    caller has checked the campaign."""
    tried = _tried(campaign)
    done = func.coalesce(func.sum(tried.c.done), 0)
    rows = session.execute(
        select(  # type: ignore[call-overload]
            Grid.code,
            Grid.name,
            Household.building,
            func.count(),
            done,
            func.count(tried.c.household_id) - done,
        )
        .join(Grid, col(Grid.id) == Household.grid_id)
        .outerjoin(tried, tried.c.household_id == Household.id)
        .where(
            _covered(session, campaign),
            sa.true() if within is None else _below(within),
            col(Household.ended_at).is_(None),
        )
        .group_by(Grid.path, Grid.code, Grid.name, Household.building)
        .order_by(Grid.path, Household.building)
    )
    return [
        ProgressRow(
            code, name, building, doors, int(done), int(back), doors - int(done) - int(back)
        )
        for code, name, building, doors, done, back in rows
    ]


def total_of(rows: Collection[ProgressRow]) -> Progress:
    """Altogether."""
    return Progress(
        doors=sum(row.doors for row in rows),
        done=sum(row.done for row in rows),
        back=sum(row.back for row in rows),
        never=sum(row.never for row in rows),
    )


def by_grid(rows: Collection[ProgressRow]) -> list[GridProgress]:
    """The rows under their grids, each with its own sum; they come grid by grid."""
    found = []
    for (grid, name), some in groupby(rows, key=lambda row: (row.grid, row.grid_name)):
        buildings = list(some)
        found.append(GridProgress(grid, name, total_of(buildings), buildings))
    return found


def first_of(grids: Sequence[GridProgress]) -> list[GridProgress]:
    """As many whole grids as a page can list: the first, of `MOST_ROWS` buildings at most."""
    listed = takewhile(
        lambda pair: pair[1] <= MOST_ROWS,
        zip(grids, accumulate(len(one.buildings) for one in grids), strict=True),
    )
    return [one for one, _ in listed]


def tried_doors(
    session: Session, campaign: Campaign, grid_ids: Collection[int]
) -> tuple[list[int], list[int]]:
    """Ids of doors done with, and of those to come back to, in these grids: for phones."""
    tried = _tried(campaign)
    rows = session.execute(
        select(tried.c.household_id, tried.c.done)
        .join(Household, col(Household.id) == tried.c.household_id)
        .where(col(Household.grid_id).in_(grid_ids), col(Household.ended_at).is_(None))
        .order_by(tried.c.household_id)
    ).all()
    return [door for door, is_done in rows if is_done], [door for door, done in rows if not done]


def picture(session: Session, campaign: Campaign, grid: Grid, building: str) -> list[PictureStorey]:
    """A building as it stands, each door with how far it is. The caller has checked the grid."""
    tried = _tried(campaign)
    doors = session.execute(
        select(Household, tried.c.done)  # type: ignore[call-overload]
        .outerjoin(tried, tried.c.household_id == Household.id)
        .where(
            Household.grid_id == grid.id,
            Household.building == building,
            col(Household.ended_at).is_(None),
        )
        .order_by(col(Household.id))
    ).all()
    last = _last_outcomes(session, campaign, [door.id for door, _ in doors])
    storeys: dict[tuple[str, int], list[DoorSquare]] = defaultdict(list)
    for door, done in doors:
        storeys[door.unit, door.floor].append(
            DoorSquare(door.id, door.room, _state(done).value, last.get(door.id, ""))
        )
    ordered = sorted(storeys, key=lambda one: (len(one[0]), one[0], -one[1]))
    return [PictureStorey(unit, floor, storeys[unit, floor]) for unit, floor in ordered]


def _state(done: int | None) -> DoorState:
    if done is None:
        return DoorState.NEVER
    return DoorState.DONE if done else DoorState.BACK


def _last_outcomes(session: Session, campaign: Campaign, doors: list[int]) -> dict[int, str]:
    rows = session.exec(
        select(Visit.household_id, Visit.outcome)
        .where(Visit.campaign_id == campaign.id, col(Visit.household_id).in_(doors))
        .order_by(col(Visit.happened_at), col(Visit.id).desc())
    )
    return dict(rows.all())


def door_photos(
    session: Session, campaign: Campaign, storeys: Collection[PictureStorey]
) -> list[DoorPhotos]:
    """What was photographed at these doors for this campaign. The caller has checked the grid."""
    # Every stair of a building has a 101.
    rooms = {
        door.id: f"{storey.unit} {door.room}".strip() for storey in storeys for door in storey.doors
    }
    if not rooms:
        return []
    knocks = session.exec(
        select(Visit.id, Visit.household_id)
        .where(Visit.campaign_id == campaign.id, col(Visit.household_id).in_(rooms))
        .order_by(col(Visit.happened_at))
    ).all()
    taken = photos_by_record(session, OF_A_VISIT, [knock for knock, _ in knocks])
    found: dict[int, list[str]] = {}
    for knock, door in knocks:
        if knock in taken:
            found.setdefault(door, []).extend(str(photo) for photo in taken[knock])
    return [DoorPhotos(rooms[door], photos) for door, photos in found.items()]
