"""Makes a photo's sizes in a process of its own: whatever a file does to its reader ends there.

The process reads the file from its standard input, has so much memory and time and no more, answers
with three pictures or with a refusal, and is gone. Its memory goes with it.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from firegrid_app.photos.processing import Processed, covered, process
from firegrid_app.photos.rules import Box
from firegrid_app.refusals import Refused

AT_ONCE = 2
"""Photos made at the same time by one server process; the others wait."""
LONGEST_WAIT = 30
"""Seconds for a place; after that the phone is asked to come again later."""
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 20
"""Of computing; a photo of 48 megapixels from a turned camera takes two."""
LONGEST = 60
"""Seconds by the clock, for a machine that has no time."""

_PICTURES = ("original", "screen", "thumbnail")
_places = threading.BoundedSemaphore(AT_ONCE)
_HOUSE = Path(__file__).parents[2]


def process_apart(data: bytes, strip: Sequence[str] = ()) -> Processed:
    """What `processing.process` makes of these bytes and lines.

    Refuses what it refuses; `photos.not_a_photo` too where the bytes bring their reader down or
    take it too long, `busy` when no place becomes free or the machine has no room for the process.
    """
    return _read(_ask({"strip": list(strip)}, data))


def cover_apart(original: bytes, boxes: Sequence[Box]) -> bytes:
    """What `processing.covered` makes of a kept original; refuses what `process_apart` refuses."""
    head, _, picture = _ask({"boxes": [list(box) for box in boxes]}, original).partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"], **said["details"])
    return picture


def _ask(task: dict[str, Any], data: bytes) -> bytes:
    """What the process answers to a task and the bytes it is about."""
    if not _places.acquire(timeout=LONGEST_WAIT):
        raise Refused("busy")
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", __name__],
            input=json.dumps(task).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOUSE,
            env={"PATH": os.environ.get("PATH", "")},
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        raise Refused("photos.not_a_photo") from None
    except OSError:
        raise Refused("busy") from None
    finally:
        _places.release()
    if done.returncode == -9:
        # Killed by the machine, short of memory: not the photo's fault.
        raise Refused("busy")
    if done.returncode != 0:
        raise Refused("photos.not_a_photo")
    return done.stdout


def _read(answer: bytes) -> Processed:
    head, _, bodies = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"], **said["details"])
    pictures, at = {}, 0
    for name in _PICTURES:
        pictures[name] = bodies[at : at + said[name]]
        at += said[name]
    return Processed(**(said | pictures))


def _answer(asked: bytes) -> bytes:
    told, _, data = asked.partition(b"\n")
    task = json.loads(told)
    try:
        if "boxes" in task:
            return b"{}\n" + covered(data, task["boxes"])
        made = asdict(process(data, task["strip"]))
    except Refused as refused:
        return json.dumps({"refused": refused.code, "details": refused.details}).encode() + b"\n"
    pictures = [made[name] for name in _PICTURES]
    head = made | {name: len(made[name]) for name in _PICTURES}
    return b"".join([json.dumps(head).encode(), b"\n", *pictures])


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    _main()
