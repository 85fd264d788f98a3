"""Makes the day pack of one member: what the phone needs to work a day without network."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import me
from firegrid_app.alarms.service import alarms_of
from firegrid_app.alerts.service import alerts_for
from firegrid_app.campaigns.leaflet import pictures_of
from firegrid_app.campaigns.service import running_for
from firegrid_app.checklists.service import lists_of_streets
from firegrid_app.clock import local_day
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.service import is_workday, year_is_known
from firegrid_app.equipment.service import equipment_of
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.lists import open_hazards
from firegrid_app.hazards.reported import own_reports
from firegrid_app.hazards.rules.kinds import CATEGORIES
from firegrid_app.households.cards import NeighbourLine
from firegrid_app.households.neighbours import pairs_of
from firegrid_app.maps.base import phone_base
from firegrid_app.patrols.days import walks_of_day
from firegrid_app.places.service import places_of
from firegrid_app.places.street_letters import letters_for
from firegrid_app.points.service import check_points_of
from firegrid_app.presence.cards import ModeCard
from firegrid_app.presence.modes import modes_of
from firegrid_app.roads.service import roads_for_phone
from firegrid_app.rota.away import away_on
from firegrid_app.rota.carried import carried
from firegrid_app.settings import settings
from firegrid_app.shouts.recordings import recordings_for
from firegrid_app.shouts.rules import in_season
from firegrid_app.shouts.scripts import own_scripts
from firegrid_app.sync.cards import NamedGrid, PackAway, PackCategory, PackDay, PackGrid
from firegrid_app.sync.sections import Section, columns, section
from firegrid_app.training.coming import coming_for
from firegrid_app.visits.cards import DayList
from firegrid_app.visits.service import doors_of, lists_of_day

COMMUNITY = 2
"""A post held at this level or below gets its grids whole; one above gets the names of its own."""
MOST_NAMES = 3_000
"""Grids by name on one phone; how many more there are is said on it."""


def pack_sections(session: Session, actor: Actor, now: datetime) -> list[Section]:
    """All sections in force for this member today. Only grids of the actor's own scope go in."""
    grids = grids_in_full(session, actor)
    named, left_out = grids_by_name(session, actor, {grid.code for grid in grids})
    working = [grid for grid in grids if actor.may(Action.RECORD, grid.path)]
    today = local_day(now, settings().zone)
    parents = _names(session, {grid.parent_id for grid in (*grids, *named)})
    modes = modes_of(session, grids, today)
    hazards = open_hazards(session, [grid.id for grid in working], today, reader=actor)
    base = phone_base()
    roads = roads_for_phone(session, grids)
    campaigns = running_for(session, working, now)
    leaflets = pictures_of(session, campaigns)
    own = own_reports(session, actor, [grid.id for grid in grids if grid not in working], now)
    return [
        section("me", me(session, actor, now)),
        section("day", _day(session, actor, now, len(named), left_out)),
        section("lists", _lists(today.month)),
        *([section("base", {"base_map": base})] if base and grids else []),
        *([section("roads", {"roads": roads})] if roads.names else []),
        *(section(f"grid:{grid.code}", _whole(grid, parents, modes)) for grid in grids),
        section("duties", {"duties": inbox(session, actor, now)}),
        *([section("reported", {"reported": own})] if own else []),
        *(
            section(f"checklists:{code}", found)
            for code, found in lists_of_streets(session, working).items()
        ),
        *(
            section(f"scripts:{code}", {"scripts": found})
            for code, found in own_scripts(session, working, today).items()
        ),
        *(
            section(f"letters:{code}", {"letter": found})
            for code, found in letters_for(session, working).items()
        ),
        *_recordings(session, working),
        section("coming", {"coming": coming_for(session, actor, now)}),
        section("rota", {"rota": carried(session, actor, now)}),
        section("campaigns", {"campaigns": campaigns}),
        *([section("leaflets", {"leaflets": leaflets})] if leaflets else []),
        section("alerts", {"alerts": alerts_for(session, actor, working, now)}),
        *_by_parent(named, parents),
        *_by_grid("places", places_of(session, grids, today)),
        *_by_grid("equipment", equipment_of(session, working, today)),
        *_by_grid("check_points", check_points_of(session, working, today)),
        *_by_grid("doors", doors_of(session, working)),
        *_by_grid("alarms", alarms_of(session, working)),
        *_day_lists(session, actor, working, now),
        *_by_grid("hazards", sorted(hazards, key=attrgetter("grid"))),
    ]


def grids_in_full(session: Session, actor: Actor) -> list[Grid]:
    """Grids the actor works in, or reports in at close hand: each post's own and those below."""
    scopes = {
        post.grid_path
        for post in actor.posts
        if actor.may(Action.RECORD, post.grid_path)
        or (post.grid_level >= COMMUNITY and actor.may(Action.REPORT_HAZARD, post.grid_path))
    }
    return list(session.exec(_in_force(scopes).order_by(col(Grid.path)))) if scopes else []


def grids_by_name(session: Session, actor: Actor, whole: set[str]) -> tuple[list[Grid], int]:
    """Grids one answers for from a street or county, the highest first; how many found no room.

    Those in `whole` the phone has already.
    """
    scopes = {
        post.grid_path
        for post in actor.posts
        if post.grid_level < COMMUNITY and actor.may(Action.REPORT_HAZARD, post.grid_path)
    }
    if not scopes:
        return [], 0
    query = _in_force(scopes).options(WITHOUT_OUTLINE)
    found = list(
        session.exec(query.order_by(col(Grid.level), col(Grid.path)).limit(MOST_NAMES + 1))
    )
    left_out = 0
    if len(found) > MOST_NAMES:
        counted = session.exec(select(func.count()).select_from(_in_force(scopes).subquery()))
        left_out = counted.one() - MOST_NAMES
    return [grid for grid in found[:MOST_NAMES] if grid.code not in whole], left_out


def _in_force(scopes: Iterable[str]) -> Any:
    below = (col(Grid.path).startswith(path, autoescape=True) for path in sorted(scopes))
    return select(Grid).where(or_(*below)).where(col(Grid.valid_to).is_(None))


def _names(session: Session, grid_ids: set[int | None]) -> dict[int | None, tuple[str, str]]:
    rows = session.exec(select(Grid.id, Grid.code, Grid.name).where(col(Grid.id).in_(grid_ids)))
    return {grid_id: (code, name) for grid_id, code, name in rows}


def _whole(
    grid: Grid, parents: dict[int | None, tuple[str, str]], modes: dict[int, ModeCard]
) -> PackGrid:
    return PackGrid(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        path=grid.path,
        parent_name=parents.get(grid.parent_id, ("", ""))[1],
        outline=grid.outline,
        supervision_phone=grid.supervision_phone or settings().supervision_phone,
        presence=modes[grid.id or 0],
    )


def _by_parent(named: list[Grid], parents: dict[int | None, tuple[str, str]]) -> Iterator[Section]:
    above = {grid.id: parents.get(grid.parent_id, ("top", "")) for grid in named}
    named = sorted(named, key=lambda grid: (above[grid.id], grid.path))
    for (code, name), some in groupby(named, key=lambda grid: above[grid.id]):
        rows = [NamedGrid(grid.code, grid.name, grid.level, grid.path) for grid in some]
        yield section(f"names:{code}", {"parent_name": name, **columns(rows)})


def _by_grid(kind: str, cards: Iterable[Any]) -> Iterator[Section]:
    """A section a grid; the cards come grid by grid. A grid without any has none."""
    for code, some in groupby(cards, key=attrgetter("grid")):
        yield section(f"{kind}:{code}", columns(list(some), leave_out=("grid", "grid_name")))


def _recordings(session: Session, working: list[Grid]) -> Iterator[Section]:
    """What can be played where; the bytes are fetched one by one, by each phone in its time."""
    found = recordings_for(session, working)
    for code, some in groupby(found, key=itemgetter(0)):
        yield section(f"recordings:{code}", {"recordings": [card for _, card in some]})


def _day_lists(
    session: Session, actor: Actor, working: list[Grid], now: datetime
) -> Iterator[Section]:
    lists = lists_of_day(session, actor, working, now)
    cared_for = [door.id for found in lists.values() for door in found.doors if door.care_mark]
    helpers = pairs_of(session, cared_for)
    for code, found in lists.items():
        doors: dict[str, Any] = columns(found.doors) if found.doors else {"columns": [], "rows": []}
        yield section(
            f"list:{code}",
            {
                "doors": doors,
                "done": found.done,
                "more": found.more,
                **_neighbours(found, helpers),
            },
            shows_care=any(door.care_mark for door in found.doors),
        )


def _neighbours(found: DayList, helpers: dict[int, list[NeighbourLine]]) -> dict[str, Any]:
    """Who looks after the doors of the list that carry a care mark (YB-70); nothing without any."""
    lines = {
        str(door.id): [
            {"door": one.door, "name": one.name, "phone": one.phone, "note": one.note}
            for one in helpers[door.id]
        ]
        for door in found.doors
        if door.id in helpers
    }
    return {"neighbours": lines} if lines else {}


def _day(session: Session, actor: Actor, now: datetime, named: int, left_out: int) -> PackDay:
    today = local_day(now, settings().zone)
    workday = is_workday(session, today)
    walks, minutes = walks_of_day(session, actor, today)
    away = away_on(session, actor.person_id, today)
    return PackDay(
        day=today.isoformat(),
        timezone=settings().timezone,
        is_workday=workday,
        calendar_known=year_is_known(session, today.year),
        target_minutes=actor.daily_target if workday and away is None else 0,
        minutes=minutes,
        walks=tuple(walks),
        gap_minutes=settings().longest_gap_minutes,
        by_name_only=named,
        left_out=left_out,
        away=PackAway(away.why, away.words, away.last_on.isoformat()) if away else None,
    )


def _lists(month: int) -> dict[str, Any]:
    """What is the same for everybody: categories to choose from, scripts of the season first."""
    return {
        "categories": [PackCategory(c.code, c.severity, c.urgent) for c in CATEGORIES],
        "scripts": [script.code for script in in_season(month)],
    }
