"""The register as the first geocoder: grids, premises, buildings and check points by words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.grids.tables import Grid, PastName
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.visits.tables import Household

LEAST_SIGNS = 2
"""One sign would list half the register."""
KINDS = ("grid", "place", "building", "point")
"""What is looked for, in the order in which it is shown."""


@dataclass(frozen=True)
class Hit:
    """Something of the register with all the words; a place (WGS-84) where one is known."""

    kind: str
    name: str
    address: str
    grid_id: int
    lat: float | None
    lon: float | None
    formerly: str = ""
    """The name before, where only that one has the words."""


def asked_words(words: str) -> list[str]:
    """The words looked for; none where they are too few to look for anything."""
    asked = words[:60].split()[:4]
    return asked if sum(map(len, asked)) >= LEAST_SIGNS else []


def hits(
    session: Session,
    words: Sequence[str],
    today: date,
    most: int,
    *,
    path: str = "",
    levels: Sequence[int] = (0, 1, 2, 3),
    kinds: Sequence[str] = KINDS,
) -> list[Hit]:
    """What has every one of these words, in its own name or address or its grid's name.

    At least one word is its own; what it was called before counts where its name of today does not
    have them. Of grids in force of these levels, below `path` where one is
    named; at most `most` of each kind, what is called exactly so first.
    """
    in_force = [
        col(Grid.level).in_(levels),
        col(Grid.valid_from) <= today,
        or_(col(Grid.valid_to).is_(None), col(Grid.valid_to) >= today),
    ]
    if path:
        in_force.append(col(Grid.path).startswith(path, autoescape=True))
    find = {"grid": _grids, "place": _places, "building": _buildings, "point": _points}
    found: list[Hit] = []
    for kind in KINDS:
        if kind in kinds and words:
            found += find[kind](session, list(words), in_force, most, today)
    whole = " ".join(words)
    return sorted(found, key=lambda hit: whole not in (hit.name, hit.formerly))


Conditions = list[Any]


def _match(words: list[str], own: Sequence[Any], others: Sequence[Any]) -> Conditions:
    def has(column: Any, word: str) -> sa.ColumnElement[bool]:
        return col(column).icontains(word, autoescape=True)

    every = [or_(*(has(column, word) for column in (*own, *others))) for word in words]
    return [*every, or_(*(has(column, word) for column in own for word in words))]


def _grids(
    session: Session, words: list[str], in_force: Conditions, most: int, today: date
) -> list[Hit]:
    match = or_(
        sa.and_(*_match(words, (Grid.name,), ())),
        *([Grid.code == words[0]] if len(words) == 1 else []),
    )
    asked = (
        select(Grid.id, Grid.name, sa.literal(""), Grid.id, Grid.label_lat, Grid.label_lon)  # type: ignore[call-overload]
        .where(*in_force)
        .order_by(col(Grid.level).desc(), col(Grid.path))
        .limit(most)
    )
    before = asked.join(PastName, col(PastName.grid_id) == Grid.id).where(
        *_match(words, (PastName.name,), ())
    )
    return _today_and_before(session, "grid", asked.where(match), before, most)


def _places(
    session: Session, words: list[str], in_force: Conditions, most: int, today: date
) -> list[Hit]:
    asked = (
        select(Place.id, Place.name, Place.address, Place.grid_id, Place.lat, Place.lon)  # type: ignore[call-overload]
        .join(Grid, col(Grid.id) == Place.grid_id)
        .where(*in_force)
        .order_by(col(Place.name), col(Place.id))
        .limit(most)
    )
    now = asked.where(*_match(words, (Place.name, Place.address), (Grid.name,)))
    before = asked.join(PastName, col(PastName.place_id) == Place.id).where(
        *_match(words, (PastName.name,), (Place.address, Grid.name))
    )
    return _today_and_before(session, "place", now, before, most)


def _today_and_before(session: Session, kind: str, now: Any, before: Any, most: int) -> list[Hit]:
    """What is called so, then what was: once each, with the latest name that has the words."""
    found = {row[0]: Hit(kind, *row[1:]) for row in session.exec(now)}
    latest = before.add_columns(PastName.name).order_by(None)
    for row in session.exec(
        latest.order_by(col(PastName.ended_on).desc(), col(PastName.id).desc())
    ):
        found.setdefault(row[0], Hit(kind, *row[1:]))
    return list(found.values())[:most]


def _buildings(
    session: Session, words: list[str], in_force: Conditions, most: int, today: date
) -> list[Hit]:
    rows = session.exec(
        select(Household.building, Household.grid_id)
        .join(Grid, col(Grid.id) == Household.grid_id)
        .where(
            *in_force,
            *_match(words, (Household.building,), (Grid.name,)),
            col(Household.ended_at).is_(None),
        )
        .distinct()
        .order_by(col(Household.building), col(Household.grid_id))
        .limit(most)
    ).all()
    # Where a building is, the check points in it know.
    where = session.exec(
        select(  # type: ignore[call-overload]
            CheckPoint.grid_id,
            CheckPoint.building,
            func.avg(CheckPoint.lat),
            func.avg(CheckPoint.lon),
        )
        .where(
            col(CheckPoint.grid_id).in_({grid_id for _, grid_id in rows}),
            col(CheckPoint.building).in_({building for building, _ in rows}),
        )
        .group_by(col(CheckPoint.grid_id), col(CheckPoint.building))
    )
    places = {(grid_id, building): (lat, lon) for grid_id, building, lat, lon in where}
    return [
        Hit("building", building, "", grid_id, *places.get((grid_id, building), (None, None)))
        for building, grid_id in rows
    ]


def _points(
    session: Session, words: list[str], in_force: Conditions, most: int, today: date
) -> list[Hit]:
    rows = session.exec(
        select(CheckPoint.name, CheckPoint.grid_id, CheckPoint.lat, CheckPoint.lon)  # type: ignore[call-overload]
        .join(Grid, col(Grid.id) == CheckPoint.grid_id)
        .where(
            *in_force,
            *_match(words, (CheckPoint.name,), (Grid.name,)),
            # The point of premises bears their name: they are found themselves.
            col(CheckPoint.place_id).is_(None),
            or_(col(CheckPoint.ends_on).is_(None), col(CheckPoint.ends_on) >= today),
        )
        .order_by(col(CheckPoint.name), col(CheckPoint.id))
        .limit(most)
    )
    return [Hit("point", name, "", grid_id, lat, lon) for name, grid_id, lat, lon in rows]
