"""The people and grids all tests play with: one county, small enough to know by heart.

county 500118
  street 500118003
    community 500118003001
      a  500118003001001   head_a, member_a, leader_a, switched_off; six doors, two with care
      b  500118003001002   member_b, the neighbour: refused in everything of a
    community 500118003002
      c  500118003002001
  other street 500118004
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, SQLModel

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.rules import Actor, Held, Role
from firegrid_app.access.tables import LoginSession, Person, Post
from firegrid_app.boards.tables import PublicContact
from firegrid_app.duties.tables import CalendarDay
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.visits.tables import Household

MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai on a workday: the moment every test begins at."""
PASSWORD = "Nandajie-2026"
"""Everybody's password."""
PHONE_NUMBER = re.compile(r"138[\d*]{4}")
"""One of theirs, whole or masked: to look for where none is to be ("138" may be any row's id)."""

COUNTY, STREET, OTHER_STREET = "500118", "500118003", "500118004"
COMMUNITY, OTHER_COMMUNITY = "500118003001", "500118003002"
A, B, C = "500118003001001", "500118003001002", "500118003002001"
WEST, SOUTH, SIDE = 105.9, 29.35, 0.002

GRIDS = (
    # key, code, name, level, parent, columns of the row of squares it covers
    ("county", COUNTY, "永川区", 0, None, (0, 4)),
    ("street", STREET, "南大街街道", 1, "county", (0, 3)),
    ("other_street", OTHER_STREET, "中山路街道", 1, "county", (3, 4)),
    ("community", COMMUNITY, "小桥子社区", 2, "street", (0, 2)),
    ("other_community", OTHER_COMMUNITY, "泸州街社区", 2, "street", (2, 3)),
    ("a", A, "小桥子社区第1网格", 3, "community", (0, 1)),
    ("b", B, "小桥子社区第2网格", 3, "community", (1, 2)),
    ("c", C, "泸州街社区第1网格", 3, "other_community", (2, 3)),
)
PEOPLE = (
    # key, name, phone, role and grid of the post (None: nobody with an account)
    ("administrator", "文静", "13800000001", Role.COUNTY_ADMINISTRATOR, "county"),
    ("officer", "曹英", "13800000002", Role.STREET_OFFICER, "street"),
    ("other_officer", "邓波", "13800000003", Role.STREET_OFFICER, "other_street"),
    ("department", "唐宁", "13800000004", Role.DEPARTMENT_HANDLER, "street"),
    ("secretary", "石珍", "13800000005", Role.COMMUNITY_SECRETARY, "community"),
    ("other_secretary", "汪洋", "13800000006", Role.COMMUNITY_SECRETARY, "other_community"),
    ("head_a", "龚丽", "13800000007", Role.GRID_HEAD, "a"),
    ("member_a", "姜龙", "13800000008", Role.GRID_MEMBER, "a"),
    ("member_b", "何芳", "13800000009", Role.GRID_MEMBER, "b"),
    ("leader_a", "罗强", "13800000010", Role.BUILDING_LEADER, "a"),
    ("resident", "周敏", "13800000011", None, None),
    ("switched_off", "吴刚", "13800000012", Role.GRID_MEMBER, "a"),
)
NAMES = tuple(key for key, *_ in PEOPLE)


@dataclass(frozen=True)
class Cast:
    """Ids by name. Rows are not kept: a test loads what it needs in its own session."""

    grids: dict[str, int]
    codes: dict[str, str]
    paths: dict[str, str]
    people: dict[str, int]
    phones: dict[str, str]
    tokens: dict[str, str]
    actors: dict[str, Actor]
    check_points: dict[str, int]
    """a1, a2, b1, c1."""
    places: dict[str, int]
    """a, b."""
    doors: dict[str, int]
    """a1 to a6 (a2 and a5 with a care mark), b1 (with a care mark), b2, c1."""

    def actor(self, name: str) -> Actor:
        """Who that person is to a service."""
        return self.actors[name]


def outline(first: int, beyond: int) -> dict[str, Any]:
    """The rectangle of these columns of squares; neighbours share their edge, nothing overlaps."""
    west, east = round(WEST + first * SIDE, 6), round(WEST + beyond * SIDE, 6)
    south, north = SOUTH, round(SOUTH + SIDE, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@cache
def password_hash() -> str:
    """Everybody's hash, made once: argon2 with the least work it takes."""
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)


def bring_grids(session: Session) -> dict[str, Grid]:
    """The tree alone, parents first."""
    grids: dict[str, Grid] = {}
    for key, code, name, level, parent, columns in GRIDS:
        above = grids[parent] if parent else None
        grids[key] = Grid(
            code=code,
            name=name,
            level=level,
            parent_id=above.id if above else None,
            path=f"{above.path if above else ''}{code}/",
            kind="urban" if level >= 2 else "",
            outline=outline(*columns),
            label_lat=SOUTH + SIDE / 2,
            label_lon=WEST + (columns[0] + columns[1]) / 2 * SIDE,
            valid_from=date(2026, 1, 1),
        )
        session.add(grids[key])
        session.flush()
    return grids


def bring_cast(session: Session) -> Cast:
    """Put the whole cast into an empty database."""
    now = MONDAY_MORNING
    grids = bring_grids(session)
    people: dict[str, Person] = {}
    for key, name, phone, _, _ in PEOPLE:
        people[key] = Person(
            phone=phone,
            name=name,
            password_hash=password_hash(),
            created_at=now - timedelta(days=90),
            switched_off_at=now - timedelta(days=1) if key == "switched_off" else None,
        )
    places = {
        key: Place(
            code=f"{grids[key].code}P01",
            name=f"{key.upper()}记旅馆",
            category="小旅馆",
            grid_id=_id(grids[key]),
            lat=round(SOUTH + SIDE / 2, 6),
            lon=round(WEST + SIDE / 2, 6),
            responsible_person="石珍强",
            phone="13900000001",
        )
        for key in ("a", "b")
    }
    _add(session, *people.values(), *places.values())
    logins = {
        key: LoginSession(
            token_hash=hash_token(f"token-of-{key}"),
            person_id=_id(person),
            device="Android · Chrome",
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=30),
        )
        for key, person in people.items()
    }
    points = {
        "a1": _point(grids["a"], "A1", "1栋1单元", "stairwell", building="1栋", unit="1单元"),
        "a2": _point(
            grids["a"],
            "A2",
            "A记旅馆",
            "place",
            place_id=_id(places["a"]),
            lat=places["a"].lat,
            lon=places["a"].lon,
        ),
        "b1": _point(grids["b"], "B1", "3栋2单元", "stairwell", building="3栋", unit="2单元"),
        "c1": _point(grids["c"], "C1", "村道", "lane"),
    }
    doors = {
        "a1": _door(grids["a"], 1, "101"),
        "a2": _door(grids["a"], 1, "102", "elderly_alone"),
        "a3": _door(grids["a"], 2, "201"),
        "a4": _door(grids["a"], 2, "202"),
        "a5": _door(grids["a"], 3, "301", "needs_evacuation_help"),
        "a6": _door(grids["a"], 3, "302"),
        "b1": _door(grids["b"], 1, "101", "child_left_behind"),
        "b2": _door(grids["b"], 1, "102"),
        "c1": _door(grids["c"], 1, "101"),
    }
    posts = {
        key: Post(
            person_id=_id(people[key]),
            grid_id=_id(grids[where]),
            role=role,
            starts_on=date(2026, 3, 1),
        )
        for key, _, _, role, where in PEOPLE
        if role is not None and where is not None
    }
    days = (
        CalendarDay(day=date(2026, 10, 1), is_workday=False, name="国庆节"),
        CalendarDay(day=date(2026, 10, 10), is_workday=True, name="国庆节调休"),
    )
    _add(session, *logins.values(), *points.values(), *doors.values(), *posts.values(), *days)
    _add(session, *_contacts(grids, people))
    return Cast(
        grids={key: _id(grid) for key, grid in grids.items()},
        codes={key: grid.code for key, grid in grids.items()},
        paths={key: grid.path for key, grid in grids.items()},
        people={key: _id(person) for key, person in people.items()},
        phones={key: person.phone for key, person in people.items()},
        tokens={key: f"token-of-{key}" for key in people},
        actors={
            key: Actor(
                person_id=_id(people[key]),
                name=name,
                session_id=_id(logins[key]),
                posts=()
                if role is None or where is None
                else (Held(role, _id(grids[where]), grids[where].path, grids[where].level),),
            )
            for key, name, _, role, where in PEOPLE
        },
        check_points={key: _id(point) for key, point in points.items()},
        places={key: _id(place) for key, place in places.items()},
        doors={key: _id(door) for key, door in doors.items()},
    )


def _contacts(grids: dict[str, Grid], people: dict[str, Person]) -> list[PublicContact]:
    """Posted for a: the head with a phone, the member by name only, one whose time is over."""
    grid_id, began = _id(grids["a"]), date(2026, 3, 1)
    return [
        PublicContact(
            grid_id=grid_id,
            person_id=people["head_a"].id,
            role=Role.GRID_HEAD,
            display_name="龚丽",
            work_phone="02349800001",
            publish_phone=True,
            basis="duty 永南街发〔2026〕3号",
            starts_on=began,
        ),
        PublicContact(
            grid_id=grid_id,
            person_id=people["member_a"].id,
            role=Role.GRID_MEMBER,
            display_name="姜龙",
            work_phone="13800000008",
            basis="consent 2026-03-01",
            starts_on=began,
        ),
        PublicContact(
            grid_id=grid_id,
            person_id=None,
            role=Role.GRID_MEMBER,
            display_name="前任员",
            work_phone="02349800002",
            publish_phone=True,
            basis="consent 2025-03-01",
            starts_on=date(2025, 3, 1),
            ends_on=date(2026, 2, 28),
        ),
    ]


def tag_of(key: str) -> str:
    """The printed code of a check point of the cast: `tag_of("a1")`."""
    return f"{key[0].upper()}NNNNNNNN{int(key[1]) + 1}"


def _point(grid: Grid, key: str, name: str, kind: str, **more: Any) -> CheckPoint:
    code = f"{grid.code}C{key[1]}"
    return CheckPoint(code=code, tag=tag_of(key), grid_id=_id(grid), name=name, kind=kind, **more)


def _door(grid: Grid, floor: int, room: str, care_mark: str = "") -> Household:
    return Household(
        grid_id=_id(grid), building="1栋", unit="1单元", floor=floor, room=room, care_mark=care_mark
    )


def _add(session: Session, *rows: SQLModel) -> None:
    session.add_all(rows)
    session.flush()


def _id(row: Any) -> int:
    """The id of a row that has been flushed."""
    assert row.id is not None
    return int(row.id)
