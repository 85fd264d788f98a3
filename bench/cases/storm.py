"""M8 and M12: a thousand phones come back at once; clients that hang up, hang and crawl."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from bench.cases import Run, rude
from bench.figures import Check, Figure, Goal, percentile
from bench.rig.crowd import Coming, Told, come, post
from bench.rig.databases import ids, looking, postgres_databases, wait_until_alone
from bench.rig.firegrid import Home, fill, firegrid
from bench.rig.loading import Fate, fate_of
from bench.rig.machine import ROOT, SERVER_CORE, CannotMeasure, say
from bench.rig.members import Walker, many_members, outbox_of

M8 = "M8"
RECORDS = 10
LIMIT = "bare rows, 100 a commit, in process"


class Storm:
    """Phones with their outboxes, and what they were told over all storms."""

    def __init__(self, home: Home, walkers: list[Walker], folder: Path) -> None:
        self.home, self.walkers, self.folder = home, walkers, folder
        self.sent: set[str] = set()
        self.acknowledged: list[str] = []
        self.refused: Counter[str] = Counter()

    def blow(self, phones: int, within: float) -> tuple[Told, float]:
        """So many phones in so many seconds, and what the server worked for a record, in ms.

        Every tenth sends its outbox once more, as after a lost answer.
        """
        made = [outbox_of(walker, RECORDS) for walker in self.walkers[:phones]]
        chance = random.Random(phones)
        coming = [
            Coming(chance.uniform(0, within), post("/api/sync", body, walker.cookie))
            for walker, (body, _) in zip(self.walkers, made, strict=False)
        ]
        with firegrid(self.home, core=SERVER_CORE) as server:
            before = server.processor_seconds()
            told = come(server, coming, self.folder)
            worked = server.processor_seconds() - before
            again = come(server, coming[: phones // 10], self.folder)
        self.sent.update(one for _, own in made for one in own)
        for answer in told.answers:
            for result in json.loads(answer)["results"] if answer else []:
                if result["status"] == "created":
                    self.acknowledged.append(result["id"])
                else:
                    self.refused[result.get("code", result["status"])] += 1
        for answer in again.answers:
            for result in json.loads(answer)["results"] if answer else []:
                if result["status"] != "already":
                    self.refused[f"sent again: {result['status']}"] += 1
        wait_until_alone(self.home.database)
        return told, worked * 1000 / (phones * RECORDS)

    def fate(self) -> Fate:
        """Records told against records there."""
        with looking(self.home.database) as connection:
            rows = ids(connection, "received_item", "id")
        return fate_of(self.acknowledged, self.sent, rows)


def measure(run: Run) -> None:
    """On SQLite and PostgreSQL; then the rude clients."""
    folder = run.room("storm")
    _storms(run, "SQLite", Home(folder / "sqlite"), f"{folder}/limit.db")
    try:
        with postgres_databases("firegrid", "limit") as databases:
            home = Home(folder / "postgres", databases["firegrid"])
            _storms(run, "PostgreSQL", home, databases["limit"])
    except CannotMeasure as missing:
        run.report.skipped.append(f"M8 on PostgreSQL: {missing}")
    rude.measure(run)


def _storms(run: Run, where: str, home: Home, limit: str) -> None:
    phones, within = (100, 3.0) if run.quick else (1000, 60.0)
    fill(home)
    storm = Storm(home, many_members(home, phones), run.room("storm"))
    rates, limits, p99, crowd_p99 = [], [], [], []
    work = []
    for number in range(run.rounds):
        say(f"storm: {where}, round {number + 1}, {phones} phones at once")
        told, worked = storm.blow(phones, 0.0)
        work.append(worked)
        rates.append(phones * RECORDS / told.seconds)
        crowd_p99.append(percentile(told.took, 0.99))
        limits.append(_limit(limit, phones * RECORDS))
        say(f"storm: {where}, round {number + 1}, {phones} phones in {within:.0f} s")
        p99.append(percentile(storm.blow(phones, within)[0].took, 0.99))
    add = run.report.figures.append
    many = f"{phones} phones × {RECORDS} records"
    add(Figure(M8, f"{many} at once, {where}", "1/s", "more", rates, {LIMIT: limits},
               (Goal(2500),)))  # fmt: skip
    add(Figure(M8, f"server's work a record, {where}", "ms", "less", work))
    add(Figure(M8, f"{many} at once, {where}, p99", "s", "less", crowd_p99))
    add(Figure(M8, f"{many} in {within:.0f} s, {where}, p99", "s", "less", p99, {}, (Goal(2),)))
    fate = storm.fate()
    run.report.checks.append(
        Check(
            M8,
            f"{where}: nothing lost, double or refused, every tenth outbox sent twice",
            not (fate.lost or fate.double or fate.foreign or storm.refused)
            and fate.acknowledged == len(storm.sent),
            f"{fate.acknowledged:,} of {len(storm.sent):,} acknowledged, {fate.lost} lost,"
            f" {fate.double} double, refused {dict(storm.refused)}",
        )
    )
    run.report.details[f"M8 {where}"] = asdict(fate)


def _limit(database: str, rows: int) -> float:
    ended = subprocess.run(
        [sys.executable, "-m", "bench.peers.batched_rows", database, str(rows)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
    )
    if ended.returncode:
        raise CannotMeasure(f"bare rows: {ended.stderr[-300:]}")
    return float(ended.stdout)
