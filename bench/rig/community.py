"""A made-up community of any size: one secretary, small grids, doors, places, points, a history."""

import math
import random
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, insert

from bench.rig.firegrid import Home, log_in_row
from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.kinds import CATEGORIES
from firegrid_app.hazards.tables import Hazard
from firegrid_app.places.tables import Place
from firegrid_app.points.rules import new_tag
from firegrid_app.points.tables import CheckPoint
from firegrid_app.visits.rules import CARE_MARKS, OUTCOMES
from firegrid_app.visits.tables import Household, Visit

_STREETS = ("泸州街", "文昌路", "萱花路", "红河大道", "玉屏路", "官井路", "人民南路", "渝西大道")
_PLACES = ("小餐饮", "小旅馆", "小商店", "小学校幼儿园", "小医院诊所", "小网吧", "小作坊")


@dataclass(frozen=True)
class Size:
    """What the pack of a community holds."""

    grids: int = 60
    doors: int = 9_000
    places: int = 500
    check_points: int = 600
    hazards: int = 300
    knocked: float = 0.6
    """Share of the doors knocked at in the last weeks."""

    @property
    def records(self) -> int:
        """Rows a phone gets."""
        return self.grids + self.doors + self.places + self.check_points + self.hazards

    def times(self, factor: int) -> "Size":
        """So many times as much of everything, in as many grids."""
        return Size(
            self.grids * factor,
            self.doors * factor,
            self.places * factor,
            self.check_points * factor,
            self.hazards * factor,
        )


FULL = Size()
"""A community as large as they come: 10,460 records."""


@dataclass(frozen=True)
class Secretary:
    """Who is responsible for it, logged in."""

    person_id: int
    token: str
    community: str


_numbers = count(1)
_TOGETHER = 5_000


def make_community(home: Home, size: Size = FULL) -> Secretary:
    """Put one more community into this database; its numbers never meet the pilot's."""
    number = next(_numbers)
    chance = random.Random(number)
    now = datetime.now(UTC).replace(microsecond=0)
    engine = make_engine(home.database)
    with Session(engine) as session:
        code = f"9{number:05d}001001"
        town = add_grid(session, code, f"{_STREETS[number % 8]}社区", 2, None, "")
        small = [
            add_grid(
                session,
                f"{code}{index:03d}",
                f"{town.name}第{index}网格",
                3,
                town.id,
                town.path,
                _blob(chance, index),
            )
            for index in range(1, size.grids + 1)
        ]
        ids = [grid.id or 0 for grid in small]
        person = Person(phone=f"19{number:09d}", name="石珍", created_at=now)
        session.add(person)
        session.flush()
        assert person.id is not None
        token = secrets.token_urlsafe(32)
        session.add(log_in_row(person.id, token, now))
        session.add(
            Post(
                person_id=person.id,
                grid_id=town.id or 0,
                role=Role.COMMUNITY_SECRETARY,
                starts_on=date(2026, 1, 1),
            )
        )
        _add(session, Household, _doors(chance, ids, size.doors))
        _add(session, Place, _places(chance, code, ids, size.places))
        _add(session, CheckPoint, _points(code, ids, size.check_points))
        _add(session, Hazard, _hazards(chance, ids, person.id, size.hazards, now))
        rows = session.execute(
            sa.select(Household.id, Household.grid_id).where(Household.grid_id.in_(ids))  # type: ignore[attr-defined]
        ).all()
        _add(session, Visit, _visits(chance, rows, person.id, size.knocked, now))
        secretary = Secretary(person.id, token, code)
        session.commit()
    engine.dispose()
    return secretary


def _add(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    for first in range(0, len(rows), _TOGETHER):
        session.execute(insert(table), rows[first : first + _TOGETHER])


def add_grid(
    session: Session,
    code: str,
    name: str,
    level: int,
    parent: int | None,
    above: str,
    outline: dict[str, Any] | None = None,
) -> Grid:
    """A grid of this level below `parent`, whose path is `above`; its id is known at once."""
    grid = Grid(
        code=code,
        name=name,
        level=level,
        parent_id=parent,
        path=f"{above}{code}/",
        kind="urban",
        outline=outline,
        supervision_phone="02349800000",
        valid_from=date(2026, 1, 1),
    )
    session.add(grid)
    session.flush()
    return grid


def _blob(chance: random.Random, index: int) -> dict[str, Any]:
    """An outline of sixty corners, as drawn by hand along streets."""
    west, south = 105.9 + index % 8 * 0.004, 29.3 + index // 8 * 0.004
    ring = []
    for corner in range(60):
        angle = corner / 60 * 2 * math.pi
        radius = 0.0016 + chance.random() * 0.0004
        ring.append(
            [round(west + radius * math.cos(angle), 6), round(south + radius * math.sin(angle), 6)]
        )
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _doors(chance: random.Random, ids: list[int], most: int) -> list[dict[str, Any]]:
    rows = []
    for number in range(most):
        place = number // len(ids)
        floor, room = place // 4 % 18 + 1, place % 4 + 1
        house, unit = place // 72 // 2 + 1, place // 72 % 2 + 1
        mark = chance.choice(CARE_MARKS) if chance.random() < 0.04 else ""
        rows.append(
            {
                "grid_id": ids[number % len(ids)],
                "building": f"{house}栋",
                "unit": f"{unit}单元",
                "floor": floor,
                "room": f"{floor}{room:02d}",
                "care_mark": mark,
            }
        )
    return rows


def _places(chance: random.Random, code: str, ids: list[int], most: int) -> list[dict[str, Any]]:
    return [
        {
            "code": f"{code}P{number}",
            "name": f"{chance.choice('龚汪石何罗周')}记{chance.choice(_STREETS)}店{number}",
            "category": chance.choice(_PLACES),
            "grid_id": ids[number % len(ids)],
            "lat": round(29.3 + chance.random() * 0.03, 6),
            "lon": round(105.9 + chance.random() * 0.03, 6),
            "responsible_person": "",
            "phone": "",
        }
        for number in range(most)
    ]


def _points(code: str, ids: list[int], most: int) -> list[dict[str, Any]]:
    return [
        {
            "code": f"{code}C{number}",
            "grid_id": ids[number % len(ids)],
            "name": f"{number // len(ids) + 1}栋{number % 3 + 1}单元楼梯间",
            "kind": "stairwell",
            "tag": new_tag(),
        }
        for number in range(most)
    ]


def _record(chance: random.Random, grid_id: int, person_id: int, at: datetime) -> dict[str, Any]:
    return {
        "id": UUID(int=chance.getrandbits(128), version=4),
        "grid_id": grid_id,
        "person_id": person_id,
        "happened_at": at,
        "received_at": at,
        "position_source": "none",
    }


def _hazards(
    chance: random.Random, ids: list[int], person_id: int, most: int, now: datetime
) -> list[dict[str, Any]]:
    return [
        _record(chance, ids[number % len(ids)], person_id, now - timedelta(hours=number % 700))
        | {
            "category": chance.choice(CATEGORIES).code,
            "severity": "general",
            "words": f"{chance.choice(_STREETS)}楼道堆放杂物约{number}件，已当面告知，限期清理",
            "where_words": f"{number % 20 + 1}栋{number % 3 + 1}单元{number % 18 + 1}层",
            "urgent": False,
            "status": "open",
            "owner_id": person_id,
            "due_on": (now + timedelta(days=7 - number % 14)).date(),
            "steps": 0,
        }
        for number in range(most)
    ]


def _visits(
    chance: random.Random, doors: Any, person_id: int, share: float, now: datetime
) -> list[dict[str, Any]]:
    rows = []
    for door, grid_id in doors:
        if chance.random() >= share:
            continue
        for _ in range(chance.randint(1, 3)):
            at = now - timedelta(minutes=chance.randint(1, 60 * 24 * 60))
            outcome = chance.choices(OUTCOMES, (6, 2, 1, 1, 1, 1))[0]
            rows.append(
                _record(chance, grid_id, person_id, at)
                | {"household_id": door, "outcome": outcome, "note": ""}
            )
    return rows
