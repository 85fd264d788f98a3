"""One round of the postman: take what is due, send it with no transaction open, write what became
of it."""

import time
from collections import defaultdict
from datetime import datetime

import structlog

from firegrid_app import clock
from firegrid_app.database import reading, transaction
from firegrid_app.messages.channels.chosen import lines
from firegrid_app.messages.channels.letter import Letter, Line, NotSent, Outcome
from firegrid_app.messages.outbox import Taken, anything_due, mark, put_back, take
from firegrid_app.messages.rules import LEASE, Reason
from firegrid_app.settings import settings

log = structlog.get_logger()
TIME_FOR_ALL = LEASE.total_seconds() / 2
"""After that a round begins no further letter: its lease would end while it is on its way."""


def send_round() -> int:
    """Send what is due now, `AT_ONCE` at most; how many messages were looked at."""
    now = clock.now()
    # Looking takes no lock: round after round there is nothing to do.
    with reading() as session:
        if not anything_due(session, now):
            return 0
    with transaction() as session:
        taken = take(session, now)
    ends = time.monotonic() + TIME_FOR_ALL
    ways = lines(settings())
    together = _together(taken, ways)
    for number, some in enumerate(together):
        if time.monotonic() > ends:
            with transaction() as session:
                put_back(session, [one for rest in together[number:] for one in rest], clock.now())
            break
        outcome = _send(ways.get(some[0].channel), some, clock.now())
        with transaction() as session:
            mark(session, some, outcome, clock.now())
    return len(taken)


def _together(taken: list[Taken], ways: dict[str, Line]) -> list[list[Taken]]:
    """The same words to the same group are one letter; everything else goes by itself."""
    groups: dict[tuple[object, ...], list[Taken]] = defaultdict(list)
    for one in taken:
        way = ways.get(one.channel)
        if way is not None and way.most_together > 1:
            groups[one.channel, one.purpose, one.text, way.group(one.path)].append(one)
        else:
            groups[one.id,].append(one)
    return [
        some[first : first + most]
        for some in groups.values()
        for most in (_most(ways.get(some[0].channel)),)
        for first in range(0, len(some), most)
    ]


def _most(way: Line | None) -> int:
    return way.most_together if way is not None else 1


def _send(way: Line | None, some: list[Taken], now: datetime) -> Outcome:
    if way is None:
        return NotSent(Reason.NOT_SET_UP)
    first = some[0]
    letter = Letter(
        key=first.key,
        purpose=first.purpose,
        phones=tuple(dict.fromkeys(one.phone for one in some)),
        text=first.text,
        gaps=first.gaps,
        path=first.path,
    )
    try:
        return way.send(letter, now)
    except Exception as error:
        # By type only: an error's words may hold the address with its key.
        log.error("message_failed", channel=first.channel, error=type(error).__name__)
        return NotSent(Reason.FAULT, type(error).__name__)
