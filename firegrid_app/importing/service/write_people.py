"""Writes people, their posts, and the posted contacts of grid heads and members."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, insert, or_, select, update

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.houses import in_order
from firegrid_app.boards.tables import PublicContact
from firegrid_app.importing.cards import Counts
from firegrid_app.importing.rules.people import PersonItem

POSTED = frozenset({Role.GRID_HEAD, Role.GRID_MEMBER})
"""Whose contact a grid's board shows (YC-60)."""
DUTY_BASIS = "duty YC-60"
KEEPER_BASIS = "duty YC-71"
"""Who keeps a building or a unit of it is posted there."""


@dataclass(frozen=True)
class Accounts:
    """How new people begin. The pilot's can log in at once and show their synthetic numbers."""

    pilot: bool = False
    password_hash: str | None = None
    publish_phone: bool = False
    """A private mobile number is not posted without a decision of its own (privacy E.4)."""
    basis: str = DUTY_BASIS


def write_people(
    session: Session,
    items: list[PersonItem],
    ids: dict[str, int],
    accounts: Accounts,
    now: datetime,
    today: date,
) -> tuple[Counts, Counts]:
    """Upsert people by phone and posts by person, grid and role; counts of rows and contacts."""
    renamed = _write_persons(session, items, accounts, now)
    persons = {
        phone: person_id or 0 for phone, person_id in session.exec(select(Person.phone, Person.id))
    }
    current = or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today)
    held = {
        (post.person_id, post.grid_id, post.role): post.starts_on
        for post in session.exec(select(Post).where(current))
    }
    fresh: list[dict[str, Any]] = []
    created, updated = 0, 0
    for item in items:
        key = (persons[item.phone], ids[item.grid_code], str(item.role))
        if key not in held:
            held[key] = today
            fresh.append(
                {"person_id": key[0], "grid_id": key[1], "role": key[2], "starts_on": today}
            )
            created += 1
        elif item.phone in renamed:
            updated += 1
    if fresh:
        session.execute(insert(Post), fresh)
    contacts = _write_contacts(session, items, ids, persons, held, renamed, accounts, today)
    return Counts(created, updated, len(items) - created - updated), contacts


def _write_persons(
    session: Session, items: list[PersonItem], accounts: Accounts, now: datetime
) -> dict[str, str]:
    """Create new people, rename known ones; former names by phone come back."""
    stored = {
        phone: (person_id, name)
        for person_id, phone, name in session.exec(select(Person.id, Person.phone, Person.name))
    }
    names = {item.phone: item.name for item in items}
    fresh = [
        {
            "phone": phone,
            "name": name,
            "pilot": accounts.pilot,
            "password_hash": accounts.password_hash,
            "created_at": now,
        }
        for phone, name in names.items()
        if phone not in stored
    ]
    changed = {p: n for p, n in names.items() if p in stored and stored[p][1] != n}
    if fresh:
        session.execute(insert(Person), fresh)
    if changed:
        session.execute(
            update(Person), [{"id": stored[p][0], "name": name} for p, name in changed.items()]
        )
    return {phone: stored[phone][1] for phone in changed}


def _write_contacts(
    session: Session,
    items: list[PersonItem],
    ids: dict[str, int],
    persons: dict[str, int],
    held: dict[tuple[int, int, str], date],
    renamed: dict[str, str],
    accounts: Accounts,
    today: date,
) -> Counts:
    """One contact a post, with all the buildings it keeps in the file.

    What someone set on a board by hand stays, but a person's new name; who keeps nothing yet, or
    some of what the file says, keeps all of that. Who keeps a building is posted whatever their
    post is (YC-71). A contact taken off the board during this post is not put back.
    """
    stored = {
        (row.person_id, row.grid_id, row.role): row
        for row in session.exec(select(PublicContact).order_by(col(PublicContact.starts_on)))
    }
    fresh: list[dict[str, Any]] = []
    updated = 0
    posted: dict[tuple[int, int, str], list[PersonItem]] = {}
    for item in items:
        key = (persons[item.phone], ids[item.grid_code], str(item.role))
        if item.role in POSTED or item.houses:
            posted.setdefault(key, []).append(item)
    for key, some in posted.items():
        item, contact = some[0], stored.get(key)
        houses = [list(house) for house in in_order(house for one in some for house in one.houses)]
        ended = contact is not None and contact.ends_on is not None and contact.ends_on < today
        if contact is None or (ended and contact.starts_on < held[key]):
            fresh.append(
                {
                    "grid_id": key[1],
                    "person_id": key[0],
                    "role": key[2],
                    "display_name": item.name,
                    "work_phone": item.phone,
                    "publish_name": True,
                    "publish_phone": accounts.publish_phone,
                    "basis": accounts.basis if item.role in POSTED else KEEPER_BASIS,
                    "starts_on": held[key],
                    "houses": houses,
                }
            )
        else:
            is_renamed = contact.display_name == renamed.get(item.phone)
            keeps_more = len(houses) > len(contact.houses) and all(
                house in houses for house in contact.houses
            )
            if is_renamed:
                contact.display_name = item.name
            if keeps_more:
                contact.houses = houses
            updated += is_renamed or keeps_more
    if fresh:
        session.execute(insert(PublicContact), fresh)
    session.flush()
    return Counts(len(fresh), updated, len(posted) - len(fresh) - updated)
