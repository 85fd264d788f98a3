"""The outbox: put in within the transaction of what causes it, taken by one, marked when gone.

Taking sets the next try ahead by `LEASE` and commits; only then it is sent, with no transaction
open; the outcome is written after. Who is killed between sending and writing leaves a message that
goes once more when the lease is over: better twice than never. Only a gateway that knows
`Idempotency-Key` makes that once; WeCom, DingTalk and Alibaba Cloud take no such key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.messages.channels.letter import NotSent, Outcome, Sent
from firegrid_app.messages.rules import (
    IN_A_GROUP,
    KEPT,
    LEASE,
    URGENT_FOR,
    Purpose,
    Reason,
    next_try,
)
from firegrid_app.messages.tables import Message, MessageChoice
from firegrid_app.settings import settings
from firegrid_app.texts import DEFAULT, say

log = structlog.get_logger()
AT_ONCE = 100
"""Messages taken together."""


@dataclass(frozen=True)
class Way:
    """How a person is told."""

    channel: str
    language: str = DEFAULT
    digest: bool = True


def ways_to(session: Session, person_ids: list[int]) -> dict[int, Way]:
    """How each of these people is told. A line that is not set up any more is the usual one."""
    chosen = settings()
    usual = chosen.usual_channel
    found = {person_id: Way(usual) for person_id in person_ids}
    rows = session.exec(select(MessageChoice).where(col(MessageChoice.person_id).in_(person_ids)))
    for row in rows:
        known = row.channel in chosen.message_channels
        found[row.person_id] = Way(row.channel if known else usual, row.language, row.digest)
    return found


def worded(purpose: Purpose, way: Way, parts: Mapping[str, str]) -> str:
    """The words of a message: who it is from, what, and the way into the app."""
    key = f"letters.{purpose}"
    if purpose == Purpose.DIGEST and way.channel in IN_A_GROUP:
        key = "letters.digest_in_group"
    text = say("letters.name", way.language) + say(key, way.language, **parts)
    address = settings().public_url.rstrip("/")
    return (text + say("letters.link", way.language, link=f"{address}/") if address else text)[:500]


@dataclass(frozen=True)
class Entry:
    """One message to be put in."""

    purpose: Purpose
    person_id: int
    grid_id: int
    about: str
    """The day, or the thing it is about: the same purpose, person and `about` go once."""
    way: Way
    parts: Mapping[str, str] = field(default_factory=dict)
    """What fills the gaps of its words."""
    gaps: Mapping[str, str] | None = None
    """What fills those of an SMS template, where that differs."""
    not_after: datetime | None = None


def put_in(session: Session, entries: Iterable[Entry], now: datetime) -> int:
    """Put these in, in one statement; how many were new."""
    rows = [
        {
            "key": f"{one.purpose} {one.person_id} {one.about}"[:100],
            "purpose": one.purpose.value,
            "person_id": one.person_id,
            "grid_id": one.grid_id,
            "channel": one.way.channel,
            "text": worded(one.purpose, one.way, one.parts),
            "gaps": dict(one.parts if one.gaps is None else one.gaps),
            "made_at": now,
            "not_after_at": one.not_after or now + URGENT_FOR,
            "next_try_at": now,
            "tries": 0,
            "reason": "",
            "said": "",
            "receipt": "",
        }
        for one in entries
    ]
    if not rows:
        return 0
    connection = session.connection()
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert
    statement = insert(Message).on_conflict_do_nothing(index_elements=["key"])
    # Without the option SQLAlchemy counts only updates and deletes.
    done = connection.execute(statement.execution_options(preserve_rowcount=True), rows)
    return done.rowcount


@dataclass(frozen=True)
class Taken:
    """A message in the hands of whoever sends it now."""

    id: int
    key: str
    purpose: str
    channel: str
    text: str
    gaps: dict[str, str]
    path: str
    phone: str
    tries: int


def anything_due(session: Session, now: datetime) -> bool:
    """Is there something to send? Takes no lock."""
    return session.exec(select(Message.id).where(_due(now)).limit(1)).first() is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return col(Message.next_try_at) <= now


def take(session: Session, now: datetime) -> list[Taken]:
    """Take what is due, so that nobody else does; what is too late or for nobody is given up."""
    rows = session.exec(
        select(Message, Person, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Person, col(Person.id) == Message.person_id)
        .join(Grid, col(Grid.id) == Message.grid_id)
        .where(_due(now))
        # What is urgent does not wait behind a morning's digests.
        .order_by(col(Message.purpose) == Purpose.DIGEST, col(Message.next_try_at), col(Message.id))
        .limit(AT_ONCE)
        # Several workers take different ones; SQLite knows no such lock and needs none.
        .with_for_update(skip_locked=True, of=Message)
    ).all()
    taken = []
    for message, person, grid in rows:
        if message.not_after_at < now:
            _give_up(message, Reason.TOO_LATE)
        elif person.switched_off_at is not None:
            _give_up(message, Reason.OFF)
        else:
            message.next_try_at = now + LEASE
            message.tries += 1
            assert message.id is not None
            taken.append(
                Taken(
                    id=message.id,
                    key=message.key,
                    purpose=message.purpose,
                    channel=message.channel,
                    text=message.text,
                    gaps={name: str(value) for name, value in message.gaps.items()},
                    path=grid.path,
                    phone=person.phone,
                    tries=message.tries,
                )
            )
    session.flush()
    return taken


def _give_up(message: Message, reason: Reason) -> None:
    message.next_try_at = None
    # What it failed for before says more than that it is late now.
    if reason != Reason.TOO_LATE or not message.reason:
        message.reason, message.said = reason, ""


def mark(session: Session, taken: list[Taken], outcome: Outcome, now: datetime) -> None:
    """Write what became of these."""
    for one in taken:
        changed = _gone(outcome, now) if isinstance(outcome, Sent) else _left(one, outcome, now)
        session.exec(
            update(Message)
            # Somebody may have sent it after our lease was over: that stays.
            .where(col(Message.id) == one.id, col(Message.sent_at).is_(None))
            .values(**changed)
        )


def _gone(outcome: Sent, now: datetime) -> dict[str, object]:
    return {
        "sent_at": now,
        "next_try_at": None,
        "reason": "",
        "said": "",
        "receipt": outcome.receipt[:60],
    }


def _left(one: Taken, outcome: NotSent, now: datetime) -> dict[str, object]:
    wait = next_try(outcome.reason, one.tries, outcome.wait)
    log.warning("message_not_sent", channel=one.channel, reason=outcome.reason, said=outcome.said)
    return {
        "next_try_at": None if wait is None else now + wait,
        "reason": outcome.reason,
        "said": outcome.said[:60],
    }


def put_back(session: Session, taken: list[Taken], now: datetime) -> None:
    """Give back what there was no time for; it was not tried."""
    ids = [one.id for one in taken]
    session.exec(
        update(Message)
        .where(col(Message.id).in_(ids), col(Message.sent_at).is_(None))
        .values(next_try_at=now, tries=Message.tries - 1)
    )


def sweep(session: Session, now: datetime, kept: timedelta = KEPT) -> None:
    """Old messages leave (privacy: kept no longer than anybody asks about them)."""
    session.exec(
        delete(Message).where(col(Message.made_at) < now - kept, col(Message.next_try_at).is_(None))
    )
