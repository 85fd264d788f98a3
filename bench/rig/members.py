"""Many members with a phone each, and what such a phone holds after a day without network."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from bench.rig.firegrid import COOKIE, Home, log_in_row
from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.points.tables import CheckPoint
from firegrid_app.sync.kinds import BODIES

_FAR_OFF = (29.35741, 105.91652)
_ODD = 20
"""One phone in so many says a place far from its grid: what looks odd is flagged, at a cost."""


@dataclass(frozen=True)
class Walker:
    """Somebody with a phone, a grid, and check points in it."""

    person_id: int
    token: str
    grid: str
    points: list[int]
    here: tuple[float, float] = _FAR_OFF
    """Where the phone is: latitude and longitude, WGS-84."""

    @property
    def cookie(self) -> str:
        """The Cookie header of this phone."""
        return f"{COOKIE}={self.token}"


def many_members(home: Home, most: int) -> list[Walker]:
    """So many people made for this run, spread over the grids with check points, logged in."""
    engine = make_engine(home.database)
    now = datetime.now(UTC)
    with Session(engine, expire_on_commit=False) as session:
        points: dict[int, list[int]] = {}
        for point, grid in session.exec(select(CheckPoint.id, CheckPoint.grid_id)):
            points.setdefault(grid, []).append(point or 0)
        walked = select(Grid).where(col(Grid.id).in_(points)).order_by(Grid.code)
        grids = session.exec(walked).all()
        people = [
            Person(phone=f"139{number:08d}", name=f"第{number}位", created_at=now)
            for number in range(most)
        ]
        session.add_all(people)
        session.flush()
        walkers = []
        for number, person in enumerate(people):
            grid = grids[number % len(grids)]
            own = points[grid.id or 0]
            here = (grid.label_lat or 0.0, grid.label_lon or 0.0) if number % _ODD else _FAR_OFF
            token = secrets.token_urlsafe(32)
            walker = Walker(person.id or 0, token, grid.code, own, here)
            walkers.append(walker)
            session.add(
                Post(
                    person_id=walker.person_id,
                    grid_id=grid.id,
                    role="grid_member",
                    starts_on=date(2026, 1, 1),
                )
            )
            session.add(log_in_row(walker.person_id, walker.token, now))
        session.commit()
    engine.dispose()
    return walkers


def outbox_of(walker: Walker, records: int = 10) -> tuple[str, list[str]]:
    """What the phone sends, and the ids in it: a walk with arrivals, words called out, its end."""
    start, now = str(uuid4()), datetime.now(UTC)
    bodies: list[tuple[str, dict[str, Any]]] = [("patrol.start", {"grid": walker.grid})]
    for number in range(records - 4):
        point = walker.points[number % len(walker.points)]
        arrival = {"patrol": start, "check_point": point, "all_fine": True, "note": ""}
        bodies.append(("patrol.arrive", arrival))
    for reached in (12, 30):
        said = {"grid": walker.grid, "patrol": start, "script": "ebike", "means": "loudhailer"}
        bodies.append(("shout.log", said | {"people_reached": reached}))
    bodies.append(("patrol.end", {"patrol": start, "note": ""}))
    ids = [start, *(str(uuid4()) for _ in bodies[1:])]
    moments = [now - timedelta(minutes=2 * (len(bodies) - place)) for place in range(len(bodies))]
    items = [
        _item(walker, record_id, kind, at, body)
        for record_id, at, (kind, body) in zip(ids, moments, bodies, strict=True)
    ]
    return _request(now, items), ids


def shout_of(walker: Walker, record_id: str = "") -> str:
    """A request with one record in it."""
    now = datetime.now(UTC)
    said = {"grid": walker.grid, "script": "ebike", "means": "loudhailer", "people_reached": 12}
    return _request(now, [_item(walker, record_id or str(uuid4()), "shout.log", now, said)])


def hazard_with_photo(walker: Walker, record_id: str, photo_id: str, digest: str) -> str:
    """A request with one hazard in it that announces a photo with this hash."""
    now = datetime.now(UTC)
    found = {
        "grid": walker.grid,
        "category": "route_blocked",
        "severity": "general",
        "words": "楼道堆满纸箱",
        "photos": [{"id": photo_id, "sha256": digest, "taken_at": now.isoformat()}],
    }
    return _request(now, [_item(walker, record_id, "hazard.report", now, found)])


def newest(kind: str) -> int:
    """The version of this kind's body that the phone of today sends."""
    return max(version for one, version in BODIES if one == kind)


def _item(
    walker: Walker, record_id: str, kind: str, at: datetime, body: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": record_id,
        "kind": kind,
        "version": newest(kind),
        "made_by": walker.person_id,
        "captured_at": at.isoformat(),
        "position": {
            "lat": walker.here[0],
            "lon": walker.here[1],
            "accuracy_m": 8.5,
            "source": "gps",
        },
        "body": body,
    }


def _request(now: datetime, items: list[dict[str, Any]]) -> str:
    return json.dumps({"sent_at": now.isoformat(), "app_version": "bench", "items": items})
