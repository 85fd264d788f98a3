"""M13, and of M14 what is the map's own: a record told to 200 open maps; 1,000 that come and go."""

import asyncio
import gzip
import json
import time
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit
from uuid import uuid4

from bench.cases import Run
from bench.cases.contenders import batch, post
from bench.figures import Check, Figure, Goal, percentile
from bench.rig.firegrid import (
    COMMUNITY,
    COOKIE,
    OFFICER,
    STREET,
    Home,
    Member,
    fill,
    firegrid,
    log_in_members,
    log_in_person,
)
from bench.rig.machine import SERVER_CORE, CannotMeasure, say
from bench.rig.phone import fetch
from bench.rig.processes import Server

M13, M14 = "M13", "M14"
MAPS, CHANGES, CROWD, STORMS = 200, 20, 1_000, 3
ELSEWHERE = COMMUNITY
"""Another map than the street's; where the change is not, it hears of none."""
WHOLE = "the whole layer, asked for"
BARE = 198.0
"""kB a client of bare Reflex with a tiny state (measured.md 5.2): a page needs its socket, too."""


@dataclass
class OpenMap:
    """One connection to `/api/map/changes`, and when what came on it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: list[tuple[float, int]] = field(default_factory=list)
    """(when, bytes) of each change."""
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    listening: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Until the connection ends."""
        while data := await self.reader.read(65_536):
            if b'"cells"' in data or b'"again"' in data:
                self.heard.append((time.perf_counter(), len(data)))
            elif b'data: {"tag"' in data:
                self.is_open.set()


def measure(run: Run) -> None:
    """Open maps of the whole street, one grid after the other begins to be walked."""
    home = fill(Home(run.room("live") / "data"))
    cookie = f"{COOKIE}={log_in_person(home, OFFICER)}"
    # None of the community beside: its map must hear nothing.
    members = [one for one in log_in_members(home, 200) if not one.grid.startswith(ELSEWHERE)]
    delays: list[float] = []
    sizes: list[float] = []
    work: list[float] = []
    told = True
    with firegrid(home, core=SERVER_CORE) as server:
        whole = len(gzip.compress(fetch(f"{server.url}/api/map/today?grid={STREET}", cookie), 6))
        say(f"live: {MAPS} maps, {CHANGES} changes")
        for _ in range(run.rounds):
            changing, members = members[:CHANGES], members[CHANGES:]
            if len(changing) < CHANGES:
                raise CannotMeasure("the pilot has no more members to walk")
            seen = asyncio.run(_tell(server, cookie, changing))
            delays.append(percentile(seen[0], 0.95) * 1000)
            sizes.append(percentile(seen[1], 0.5))
            work.append(seen[2] / CHANGES * 1000)
            told = told and seen[3]
        say(f"live: {CROWD} maps come and go, {STORMS} times")
        weights = asyncio.run(_storms(server, cookie))
    add = run.report.figures.append
    add(Figure(M13, f"a record told to {MAPS} maps, p95", "ms", "less", delays, {}, (Goal(500),)))
    beside = {WHOLE: [float(whole)] * len(sizes)}
    add(Figure(M13, "a change on the wire, a map", "B", "less", sizes, beside, (Goal(300),)))
    add(Figure(M13, f"server's work a change, {MAPS} maps", "ms", "less", work))
    each = [(full - empty) * 1000 / CROWD for empty, full in weights]
    add(Figure(M14, f"memory a map that is told, {CROWD:,}", "kB", "less", each, {}, (Goal(BARE),)))
    peaks = [full for _, full in weights]
    grown = max(0.0, (peaks[-1] / peaks[-2] - 1) * 100)
    what = "memory of the third storm above the second"
    add(Figure(M14, what, "%", "less", [grown], {}, (Goal(5),)))
    run.report.checks.append(
        Check(M13, "every map was told every change of its own, and no other", told)
    )
    run.report.details[M14] = {"MB before and with": weights}


async def _open(server: Server, cookie: str, grid: str) -> OpenMap:
    host, port = urlsplit(server.url).hostname, server.port
    reader, writer = await asyncio.open_connection(host, port)
    lines = (f"GET /api/map/changes?grid={grid} HTTP/1.1", "Host: bench", f"Cookie: {cookie}")
    writer.write("\r\n".join([*lines, "", ""]).encode())
    return OpenMap(reader, writer)


async def _maps(server: Server, cookie: str, grids: list[str]) -> list[OpenMap]:
    """So many that have heard their first word, opened twenty at a time."""
    opened: list[OpenMap] = []
    for start in range(0, len(grids), 20):
        some = [await _open(server, cookie, grid) for grid in grids[start : start + 20]]
        for one in some:
            one.listening = asyncio.create_task(one.listen())
        async with asyncio.timeout(60):
            for one in some:
                await one.is_open.wait()
        opened += some
    return opened


async def _close(maps: list[OpenMap]) -> None:
    for one in maps:
        one.writer.close()
    await asyncio.sleep(1)


async def _tell(
    server: Server, cookie: str, members: list[Member]
) -> tuple[list[float], list[float], float, bool]:
    """Seconds from sending a record to hearing of it, bytes of that, work; all told rightly?"""
    maps = await _maps(server, cookie, [STREET] * MAPS)
    (other,) = await _maps(server, cookie, [ELSEWHERE])
    await asyncio.sleep(1)
    worked = server.processor_seconds()
    sent = []
    for member in members:
        body = batch(member, "patrol.start", {"grid": member.grid}, str(uuid4()))
        sent.append(time.perf_counter())
        answer = await asyncio.to_thread(
            post, f"{server.url}/api/sync", body, f"{COOKIE}={member.token}"
        )
        if json.loads(answer)["results"][0]["status"] != "created":
            raise CannotMeasure(f"a patrol was not started: {answer}")
        await asyncio.sleep(1.2)
    worked = server.processor_seconds() - worked
    await _close([*maps, other])
    delays, sizes, told = [], [], not other.heard
    for one in maps:
        told = told and len(one.heard) == len(sent)
        for (began, until), (at, size) in zip(
            pairwise([*sent, float("inf")]), one.heard, strict=False
        ):
            told = told and began <= at < until
            delays.append(at - began)
            sizes.append(float(size))
    return delays, sizes, worked, told


async def _storms(server: Server, cookie: str) -> list[tuple[float, float]]:
    """Memory in MB before and with a crowd of maps, time after time."""
    weights = []
    for _ in range(STORMS):
        empty = server.memory().own
        maps = await _maps(server, cookie, [STREET] * CROWD)
        weights.append((empty, server.memory().own))
        await _close(maps)
    return weights
