"""M9: the day pack: first downloads at once, what a change costs, memory for a giant community."""

import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from uuid import uuid4

from bench.cases import Run
from bench.cases.contenders import post
from bench.figures import Check, Figure, Goal
from bench.rig.community import FULL, Secretary, Size, make_community
from bench.rig.databases import looking
from bench.rig.firegrid import COOKIE, Home, fill, firegrid
from bench.rig.machine import SERVER_CORE, say
from bench.rig.members import newest
from bench.rig.processes import Server

M9 = "M9"
PHONES = 10
WHOLE = "whole pack each time"
_ASKS = 10


@dataclass(frozen=True)
class Got:
    """An answer to a phone: status, bytes on the wire, seconds, its ETag and content."""

    status: int
    wire: int
    seconds: float
    etag: str
    body: bytes


def measure(run: Run) -> None:
    """Ten secretaries of communities as large as they come, then one ten times as large."""
    folder = run.room("packs")
    home = fill(Home(folder / "data"))
    say(f"pack: {PHONES} communities of {FULL.records:,} records")
    secretaries = [make_community(home) for _ in range(PHONES)]
    cpu: dict[str, list[float]] = {"sections": [], WHOLE: []}
    wall: list[float] = []
    sizes: list[Got] = []
    for number in range(run.rounds):
        say(f"pack: round {number + 1}")
        for name, have in (("sections", ""), (WHOLE, None)):
            with firegrid(home, core=SERVER_CORE) as server:
                _ask(server, secretaries[0], "")  # the first request of a process loads code
                before, began = server.processor_seconds(), time.perf_counter()
                with ThreadPoolExecutor(PHONES) as pool:
                    waiting = [pool.submit(_ask, server, one, have) for one in secretaries]
                    found = [one.result() for one in waiting]
                if name == "sections":
                    wall.append(time.perf_counter() - began)
                    sizes = found
                cpu[name].append(server.processor_seconds() - before)
    run.report.figures += [
        Figure(
            M9,
            f"first packs of {PHONES} phones at once, server's work",
            "s",
            "less",
            cpu["sections"],
            {WHOLE: cpu[WHOLE]},
            (Goal(5),),
        ),
        Figure(M9, "the same, until the last phone has it", "s", "less", wall),
        Figure(
            M9,
            f"a community's pack of {FULL.records:,} records, gzip",
            "kB",
            "less",
            [max(got.wire for got in sizes) / 1000],
            {},
            (Goal(300),),
        ),
    ]
    _later(run, home, secretaries[0])
    _memory(run)


def _later(run: Run, home: Home, who: Secretary) -> None:
    """After the first time: nothing new, and one knock at one door."""
    with firegrid(home, core=SERVER_CORE) as server:
        first = _ask(server, who, "")
        tags = "".join(tag for tag, _ in json.loads(first.body)["changed"].values())
        before = server.processor_seconds()
        for _ in range(_ASKS):
            unchanged = _ask(server, who, tags, first.etag)
        idle = (server.processor_seconds() - before) / _ASKS * 1000
        _knock(server, home, who)
        change, whole = _ask(server, who, tags, first.etag), _ask(server, who, None, first.etag)
        said = json.loads(change.body)
    run.report.figures += [
        Figure(M9, "unchanged pack, server's work", "ms", "less", [idle]),
        Figure(
            M9,
            "one knock in a community, on the wire",
            "kB",
            "less",
            [change.wire / 1000],
            {WHOLE: [whole.wire / 1000]},
            (Goal(0.05, WHOLE),),
        ),
    ]
    changed = sorted(said["changed"])
    run.report.checks += [
        Check(
            M9,
            "an unchanged pack is 304 without a body",
            (unchanged.status, unchanged.wire) == (304, 0),
        ),
        Check(
            M9,
            "a knock changes the day's list of its grid and nothing else",
            len(changed) == len(said["gone"]) == 1 and changed[0].startswith("list:"),
            ", ".join(changed),
        ),
        Check(
            M9,
            "the peer that sends all of it each time sends all of it",
            whole.status == 200 and whole.wire > first.wire / 2,
            f"{whole.wire / 1000:.0f} kB",
        ),
    ]


def _memory(run: Run) -> None:
    """The most a fresh server ever held, for a full community and for one ten times as large."""
    peaks: dict[str, list[float]] = {}
    for name, size in (("10,000", FULL), ("100,000", FULL.times(10))):
        say(f"pack: memory with {size.records:,} records")
        peaks[name] = [_peak(run, name, size) for _ in range(run.rounds)]
    run.report.figures.append(
        Figure(
            M9,
            f"most memory for a pack of {FULL.times(10).records:,} records",
            "MB",
            "less",
            peaks["100,000"],
            {f"{FULL.records:,} records": peaks["10,000"]},
            (Goal(2, f"{FULL.records:,} records"),),
        )
    )


def _peak(run: Run, name: str, size: Size) -> float:
    home = Home(run.room(f"packs-{name.replace(',', '')}") / "data")
    if not home.folder.exists():
        fill(home)
    who = make_community(home, size)
    with firegrid(home, core=SERVER_CORE) as server:
        for _ in range(3):
            _ask(server, who, "")
        return server.peak()


def _ask(server: Server, who: Secretary, have: str | None, etag: str = "") -> Got:
    headers = {"Cookie": f"{COOKIE}={who.token}", "Accept-Encoding": "gzip"}
    if have is not None:
        headers["FireGrid-Have"] = have
    if etag:
        headers["If-None-Match"] = etag
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", "/api/pack", headers=headers)
    answer = connection.getresponse()
    wire = answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    body = gzip.decompress(wire) if answer.getheader("content-encoding") == "gzip" else wire
    return Got(answer.status, len(wire), seconds, answer.getheader("etag") or "", body)


def _knock(server: Server, home: Home, who: Secretary) -> None:
    with looking(home.database) as connection:
        query = (
            "select min(household.id) from household join grid on grid.id = household.grid_id"
            f" where grid.path like '{who.community}/%'"
        )
        door = connection.exec_driver_sql(query).scalar_one()
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    item = {
        "id": str(uuid4()),
        "kind": "visit.log",
        "version": newest("visit.log"),
        "made_by": who.person_id,
        "captured_at": now,
        "body": {"door": door, "outcome": "come_back"},
    }
    batch = json.dumps({"sent_at": now, "app_version": "bench", "items": [item]})
    answer = post(f"{server.url}/api/sync", batch, f"{COOKIE}={who.token}")
    if '"created"' not in answer:
        raise RuntimeError(f"the knock was not taken: {answer}")
