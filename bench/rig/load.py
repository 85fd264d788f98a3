"""The load: so many phones, each on a connection of its own, one record a request, over and over.

Run as a program on a core of its own: `python -m bench.rig.load SPEC`. Python drives about 10,000
requests/s; a run checks against a server that does nothing that this was not what it measured.
"""

import asyncio
import json
import re
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_GRACE = 20.0
"""Seconds the load goes on after the measured time, for the server to be killed in the middle."""


@dataclass
class Sample:
    """What was seen: which records were acknowledged, which only sent, and how long it took."""

    accepted: str
    acknowledged: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)
    """(when answered, how long it took)."""


class Phone(asyncio.Protocol):
    """Sends, waits for the answer, sends again, until the connection is lost."""

    def __init__(self, before: bytes, after: bytes, sample: Sample) -> None:
        self._before, self._after, self._sample = before, after, sample
        self._accepted = sample.accepted.encode()
        self._seen = b""
        self._whole = 0
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def _send(self) -> None:
        self._id = str(uuid.uuid4())
        self._sample.sent.add(self._id)
        self._began = time.perf_counter()
        self._transport.write(self._before + self._id.encode() + self._after)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if not self._whole:
            end = self._seen.find(b"\r\n\r\n")
            if end < 0:
                return
            found = _LENGTH.search(self._seen, 0, end)
            if found is None:
                raise ValueError("an answer without a content-length")
            self._whole = end + 4 + int(found[1])
        if len(self._seen) < self._whole:
            return
        answer, self._seen, self._whole = self._seen, b"", 0
        now = time.perf_counter()
        self._sample.times.append((now, now - self._began))
        if answer.startswith(b"HTTP/1.1 200") and self._accepted in answer:
            self._sample.acknowledged.append(self._id)
        else:
            self._sample.refused.append(answer[-300:].decode(errors="replace"))
            if len(self._sample.refused) > 100:
                self._transport.close()
                return
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_result(None)


def request(host: str, path: str, body: str, cookie: str = "") -> tuple[str, str]:
    """An HTTP request as the text before and after the record's id, which `body` calls @id@."""
    length = len(body.encode().replace(b"@id@", b"0" * 36))
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    before, after = body.split("@id@")
    return "\r\n".join([*lines, "", before]), after


async def _drive(spec: dict) -> dict:
    sample = Sample(spec["accepted"])
    loop = asyncio.get_running_loop()
    phones = []
    for before, after in spec["phones"]:
        _, phone = await loop.create_connection(
            lambda before=before, after=after: Phone(before.encode(), after.encode(), sample),
            "127.0.0.1",
            spec["port"],
        )
        phones.append(phone)
    await asyncio.sleep(spec["warm_up"])
    print("begin", flush=True)
    start = time.perf_counter()
    await asyncio.sleep(spec["seconds"])
    end = time.perf_counter()
    # Now the server may be killed; the load goes on until it notices.
    print("measured", flush=True)
    await asyncio.wait([phone.lost for phone in phones], timeout=_GRACE)
    measured = [(at, took) for at, took in sample.times if start <= at <= end]
    return {
        "seconds": end - start,
        "times_ms": [round(took * 1000, 3) for _, took in measured],
        "acknowledged": sample.acknowledged,
        "sent": sorted(sample.sent),
        "refused": len(sample.refused),
        "refusals": sorted(set(sample.refused))[:3],
    }


def main() -> None:
    """Read the spec, drive, write what was seen beside it."""
    spec = Path(sys.argv[1])
    seen = asyncio.run(_drive(json.loads(spec.read_text())))
    spec.with_suffix(".seen.json").write_text(json.dumps(seen))


if __name__ == "__main__":
    main()
