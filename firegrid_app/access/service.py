"""Use cases of log-in: who is asking, open and close a session, one's own devices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select, update

from firegrid_app.access.cards import MeCard, PostCard, SessionCard
from firegrid_app.access.field_rights import untrained
from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.rules import (
    LATE_RECORDS,
    Action,
    Actor,
    Held,
    HeldBefore,
    Role,
    is_in_force,
    is_phone,
)
from firegrid_app.access.tables import (
    AuditEntry,
    LoginSession,
    Person,
    Post,
)
from firegrid_app.clock import local_day
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_SEEN_EVERY = timedelta(minutes=5)
"""`last_seen_at` is written at most this often: a write per click would cost a commit each."""


@dataclass(frozen=True)
class OpenedSession:
    """A fresh log-in: the token goes into the cookie and is never seen again."""

    token: str
    person_id: int
    expires_at: datetime


def audit(
    session: Session, person_id: int | None, action: str, subject: str, now: datetime
) -> None:
    """Add one line to the audit log."""
    session.add(AuditEntry(at=now, person_id=person_id, action=action, subject=subject[:120]))


def posts_in_force(
    session: Session, person_ids: list[int], now: datetime, *, and_to_come: bool = False
) -> dict[int, list[tuple[Post, Grid]]]:
    """Posts held today (with `and_to_come` later ones too) by each of these people, with grids."""
    today = local_day(now, settings().zone)
    found: dict[int, list[tuple[Post, Grid]]] = {person_id: [] for person_id in person_ids}
    for post, grid in _all_posts(session, person_ids):
        day = max(today, post.starts_on) if and_to_come else today
        if is_in_force(post.starts_on, post.ends_on, day):
            found[post.person_id].append((post, grid))
    return found


def _all_posts(session: Session, person_ids: list[int]) -> Iterable[tuple[Post, Grid]]:
    return session.exec(
        select(Post, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(col(Post.person_id).in_(person_ids))
        .order_by(col(Grid.level), col(Grid.path), col(Post.id))
    )


_LOGGED_IN = (
    sa.select(
        col(LoginSession.id),
        col(LoginSession.token_hash),
        col(LoginSession.last_seen_at),
        col(LoginSession.expires_at),
        col(LoginSession.revoked_at),
        col(LoginSession.person_id),
        col(Person.name),
        col(Person.switched_off_at),
    )
    .join(Person, col(Person.id) == LoginSession.person_id)
    .where(col(LoginSession.token_hash).in_(sa.bindparam("hashes", expanding=True)))
)
_HELD = (
    sa.select(
        col(Post.id),
        col(Post.person_id),
        col(Post.role),
        col(Post.starts_on),
        col(Post.ends_on),
        col(Post.grid_id),
        col(Grid.path),
        col(Grid.level),
    )
    .join(Grid, col(Grid.id) == Post.grid_id)
    .where(col(Post.person_id).in_(sa.bindparam("people", expanding=True)))
    .order_by(col(Grid.level), col(Grid.path), col(Post.id))
)
"""Asked for every request that anybody makes: made once, and no row becomes an object."""


def held_posts(
    session: Session, people: set[int], now: datetime
) -> dict[int, tuple[tuple[Held, ...], tuple[HeldBefore, ...]]]:
    """What makes an `Actor` of each of these people: posts held today, and those just over."""
    today = local_day(now, settings().zone)
    posts: dict[int, list[Held]] = {person_id: [] for person_id in people}
    before: dict[int, list[HeldBefore]] = {person_id: [] for person_id in people}
    rows = session.execute(_HELD, {"people": list(people)}).all() if people else ()
    waiting = untrained(session, rows, today)
    for post in rows:
        held = Held(
            Role(post.role), post.grid_id, post.path, post.level, untrained=post.id in waiting
        )
        if is_in_force(post.starts_on, post.ends_on, today):
            posts[post.person_id].append(held)
        elif post.ends_on and today - LATE_RECORDS <= post.ends_on < today:
            before[post.person_id].append(HeldBefore(held, post.starts_on, post.ends_on))
    return {person_id: (tuple(posts[person_id]), tuple(before[person_id])) for person_id in people}


def actors_for_tokens(
    session: Session, tokens: set[str | None], now: datetime
) -> dict[str | None, Actor | Refused]:
    """Who each of these cookies is, or why it is nobody; two queries however many there are."""
    hashes = {hash_token(token): token for token in tokens if token and len(token) <= 200}
    logins = session.execute(_LOGGED_IN, {"hashes": list(hashes)}).all() if hashes else []
    held = held_posts(session, {login.person_id for login in logins}, now)
    actors: dict[str | None, Actor | Refused] = {
        token: Refused("access.not_logged_in") for token in tokens
    }
    for login in logins:
        if login.revoked_at is not None or login.expires_at <= now:
            continue
        token = hashes[login.token_hash]
        if login.switched_off_at is not None:
            actors[token] = Refused("access.switched_off")
            continue
        actors[token] = Actor(
            person_id=login.person_id,
            name=login.name,
            session_id=login.id,
            posts=held[login.person_id][0],
            last_seen_at=login.last_seen_at,
            before=held[login.person_id][1],
        )
    return actors


def actor_for_token(session: Session, token: str | None, now: datetime) -> Actor:
    """Who this cookie is. Refuses `access.not_logged_in` and `access.switched_off`."""
    actor = actors_for_tokens(session, {token}, now)[token]
    if isinstance(actor, Refused):
        raise actor
    return actor


def note_seen(session: Session, actor: Actor, now: datetime) -> None:
    """Remember that this device was here, and let its log-in live on from now."""
    if actor.last_seen_at is not None and now - actor.last_seen_at < _SEEN_EVERY:
        return
    session.exec(
        update(LoginSession)
        .where(col(LoginSession.id) == actor.session_id)
        .values(last_seen_at=now, expires_at=now + timedelta(days=settings().session_days))
    )


def require(actor: Actor, action: Action, grid: Grid) -> None:
    """Refuse `access.outside_grid` unless the actor may do this in this grid; where only the
    training before the post is missing (YB-31), `access.training_first`."""
    if not actor.may(action, grid.path):
        wait = actor.is_to_be_trained(action, grid.path)
        raise Refused("access.training_first" if wait else "access.outside_grid")


def open_session(session: Session, person: Person, device: str, now: datetime) -> OpenedSession:
    """Log this person in on this device. Refuses `access.switched_off`."""
    if person.switched_off_at is not None:
        raise Refused("access.switched_off")
    assert person.id is not None
    token = new_token()
    expires_at = now + timedelta(days=settings().session_days)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            device=device[:120] or "?",
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
        )
    )
    audit(session, person.id, "login", "", now)
    session.flush()
    return OpenedSession(token=token, person_id=person.id, expires_at=expires_at)


def leave(session: Session, token: str | None, now: datetime) -> None:
    """End the log-in behind this cookie, if there is one."""
    if not token:
        return
    query = select(LoginSession).where(LoginSession.token_hash == hash_token(token))
    login = session.exec(query).first()
    if login is not None and login.revoked_at is None:
        login.revoked_at = now
        audit(session, login.person_id, "logout", "", now)


def close_session(session: Session, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of one's own log-ins. Refuses `access.unknown_session` for anybody else's."""
    login = session.get(LoginSession, session_id)
    if login is None or login.person_id != actor.person_id:
        raise Refused("access.unknown_session")
    if login.revoked_at is None:
        login.revoked_at = now
        audit(session, actor.person_id, "logout", f"session:{session_id}", now)


def my_sessions(session: Session, actor: Actor, now: datetime) -> list[SessionCard]:
    """One's own devices that are logged in, latest first."""
    rows = session.exec(
        select(LoginSession)
        .where(
            LoginSession.person_id == actor.person_id,
            col(LoginSession.revoked_at).is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(col(LoginSession.last_seen_at).desc())
        .limit(50)
    )
    return [
        SessionCard(
            id=row.id or 0,
            device=row.device,
            created_at=row.created_at.isoformat(),
            last_seen_at=row.last_seen_at.isoformat(),
            current=row.id == actor.session_id,
        )
        for row in rows
    ]


def post_card(post: Post, grid: Grid) -> PostCard:
    """A post as shown."""
    return PostCard(
        id=post.id or 0,
        role=post.role,
        grid_code=grid.code,
        grid_name=grid.name,
        grid_level=grid.level,
    )


def holds_pilot_data(session: Session) -> bool:
    """Are there pilot accounts in this database?"""
    found = session.exec(select(Person.id).where(col(Person.pilot).is_(True)).limit(1))
    return found.first() is not None


def me(session: Session, actor: Actor, now: datetime) -> MeCard:
    """Who I am and which doors are open to me."""
    posts = posts_in_force(session, [actor.person_id], now)[actor.person_id]
    return MeCard(
        person_id=actor.person_id,
        name=actor.name,
        posts=tuple(post_card(post, grid) for post, grid in posts),
        can_record=bool(actor.scopes(Action.RECORD)),
        can_lead=bool(actor.scopes(Action.SEE_GRID)),
        can_speak=bool(actor.scopes(Action.SPEAK)),
        can_invite=bool(actor.scopes(Action.MANAGE_PEOPLE)),
        pilot=holds_pilot_data(session),
        training_first=any(post.untrained for post in actor.posts),
    )


def clean_name(name: str) -> str:
    """A person's name without outer blanks. Refuses `access.bad_name`."""
    name = " ".join(name.split())
    if not 1 < len(name) <= 40 or not name.isprintable():
        raise Refused("access.bad_name")
    return name


def clean_phone(phone: str) -> str:
    """Eleven digits; blanks and hyphens people type are dropped. Refuses `access.bad_phone`."""
    phone = "".join(phone.split()).replace("-", "").removeprefix("+86")
    if not is_phone(phone):
        raise Refused("access.bad_phone")
    return phone
