"""A made-up street of as many small grids as wanted, square by square, sixteen corners each."""

from datetime import date
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from bench.rig.community import add_grid
from bench.rig.firegrid import Home, give_post
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid

WEST, SOUTH, SIDE = 105.0, 29.0, 0.002
"""Degrees: the lower left corner of the first square, and how wide each is."""
CODE = "599999001"
_IN_A_COMMUNITY = 60
_TOGETHER = 5_000
_SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))


def across(size: int) -> int:
    """How many squares lie side by side."""
    return int(size**0.5) + 1


def row(number: int, wide: int) -> dict[str, Any]:
    """A small grid without a parent, as a row."""
    x, y = WEST + SIDE * (number % wide), SOUTH + SIDE * (number // wide)
    ring = []
    for (ax, ay), (bx, by) in pairwise(_SQUARE):
        for step in (0, 0.25, 0.5, 0.75):
            ring.append([x + SIDE * (ax + (bx - ax) * step), y + SIDE * (ay + (by - ay) * step)])
    code = f"5{number:08d}"
    return {
        "code": code,
        "name": f"第{number}网格",
        "level": 3,
        "path": f"{code}/",
        "outline": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "label_lat": y + SIDE / 2,
        "label_lon": x + SIDE / 2,
        "valid_from": date(2026, 1, 1),
        "kind": "",
        "supervision_phone": "",
    }


def make_street(home: Home, size: int, officer: str) -> dict[str, Any]:
    """Put it into this database, with a post for a pilot account; its small grids as GeoJSON."""
    engine = make_engine(home.database)
    with Session(engine) as session:
        street = add_grid(session, CODE, "大街", 1, None, "")
        rows = []
        for number in range(size):
            if number % _IN_A_COMMUNITY == 0:
                index = number // _IN_A_COMMUNITY
                code, name = f"{CODE}{index:04d}", f"第{index}社区"
                community = add_grid(session, code, name, 2, street.id, street.path)
            one = row(number, across(size))
            code = f"{community.code}{number % _IN_A_COMMUNITY:03d}"
            rows.append(
                one | {"code": code, "path": f"{community.path}{code}/", "parent_id": community.id}
            )
        for start in range(0, size, _TOGETHER):
            session.connection().execute(
                Grid.__table__.insert(),  # type: ignore[attr-defined]
                rows[start : start + _TOGETHER],
            )
        session.commit()
    engine.dispose()
    give_post(home, officer, CODE, "street_officer")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": one["outline"],
                "properties": {"code": one["code"], "name": one["name"]},
            }
            for one in rows
        ],
    }
