"""The digest: one message a workday to whoever has something waiting, made by one worker."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from firegrid_app import clock
from firegrid_app.access.rules import Actor
from firegrid_app.access.service import held_posts
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.database import reading, transaction
from firegrid_app.duties.service import is_workday
from firegrid_app.messages.outbox import Entry, Way, put_in, sweep, ways_to
from firegrid_app.messages.rules import Counts, Purpose, digest_window
from firegrid_app.messages.tables import DigestDay
from firegrid_app.messages.waiting import counts_of
from firegrid_app.settings import settings
from firegrid_app.sync.unaccepted import sweep as sweep_unaccepted
from firegrid_app.texts import say

AT_A_TIME = 50
"""People counted between two short transactions."""
GIVEN_UP_BY_ITS_MAKER = timedelta(minutes=10)
"""A worker that has begun a day and not ended it by then was killed: another goes on."""


def parts_of(counts: Counts, language: str) -> str:
    """The figures that are not nought, in words."""
    return say("letters.between", language).join(
        say(f"letters.digest.{name}", language, count=count)
        for name, count in asdict(counts).items()
        if count
    )


def make_digests() -> int:
    """Make today's digests if it is time and nobody has; how many were put in."""
    now = clock.now()
    zone = settings().zone
    today = local_day(now, zone)
    opens, closes = digest_window(today, settings().digest_hour, zone)
    if not opens <= now < closes:
        return 0
    with reading() as session:
        row = session.get(DigestDay, today)
        if row is not None and (row.made_at is not None or not _was_killed(row, now)):
            return 0
        begun_at = row.begun_at if row is not None else None
        if not is_workday(session, today):
            return 0
    with transaction() as session:
        if not _begin(session, begun_at, now):
            return 0
        sweep(session, now)
        sweep_unaccepted(session, now)
    made = 0
    last = 0
    while people := _people_after(last):
        made += _make_for(people, closes, now)
        last = people[-1]
    with transaction() as session:
        session.exec(
            update(DigestDay).where(col(DigestDay.day) == today).values(made_at=clock.now())
        )
    return made


def _was_killed(row: DigestDay, now: datetime) -> bool:
    return row.begun_at < now - GIVEN_UP_BY_ITS_MAKER


def _begin(session: Session, begun_at: datetime | None, now: datetime) -> bool:
    """Take the day, or take over a day left in the middle; False when somebody else did."""
    today = local_day(now, settings().zone)
    connection = session.connection()
    if begun_at is None:
        insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert
        statement = insert(DigestDay).values(day=today, begun_at=now).on_conflict_do_nothing()
        statement = statement.execution_options(preserve_rowcount=True)
        return bool(connection.execute(statement).rowcount)
    taken = session.exec(
        update(DigestDay)
        .where(col(DigestDay.day) == today, col(DigestDay.begun_at) == begun_at)
        .values(begun_at=now)
    )
    return bool(taken.rowcount)


def _people_after(last: int) -> list[int]:
    """The next people with a post and an account, by id."""
    with reading() as session:
        rows = session.exec(
            select(col(Person.id))
            .where(
                col(Person.id) > last,
                col(Person.switched_off_at).is_(None),
                col(Person.password_hash).is_not(None),
                select(Post.id).where(Post.person_id == Person.id).exists(),
            )
            .order_by(col(Person.id))
            .limit(AT_A_TIME)
        )
        return [person_id for person_id in rows if person_id is not None]


def _make_for(people: list[int], closes: datetime, now: datetime) -> int:
    """Count with a session that takes no lock, then put in what is to go in one short one."""
    with reading() as session:
        ways = ways_to(session, people)
        wanting = {person_id for person_id in people if ways[person_id].digest}
        found = [
            (actor, counts)
            for actor in _actors(session, wanting, now)
            if not (counts := counts_of(session, actor, now)).is_empty
        ]
    if not found:
        return 0
    with transaction() as session:
        entries = [
            _entry(actor, counts, ways[actor.person_id], closes, now) for actor, counts in found
        ]
        return put_in(session, entries, now)


def _actors(session: Session, people: set[int], now: datetime) -> list[Actor]:
    return [
        Actor(person_id=person_id, name="", session_id=0, posts=posts)
        for person_id, (posts, _) in sorted(held_posts(session, people, now).items())
        if posts
    ]


def _entry(actor: Actor, counts: Counts, way: Way, closes: datetime, now: datetime) -> Entry:
    return Entry(
        Purpose.DIGEST,
        actor.person_id,
        min(actor.posts, key=lambda post: post.grid_level).grid_id,
        about=local_day(now, settings().zone).isoformat(),
        way=way,
        parts={"parts": parts_of(counts, way.language)},
        gaps=counts.gaps(),
        not_after=closes,
    )
