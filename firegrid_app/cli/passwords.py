"""Sets a password on the server itself: the first administrator's, or a lost one."""

import getpass
import sys

from sqlmodel import col, select, update

from firegrid_app import clock
from firegrid_app.access.passwords import hash_password
from firegrid_app.access.rules import MIN_PASSWORD, is_strong_enough
from firegrid_app.access.service import audit, clean_phone
from firegrid_app.access.tables import LoginSession, Person
from firegrid_app.database import transaction
from firegrid_app.refusals import Refused
from firegrid_app.serving.words import Stop


def ask(*, from_stdin: bool) -> str:
    """The new password; typed twice, never shown, never an argument (those stay in histories)."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("新密码 / New password: ")
    if getpass.getpass("再输一次 / Again: ") != first:
        raise Stop("passwords_differ")
    return first


def set_password_of(phone: str, password: str) -> None:
    """Give the person with this number this password and end their log-ins; noted in the audit."""
    try:
        number = clean_phone(phone)
    except Refused:
        raise Stop("unknown_person", phone=phone) from None
    if not is_strong_enough(password, number):
        raise Stop("weak_password", least=MIN_PASSWORD)
    now = clock.now()
    with transaction() as session:
        person = session.exec(select(Person).where(Person.phone == number)).first()
        if person is None:
            raise Stop("unknown_person", phone=phone)
        person.password_hash = hash_password(password)
        session.exec(
            update(LoginSession)
            .where(col(LoginSession.person_id) == person.id, col(LoginSession.revoked_at).is_(None))
            .values(revoked_at=now)
        )
        audit(session, None, "password_set_on_server", f"person:{person.id}", now)
