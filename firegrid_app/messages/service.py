"""Use cases of messages: one's own choice, and the desk's list: send again, test a line."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, case, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.grids.service import grid_by_id, grids_in_scope
from firegrid_app.grids.tables import Grid
from firegrid_app.messages.cards import ChoiceCard, MessageLine, MessagesView
from firegrid_app.messages.outbox import Entry, Way, put_in
from firegrid_app.messages.rules import URGENT_FOR, Purpose, Standing
from firegrid_app.messages.tables import Message, MessageChoice
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import DEFAULT, LANGUAGES

PAGE = 30
LOOKED_BACK = timedelta(days=7)
_SENT, _WAITING = col(Message.sent_at).is_not(None), col(Message.next_try_at).is_not(None)
STANDS: dict[str, ColumnElement[bool]] = {
    Standing.SENT: _SENT,
    Standing.WAITING: ~_SENT & _WAITING,
    Standing.FAILED: ~_SENT & ~_WAITING,
}


def my_choice(session: Session, actor: Actor) -> ChoiceCard:
    """How this person is told."""
    row = session.get(MessageChoice, actor.person_id)
    chosen = settings()
    known = row is not None and row.channel in chosen.message_channels
    return ChoiceCard(
        digest=row is None or row.digest,
        channel=row.channel if row is not None and known else "",
        channels=chosen.message_channels,
        usual=chosen.usual_channel,
        hour=chosen.digest_hour,
    )


def choose(
    session: Session, actor: Actor, digest: bool, channel: str, language: str, now: datetime
) -> ChoiceCard:
    """Choose for oneself. The digest can be switched off, what is urgent cannot.

    Refuses `messages.unknown_channel`.
    """
    if channel and channel not in settings().message_channels:
        raise Refused("messages.unknown_channel")
    row = session.get(MessageChoice, actor.person_id)
    if row is None:
        row = MessageChoice(person_id=actor.person_id, language=language, chosen_at=now)
        session.add(row)
    row.digest, row.channel = digest, channel
    row.language = language if language in LANGUAGES else DEFAULT
    row.chosen_at = now
    session.flush()
    return my_choice(session, actor)


def messages_view(
    session: Session, actor: Actor, standing: str, page: int, now: datetime
) -> MessagesView:
    """What went out in one's grids, what failed first, else the latest; only `standing` if named.

    Refuses `access.not_allowed`.
    """
    mine: Any = (_in_scope(actor), col(Message.made_at) >= now - LOOKED_BACK)
    counted = _counted(session, mine)
    total = counted.get(standing, 0) if standing else sum(counted.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = session.exec(
        select(Message, Person.name, Grid.name)
        .join(Person, col(Person.id) == Message.person_id)
        .join(Grid, col(Grid.id) == Message.grid_id)
        .where(*mine, *([STANDS[standing]] if standing in STANDS else []))
        # What wants somebody stands before a morning's digests that arrived.
        .order_by(
            case((STANDS[Standing.FAILED], 0), (STANDS[Standing.WAITING], 1), else_=2),
            col(Message.made_at).desc(),
            col(Message.id).desc(),
        )
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    chosen = settings()
    return MessagesView(
        sent=counted.get(Standing.SENT, 0),
        waiting=counted.get(Standing.WAITING, 0),
        failed=counted.get(Standing.FAILED, 0),
        lines=tuple(_line(message, name, grid, now) for message, name, grid in rows),
        page=page,
        pages=pages,
        channels=chosen.message_channels,
        usual=chosen.usual_channel,
        hour=chosen.digest_hour,
    )


def _in_scope(actor: Actor) -> Any:
    scopes = actor.scopes(Action.SEE_MESSAGES)
    if not scopes:
        raise Refused("access.not_allowed")
    return or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes))


def _counted(session: Session, where: Any) -> dict[str, int]:
    columns: Any = [func.count().filter(stands) for stands in STANDS.values()]
    query = select(*columns).select_from(Message).join(Grid, col(Grid.id) == Message.grid_id)
    return dict(zip(STANDS, session.exec(query.where(*where)).one(), strict=True))


def _line(message: Message, name: str, grid_name: str, now: datetime) -> MessageLine:
    standing = Standing.WAITING if message.next_try_at else Standing.FAILED
    if message.sent_at is not None:
        standing = Standing.SENT
    return MessageLine(
        id=message.id or 0,
        at=_wall(message.made_at),
        name=name,
        grid_name=grid_name,
        purpose=message.purpose,
        channel=message.channel,
        standing=standing,
        sent=_wall(message.sent_at),
        reason=message.reason,
        said=message.said,
        tries=message.tries,
        next=_wall(message.next_try_at),
        may_again=standing == Standing.FAILED and not _is_over(message, now),
    )


def _wall(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(settings().zone).strftime("%m-%d %H:%M")


def _is_over(message: Message, now: datetime) -> bool:
    """A digest after its day's working hours: tomorrow's says what still waits."""
    return message.purpose == Purpose.DIGEST and message.not_after_at < now


def send_again(session: Session, actor: Actor, message_id: int, now: datetime) -> Message:
    """Let a message that was given up go once more, by the same line.

    Refuses `messages.unknown`, `access.outside_grid`, `messages.not_failed`, `messages.day_over`.
    """
    message = session.get(Message, message_id)
    if message is None:
        raise Refused("messages.unknown")
    grid_by_id(session, actor, message.grid_id, Action.SEE_MESSAGES)
    # Of two who press at once the second finds it waiting.
    session.refresh(message, with_for_update=True)
    if message.sent_at is not None or message.next_try_at is not None:
        raise Refused("messages.not_failed")
    if _is_over(message, now):
        raise Refused("messages.day_over")
    message.tries, message.next_try_at = 0, now
    if message.purpose != Purpose.DIGEST:
        # Whoever sends it again says that it still matters.
        message.not_after_at = now + URGENT_FOR
    audit(session, actor.person_id, "message_again", f"message:{message.id}", now)
    session.flush()
    return message


def try_line(session: Session, actor: Actor, channel: str, language: str, now: datetime) -> bool:
    """Send oneself a test by this line, once a minute.

    Refuses `access.not_allowed`, `messages.unknown_channel`, `messages.just_tested`.
    """
    grids = grids_in_scope(session, actor, Action.SEE_MESSAGES, limit=1)
    if not grids or grids[0].id is None:
        raise Refused("access.not_allowed")
    if channel not in settings().message_channels:
        raise Refused("messages.unknown_channel")
    way = Way(channel, language if language in LANGUAGES else DEFAULT)
    about = f"{channel} {now:%Y-%m-%dT%H:%M}"
    entry = Entry(Purpose.TEST, actor.person_id, grids[0].id, about, way)
    is_new = bool(put_in(session, [entry], now))
    if not is_new:
        raise Refused("messages.just_tested")
    audit(session, actor.person_id, "message_test", channel, now)
    return is_new
