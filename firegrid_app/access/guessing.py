"""Entering by phone and password, slower and slower for whoever guesses."""

from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.rules import lock_for
from firegrid_app.access.service import OpenedSession, audit, open_session
from firegrid_app.access.tables import GuessGuard, Person
from firegrid_app.refusals import Refused

_FORGOTTEN_AFTER = timedelta(days=1)
"""Failures older than this do not count any more."""
_ADDRESS_PATIENCE = 4
"""A whole office may sit behind one address: twenty failures lock it, where five lock a number."""


def refuse_guessing(session: Session, phone: str, address: str, now: datetime) -> None:
    """Refuse `access.slow_down` while this number or this address is locked."""
    keys = [hash_token(phone), hash_token(address)]
    for guard in session.exec(select(GuessGuard).where(col(GuessGuard.key).in_(keys))):
        _refuse_locked(guard, now)


def _refuse_locked(guard: GuessGuard, now: datetime) -> None:
    if guard.locked_until is not None and guard.locked_until > now:
        seconds = int((guard.locked_until - now).total_seconds()) + 1
        raise Refused("access.slow_down", seconds=seconds)


def person_by_phone(session: Session, phone: str) -> Person | None:
    """Whose number this is."""
    return session.exec(select(Person).where(Person.phone == phone)).first()


def enter(
    session: Session,
    *,
    phone: str,
    address: str,
    password_fits: bool,
    device: str,
    now: datetime,
) -> OpenedSession | None:
    """Log in whoever's password fitted; None, and one more failure counted, for the others.

    The lock is asked again in this transaction: many guesses sent at once are not more guesses.
    Refuses `access.slow_down` and `access.switched_off`.
    """
    of_phone = _guard(session, hash_token(phone), now)
    of_address = _guard(session, hash_token(address), now)
    for guard in (of_phone, of_address):
        _refuse_locked(guard, now)
    person = person_by_phone(session, phone)
    if person is None or not password_fits:
        _count(of_phone, 1, now)
        _count(of_address, _ADDRESS_PATIENCE, now)
        audit(session, person.id if person else None, "login_failed", "", now)
        return None
    session.delete(of_phone)
    if of_address.failures == 0:
        session.delete(of_address)
    return open_session(session, person, device, now)


def _guard(session: Session, key: str, now: datetime) -> GuessGuard:
    """The counter of this key, made if there was none; others wait for it until we commit."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"key": key, "failures": 0, "last_failed_at": now}
    session.execute(insert(GuessGuard).values(new).on_conflict_do_nothing())
    return session.exec(select(GuessGuard).where(GuessGuard.key == key).with_for_update()).one()


def _count(guard: GuessGuard, patience: int, now: datetime) -> None:
    if now - guard.last_failed_at > _FORGOTTEN_AFTER:
        guard.failures = 0
    guard.failures += 1
    guard.last_failed_at = now
    lock = lock_for(guard.failures // patience)
    guard.locked_until = now + lock if lock else None
