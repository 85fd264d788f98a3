"""One POST to a provider: to the address that is set and nowhere else, with an end to everything.

No redirect is followed: a provider's answer must not choose where secrets go. Nothing of the
request is logged, for keys stand in addresses (WeCom, DingTalk) and numbers in bodies.
"""

import json
import logging
import ssl
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import httpx2

from firegrid_app.messages.channels.letter import NotSent
from firegrid_app.messages.rules import Reason

PATIENCE = 5.0
"""Seconds for the connection, for sending, and for each piece of the answer …"""
LONGEST = 15.0
"""… and for all of it: who answers a byte a second is cut off. Looking up the name comes on top,
as long as the machine's resolver takes."""
MOST_BYTES = 64_000

# It writes whole addresses at level info.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    # Reading the authorities takes longer than the rest of a letter.
    return httpx2.create_ssl_context()


@dataclass(frozen=True)
class Answered:
    """The provider's JSON object, and its HTTP status."""

    status: int
    body: dict[str, Any]


def post(url: str, content: bytes, headers: dict[str, str]) -> Answered | NotSent:
    """Post, read a JSON object. 5xx, 429, redirects and anything else become a reason."""
    ends = time.monotonic() + LONGEST
    try:
        # A new line each time: an old one that the other side has closed would leave us unsure.
        with (
            httpx2.Client(verify=_trusted(), timeout=PATIENCE, follow_redirects=False) as client,
            client.stream("POST", url, content=content, headers=headers) as answer,
        ):
            read = b""
            for part in answer.iter_bytes():
                read += part
                if len(read) > MOST_BYTES:
                    return NotSent(Reason.NOT_UNDERSTOOD, f"HTTP {answer.status_code}")
                if time.monotonic() > ends:
                    return NotSent(Reason.NO_ANSWER)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError):
        return NotSent(Reason.NO_LINE)
    except (httpx2.HTTPError, httpx2.StreamError):
        return NotSent(Reason.NO_ANSWER)
    except (httpx2.InvalidURL, ValueError):
        return NotSent(Reason.NOT_SET_UP)
    return _read(answer, read)


def _read(answer: httpx2.Response, read: bytes) -> Answered | NotSent:
    status = answer.status_code
    said = f"HTTP {status}"
    if status == 429:
        return NotSent(Reason.TOO_MANY, said, _asked_to_wait(answer))
    if status >= 500:
        return NotSent(Reason.PROVIDER_FAULT, said)
    if 300 <= status < 400:
        return NotSent(Reason.REDIRECTED, said)
    try:
        body = json.loads(read)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        # A captive portal, a proxy's page: nobody knows what became of it.
        return NotSent(Reason.REFUSED if status >= 400 else Reason.NOT_UNDERSTOOD, said)
    return Answered(status, body)


def _asked_to_wait(answer: httpx2.Response) -> timedelta | None:
    seconds = answer.headers.get("retry-after", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdecimal() else None


def said(value: object) -> str:
    """A provider's code as kept and shown: short, one line, printable."""
    text = str(value) if isinstance(value, (int, str)) else ""
    return "".join(sign for sign in text if sign.isprintable())[:60]
