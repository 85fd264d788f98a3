"""Valid things to begin from: stamps, walks, hazards, items from a phone. A test names only what
matters to it."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session
from starlette.testclient import TestClient

from firegrid_app.access.rules import Actor
from firegrid_app.hazards import service as hazards
from firegrid_app.hazards.tables import Hazard
from firegrid_app.patrols import service as patrols
from firegrid_app.patrols.tables import Patrol
from firegrid_app.records import Position, Stamp
from tests.cast import MONDAY_MORNING, A, Cast

NOW = MONDAY_MORNING
HERE = {"lat": 29.351, "lon": 105.901, "accuracy_m": 8.5, "source": "gps"}


def stamp(at: datetime = NOW, *, position: Position | None = None) -> Stamp:
    """What the phone stamps at the shutter."""
    return Stamp(id=uuid4(), happened_at=at, position=position)


def walk(
    session: Session,
    actor: Actor,
    started_at: datetime,
    minutes: float | None = 30,
    *,
    grid_code: str = A,
) -> Patrol:
    """A patrol of so many minutes, all of which count; None leaves it open."""
    patrol = patrols.start(session, actor, stamp(started_at), grid_code=grid_code, now=NOW)
    session.flush()
    if minutes is not None:
        ended_at = started_at + timedelta(minutes=minutes)
        if minutes > 60:
            patrols.say_walking(
                session,
                actor,
                stamp(ended_at),
                patrol_id=patrol.id,
                since=started_at,
                until=ended_at,
                note="",
                now=NOW,
            )
        patrols.end(session, actor, stamp(ended_at), patrol_id=patrol.id, note="", now=NOW)
        session.flush()
    return patrol


def report(session: Session, actor: Actor, at: datetime = NOW, **changes: Any) -> Hazard:
    """A hazard in grid a, general, nothing special."""
    values: dict[str, Any] = {
        "grid_code": A,
        "patrol_id": None,
        "category": "route_blocked",
        "severity": "general",
        "words": "楼道堆满纸箱",
        "where_words": "1栋1单元2层",
        "place_id": None,
        "urgent": False,
        "fixed_on_spot": False,
        "now": NOW,
    }
    hazard = hazards.report(session, actor, stamp(at), **values | changes)
    session.flush()
    return hazard


def item(cast: Cast, who: str, kind: str, body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One record as a phone sends it."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        "version": 1,
        "made_by": cast.people[who],
        "captured_at": NOW.isoformat(),
        "position": HERE,
        "body": body,
    } | changes


def hazard_body(**changes: Any) -> dict[str, Any]:
    """The body of a hazard report in grid a."""
    return {
        "grid": A,
        "category": "route_blocked",
        "severity": "general",
        "words": "楼道堆满纸箱",
        "where": "1栋1单元2层",
    } | changes


def shout_body(**changes: Any) -> dict[str, Any]:
    """The body of a shout in grid a."""
    return {"grid": A, "script": "ebike", "means": "loudhailer", "people_reached": 12} | changes


def announced(data: bytes, photo_id: UUID | str | None = None, **changes: Any) -> dict[str, Any]:
    """A photo as a hazard report announces it."""
    return {
        "id": str(photo_id or uuid4()),
        "sha256": hashlib.sha256(data).hexdigest(),
        "taken_at": NOW.isoformat(),
        "position": HERE,
    } | changes


def batch(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The request a phone makes of its outbox."""
    return {"sent_at": NOW.isoformat(), "app_version": "test", "items": list(items)} | changes


def send(client: TestClient, *items: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    """Hand in these items; the answer of each."""
    answer = client.post("/api/sync", json=batch(*items), headers=headers)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    assert [one["id"] for one in results] == [one.get("id", "") for one in items]
    return results


def statuses(client: TestClient, *items: dict[str, Any]) -> list[str]:
    """The same, only what became of each."""
    return [one["status"] for one in send(client, *items)]
