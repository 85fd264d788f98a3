"""Who writes beside whom in M7, and what a phone sends to each."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from bench.rig.databases import alchemy_url, ids, looking
from bench.rig.firegrid import COOKIE, Home, Member, firegrid
from bench.rig.load import request
from bench.rig.loading import Fate, Phones, fate_of
from bench.rig.machine import SERVER_CORE, bare_environment, free_port
from bench.rig.members import newest
from bench.rig.processes import Server, served

FASTAPI = "FastAPI + SQLModel, one insert"
STARLETTE = "Starlette + sqlite3, one insert"
FORGETFUL = "Starlette, answers before it writes"


@dataclass
class Contender:
    """A server that writes check-ins, the phones that send them, and their history so far."""

    name: str
    start: Callable[[tuple[str, ...]], AbstractContextManager[Server]]
    database: str
    tables: dict[str, str]
    """Table to the column that holds the record's id."""
    phones: Phones
    acknowledged: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)

    def fates(self) -> dict[str, Fate]:
        """What became of everything sent so far, by table."""
        with looking(self.database) as connection:
            return {
                table: fate_of(self.acknowledged, self.sent, ids(connection, table, column))
                for table, column in self.tables.items()
            }


def _captured_at() -> str:
    return datetime.now(UTC).isoformat()


def batch(member: Member, kind: str, body: dict[str, Any], record_id: str = "@id@") -> str:
    """What a phone of ours sends for one record."""
    item = {
        "id": record_id,
        "kind": kind,
        "version": newest(kind),
        "made_by": member.person_id,
        "captured_at": _captured_at(),
        "position": {
            "lat": member.lat,
            "lon": member.lon,
            "accuracy_m": 8.5,
            "source": "gps",
        },
        "body": body,
    }
    return json.dumps({"sent_at": _captured_at(), "app_version": "bench", "items": [item]})


def start_patrols(home: Home, members: list[Member]) -> dict[int, str]:
    """Everybody begins to walk, by the real route; the patrol's id by person."""
    walks = {}
    with firegrid(home) as server:
        for member in members:
            walks[member.person_id] = str(uuid4())
            body = batch(member, "patrol.start", {"grid": member.grid}, walks[member.person_id])
            answer = post(f"{server.url}/api/sync", body, f"{COOKIE}={member.token}")
            if '"created"' not in answer:
                raise RuntimeError(f"a patrol was not started: {answer}")
    return walks


def post(url: str, body: str, cookie: str = "") -> str:
    """One request, the slow way; the answer's body."""
    headers = {"Content-Type": "application/json"} | ({"Cookie": cookie} if cookie else {})
    with urlopen(Request(url, body.encode(), headers), timeout=30) as answer:
        return str(answer.read().decode())


def ours(home: Home, members: list[Member]) -> Contender:
    """The real server: log-in cookie, scope check, patrol, trail; each phone another person."""
    walks = start_patrols(home, members)
    bodies = [
        batch(
            member,
            "patrol.arrive",
            {
                "patrol": walks[member.person_id],
                "check_point": member.check_point_id,
                "all_fine": True,
                "note": "",
            },
        )
        for member in members
    ]
    return Contender(
        name="FireGrid",
        start=lambda before: firegrid(home, core=SERVER_CORE, before=before),
        database=home.database,
        tables={"arrival": "id", "received_item where kind = 'patrol.arrive'": "id"},
        phones=[
            request("127.0.0.1", "/api/sync", body, f"{COOKIE}={member.token}")
            for body, member in zip(bodies, members, strict=True)
        ],
    )


def peer(
    name: str, module: str, database: str, members: list[Member], folder: Path, **environment: str
) -> Contender:
    """A peer of `bench/peers`, served like ours: granian, one worker."""

    def start(before: tuple[str, ...]) -> AbstractContextManager[Server]:
        port = free_port()
        granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"]
        granian += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
        env = bare_environment(BENCH_DATABASE_URL=alchemy_url(database), **environment)
        return served(
            [*before, *granian, f"bench.peers.{module}:app"],
            port,
            env,
            folder,
            core=SERVER_CORE,
            answers=("/ping", b"pong"),
        )

    return Contender(
        name=name,
        start=start,
        database=database,
        tables={"check_in": "record_id"},
        phones=[request("127.0.0.1", "/check-in", _check_in(member)) for member in members],
    )


def _check_in(member: Member) -> str:
    return json.dumps(
        {
            "record_id": "@id@",
            "person_id": member.person_id,
            "grid": member.grid,
            "check_point_id": member.check_point_id,
            "captured_at": (datetime.now(UTC) - timedelta(minutes=1)).isoformat(),
            "lat": member.lat,
            "lon": member.lon,
            "note": "",
        }
    )
