"""People at work against a server that may fail: what it told them is written down."""

import hashlib
import io
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

from PIL import Image

from bench.rig.members import Walker, hazard_with_photo, shout_of

_JSON = {"Content-Type": "application/json"}


@dataclass
class History:
    """What was sent and what was said of it."""

    sent: set[str] = field(default_factory=set)
    acknowledged: list[str] = field(default_factory=list)
    photos: dict[str, str] = field(default_factory=dict)
    """Acknowledged photos: id to the hash of their bytes."""
    refused: Counter[str] = field(default_factory=Counter)
    """A reason given, by its code."""
    unanswered: int = 0
    wrong: list[str] = field(default_factory=list)
    """Neither acknowledged nor refused with a reason: an answer a phone cannot understand."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, record_id: str, told: str) -> None:
        """What a record's answer said: `created`, `already`, a code, or nothing."""
        with self._lock:
            if told in ("created", "already"):
                self.acknowledged.append(record_id)
            else:
                self._not_kept(told)

    def note_photo(self, photo_id: str, digest: str, told: str) -> None:
        """What a photo's answer said."""
        with self._lock:
            if told in ("created", "already"):
                self.photos[photo_id] = digest
            else:
                self._not_kept(told)

    def _not_kept(self, told: str) -> None:
        if not told:
            self.unanswered += 1
        elif told.startswith("!"):
            self.wrong.append(told)
        else:
            self.refused[told] += 1

    def copy(self) -> "History":
        """As it stands now."""
        with self._lock:
            return History(set(self.sent), list(self.acknowledged), dict(self.photos))


Job = Callable[[HTTPConnection, History], None]
"""One piece of work: send, and write down what was said."""


@contextmanager
def at_work(port: int, jobs: list[Job], history: History) -> Iterator[None]:
    """Everybody does their job over and over while the block runs."""
    over = threading.Event()
    threads = [
        threading.Thread(target=_keep_doing, args=(port, job, history, over)) for job in jobs
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


def _keep_doing(port: int, job: Job, history: History, over: threading.Event) -> None:
    while not over.is_set():
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not over.is_set():
                job(line, history)
        except (OSError, HTTPException):
            with history._lock:
                history.unanswered += 1
            over.wait(0.05)
        finally:
            line.close()


def shouting(walker: Walker) -> Job:
    """Hands in a record a time."""

    def work(line: HTTPConnection, history: History) -> None:
        record_id = str(uuid4())
        history.sent.add(record_id)
        history.note(record_id, hand_in(line, walker, shout_of(walker, record_id)))

    return work


def photographing(walker: Walker) -> Job:
    """Hands in a hazard, then its photo."""

    def work(line: HTTPConnection, history: History) -> None:
        record_id, photo_id = str(uuid4()), str(uuid4())
        picture = small_photo()
        digest = hashlib.sha256(picture).hexdigest()
        history.sent.add(record_id)
        body = hazard_with_photo(walker, record_id, photo_id, digest)
        told = hand_in(line, walker, body)
        history.note(record_id, told)
        if told == "created":
            path, headers = f"/api/photos/{photo_id}", {"Content-Type": "image/jpeg"}
            answer = _ask(line, "PUT", path, picture, headers | {"Cookie": walker.cookie})
            history.note_photo(photo_id, digest, _told(answer))

    return work


def checking_in(line: HTTPConnection, history: History) -> None:
    """A record for the peers' door."""
    record_id = str(uuid4())
    history.sent.add(record_id)
    body = {
        "record_id": record_id,
        "person_id": 1,
        "grid": "500118003001001",
        "check_point_id": 1,
        "captured_at": datetime.now(UTC).isoformat(),
        "lat": 29.35741,
        "lon": 105.91652,
        "note": "",
    }
    answer = _ask(line, "POST", "/check-in", json.dumps(body).encode(), _JSON)
    history.note(record_id, _told(answer))


def hand_in(line: HTTPConnection, walker: Walker, body: str) -> str:
    """Status of the one record in it, or the code it was refused with."""
    headers = _JSON | {"Cookie": walker.cookie}
    answer = _ask(line, "POST", "/api/sync", body.encode(), headers)
    if isinstance(answer, dict) and "results" in answer:
        (result,) = answer["results"]
        return str(result.get("code") or result["status"])
    return _told(answer)


def small_photo() -> bytes:
    """A photo like no other, and quickly processed."""
    target = io.BytesIO()
    picture = Image.effect_noise((64, 48), 80).convert("RGB")
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()


def _ask(
    line: HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]
) -> dict[str, Any] | str:
    line.request(method, path, body, headers)
    answer = line.getresponse()
    words = answer.read()
    try:
        said: dict[str, Any] = json.loads(words)
        return said
    except ValueError:
        return f"! {answer.status} {words[:80]!r}"


def _told(answer: dict[str, Any] | str) -> str:
    if isinstance(answer, str):
        return answer
    return str(answer.get("code") or answer.get("status") or f"! {answer}")
