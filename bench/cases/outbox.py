"""M1: what the phone's outbox loses or doubles, fault by fault, beside two other outboxes."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass

from bench.cases import Run
from bench.figures import Check, Figure, Goal
from bench.rig.firegrid import Home, fill
from bench.rig.machine import CannotMeasure, say
from bench.rig.outboxes import Outbox, our_outbox, peer_outbox
from tests.journeys.faults import Fault

M1 = "M1"
OURS, WORKBOX, PLAIN = "FireGrid", "workbox-background-sync 7.4.1", "delete after 2xx"
WAVE = 10
"""Reports made before the phone is told to send; the fault stands all the while."""
_STRIKES_WITHIN = 30.0
_DRAINED_WITHIN = 120.0
_SETTLE_MS = 1500


@dataclass(frozen=True)
class Trouble:
    """One kind of bad luck: what the line does by turns, and whether the browser is killed then."""

    name: str
    faults: tuple[Fault, ...]
    kills: bool = False


TROUBLES = (
    Trouble("500", (Fault("answer", 500),)),
    Trouble("answer cut off", (Fault("cut_after"),)),
    Trouble("browser killed in mid-send", (Fault("hole"), Fault("hole_after")), kills=True),
    Trouble("black hole", (Fault("hole"),)),
    Trouble("413", (Fault("answer", 413),)),
)


@dataclass(frozen=True)
class Loss:
    """What became of the reports of one trouble."""

    made: int
    lost: int
    double: int
    struck: int
    stuck: bool
    """The outbox never became empty, though the line was whole again."""


def measure(run: Run) -> None:
    """Each outbox through all troubles, 60 reports each."""
    waves = 1 if run.quick else 6
    losses: dict[str, list[dict[str, Loss]]] = {}
    for number in range(run.rounds):
        room = run.room(f"outbox/{number}")
        home = fill(Home(room / "data"))
        contenders: dict[str, Callable[[], AbstractContextManager[Outbox]]] = {
            OURS: lambda home=home, room=room: our_outbox(home, room),
            WORKBOX: lambda room=room: peer_outbox(WORKBOX, "workbox", room),
            PLAIN: lambda room=room: peer_outbox(PLAIN, "plain", room),
        }
        for name, opened in contenders.items():
            say(f"outbox: round {number + 1}, {name}")
            with opened() as outbox:
                losses.setdefault(name, []).append(_through_all(outbox, waves))
    _figures(run, losses)


def _through_all(outbox: Outbox, waves: int) -> dict[str, Loss]:
    first, seen = 1, {}
    for trouble in TROUBLES:
        say(f"outbox: {outbox.name}, {trouble.name}")
        made = range(first, first + waves * WAVE)
        first = made.stop
        before = len(outbox.line.done)
        stuck = False
        for wave in range(waves):
            stuck |= not _one_wave(outbox, trouble, wave, made[wave * WAVE : (wave + 1) * WAVE])
        rows = Counter(number for number in outbox.there() if number in made)
        seen[trouble.name] = Loss(
            made=len(made),
            lost=len(made) - len(rows),
            double=rows.total() - len(rows),
            struck=len(outbox.line.done) - before,
            stuck=stuck,
        )
    return seen


def _one_wave(outbox: Outbox, trouble: Trouble, wave: int, numbers: range) -> bool:
    """Make reports while the fault stands, send, heal the line, send all; did it get empty?"""
    line = outbox.line
    line.standing = trouble.faults[wave % len(trouble.faults)]
    before = len(line.done)
    for number in numbers:
        outbox.report(number)
    outbox.send()
    deadline = time.monotonic() + _STRIKES_WITHIN
    while len(line.done) == before:
        if time.monotonic() > deadline:
            raise CannotMeasure(f"{outbox.name} sent nothing for {trouble.name} to strike")
        outbox.phone.page.wait_for_timeout(100)
    # Who sends the next one after a bad answer gets to do so.
    outbox.phone.page.wait_for_timeout(_SETTLE_MS)
    if trouble.kills:
        outbox.die_and_return()
    line.heal()
    return _drain(outbox)


def _drain(outbox: Outbox) -> bool:
    deadline = time.monotonic() + _DRAINED_WITHIN
    while time.monotonic() < deadline:
        outbox.send()
        outbox.phone.page.wait_for_timeout(300)
        if outbox.is_empty():
            return True
    return False


def _figures(run: Run, losses: dict[str, list[dict[str, Loss]]]) -> None:
    for what, count in (("lost", lambda one: one.lost), ("double", lambda one: one.double)):
        totals = {
            name: [float(sum(map(count, seen.values()))) for seen in rounds]
            for name, rounds in losses.items()
        }
        ours = totals.pop(OURS)
        made = sum(one.made for one in losses[OURS][0].values())
        run.report.figures.append(
            Figure(M1, f"reports {what}, of {made} over five faults", "", "less", ours, totals,
                   (Goal(0),))
        )  # fmt: skip
    check = run.report.checks.append
    workbox = [one for seen in losses[WORKBOX] for one in seen.values()]
    check(
        Check(
            M1,
            "the rig bites: workbox's queue loses reports",
            any(one.lost for one in workbox),
            ", ".join(f"{name} {one.lost}" for name, one in losses[WORKBOX][0].items()),
        )
    )
    cut = [seen["answer cut off"].double for seen in losses[PLAIN]]
    check(
        Check(
            M1,
            "the rig bites: a server without unique ids keeps twice what is sent twice",
            all(cut),
            f"{cut[0]} double",
        )
    )
    stuck = [
        f"{name}: {trouble}"
        for name, rounds in losses.items()
        for seen in rounds
        for trouble, one in seen.items()
        if one.stuck
    ]
    check(Check(M1, "every outbox is empty in the end", not stuck, ", ".join(stuck)))
    run.report.details[M1] = {
        name: [{trouble: asdict(one) for trouble, one in seen.items()} for seen in rounds]
        for name, rounds in losses.items()
    }
