"""One secret key a person: what their phone seals unsent work with, and signs handed-over work by.

It goes to that person's own log-in only. A phone lets go of it at log-out, so that what lies sealed
there opens again when the same person has logged in, and not before. A new password changes nothing
in it: work sealed under the old one must not be lost.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Actor
from firegrid_app.access.tables import PersonKey

_BYTES = 32
_FOR_HANDING_OVER = b"firegrid hand-over"
"""As in phone/person/seal.js: signing uses a key of its own, made from the person's."""


def own_key(session: Session, actor: Actor, now: datetime) -> str:
    """The actor's own key as 64 hex digits; made when first asked for."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = {"person_id": actor.person_id, "key": secrets.token_hex(_BYTES), "made_at": now}
    # Two devices may ask at once: whoever comes second gets what the first one made.
    session.execute(insert(PersonKey).values(new).on_conflict_do_nothing())
    return session.exec(
        select(PersonKey.key).where(col(PersonKey.person_id) == actor.person_id)
    ).one()


def is_signed_by(session: Session, person_id: int, text: str, signature: str) -> bool:
    """Was this text signed on a phone that held this person's key? False for who has none."""
    key = session.exec(select(PersonKey.key).where(PersonKey.person_id == person_id)).first()
    if key is None:
        return False
    return hmac.compare_digest(signature_of(key, text).encode(), signature.encode())


def signature_of(key: str, text: str) -> str:
    """HMAC-SHA256 of a text under a person's key (64 hex digits); hex, as the phone writes it."""
    signing = hmac.digest(bytes.fromhex(key), _FOR_HANDING_OVER, hashlib.sha256)
    return hmac.digest(signing, text.encode(), hashlib.sha256).hex()
