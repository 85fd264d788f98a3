"""Use cases of whoever was invited: look at the link, set the password by it, once."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from firegrid_app.access.passwords import hash_password, hash_token
from firegrid_app.access.rules import is_strong_enough
from firegrid_app.access.service import OpenedSession, audit, open_session
from firegrid_app.access.tables import Invitation, LoginSession, Person
from firegrid_app.refusals import Refused

INVITATION_DAYS = 7
"""How long a link stays good."""


def accept_invitation(
    session: Session, token: str, password: str, device: str, now: datetime
) -> OpenedSession:
    """Set the first password by an invitation, once, and log in.

    Refuses `access.invitation_gone` and `access.weak_password`.
    """
    invitation, person = open_invitation(session, token, now, to_use=True)
    if not is_strong_enough(password, person.phone):
        raise Refused("access.weak_password")
    person.password_hash = hash_password(password)
    invitation.used_at = now
    # A new password ends every log-in made with the old one.
    session.exec(
        update(LoginSession)
        .where(col(LoginSession.person_id) == person.id, col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    audit(session, person.id, "invitation_used", f"invitation:{invitation.id}", now)
    return open_session(session, person, device, now)


def open_invitation(
    session: Session, token: str, now: datetime, *, to_use: bool = False
) -> tuple[Invitation, Person]:
    """The unused, unexpired invitation behind this link. Refuses `access.invitation_gone`.

    With `to_use` the row stays locked: of two who use a link at once, one finds it gone.
    """
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == Invitation.person_id)
        .where(Invitation.token_hash == hash_token(token[:200]))
    )
    found = session.exec(query.with_for_update() if to_use else query).first()
    if found is None or found[0].used_at is not None or found[0].expires_at <= now:
        raise Refused("access.invitation_gone")
    if found[1].switched_off_at is not None:
        raise Refused("access.invitation_gone")
    return found
