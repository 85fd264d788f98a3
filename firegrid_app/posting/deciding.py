"""Use cases of posting people: who stands on a grid's board, field by field, on what basis."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor, is_in_force
from firegrid_app.access.service import audit, clean_name
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.contacts import flags_of
from firegrid_app.boards.houses import houses_of, in_order
from firegrid_app.boards.tables import PublicContact
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id
from firegrid_app.grids.tables import Grid
from firegrid_app.posting.cards import ContactLine, FieldLine, Holder
from firegrid_app.posting.rules import (
    BASES,
    FIELDS,
    NEEDS_CONSENT,
    Decided,
    keeps_words,
    shown_fields,
)
from firegrid_app.posting.tables import Face, PostingDecision
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

LONGEST = timedelta(days=1830)


def contact_lines(session: Session, grid: Grid, today: date) -> list[ContactLine]:
    """Contacts of a grid that are not over, with each field's standing. The caller has checked."""
    rows = session.exec(
        select(PublicContact)
        .where(
            PublicContact.grid_id == grid.id,
            or_(col(PublicContact.ends_on).is_(None), col(PublicContact.ends_on) >= today),
        )
        .order_by(col(PublicContact.id))
    ).all()
    people = [row.person_id for row in rows if row.person_id]
    faces = set(session.exec(select(Face.person_id).where(col(Face.person_id).in_(people))))
    decided: dict[int, list[tuple[PostingDecision, str]]] = {}
    for decision, name in session.exec(
        select(PostingDecision, Person.name)
        .join(Person, col(Person.id) == PostingDecision.decided_by_id)
        .where(col(PostingDecision.contact_id).in_([row.id for row in rows]))
        .order_by(col(PostingDecision.id))
    ):
        decided.setdefault(decision.contact_id, []).append((decision, name))
    return [
        ContactLine(
            id=row.id or 0,
            person_id=row.person_id or 0,
            name=row.display_name,
            role=row.role,
            phone=row.work_phone,
            has_face=row.person_id in faces,
            keeps=keeps_words(in_order(row.houses)),
            houses=[house_value(*house) for house in in_order(row.houses)],
            fields=_field_lines(row, decided.get(row.id or 0, []), today),
        )
        for row in rows
    ]


def _field_lines(
    row: PublicContact, decided: list[tuple[PostingDecision, str]], today: date
) -> list[FieldLine]:
    steps = [Decided(one.field, one.shown, one.ends_on) for one, _ in decided]
    shown = shown_fields(flags_of(row), steps, today)
    latest = {one.field: (one, name) for one, name in decided}
    zone = settings().zone
    base, _, words = row.basis.partition(" ")
    if base not in BASES:
        base, words = "", row.basis
    lines = []
    for field in FIELDS:
        one, name = latest.get(field, (None, ""))
        if one is None and field not in shown:
            base_here, words_here = "", ""
        else:
            base_here, words_here = base, words
        lines.append(
            FieldLine(
                field=field,
                shown=field in shown,
                basis=one.basis if one else base_here,
                basis_words=one.basis_words if one else words_here,
                basis_on=one.basis_on.isoformat() if one and one.basis_on else "",
                until=one.ends_on.isoformat() if one and one.ends_on else "",
                by=name,
                decided_on=local_day(one.decided_at, zone).isoformat() if one else "",
            )
        )
    return lines


def unposted(session: Session, grid: Grid, today: date) -> list[Holder]:
    """Who holds a post in the grid and stands on its board under none. The caller has checked."""
    there = {
        (row.person_id, row.role)
        for row in session.exec(
            select(PublicContact).where(
                PublicContact.grid_id == grid.id,
                or_(col(PublicContact.ends_on).is_(None), col(PublicContact.ends_on) >= today),
            )
        )
    }
    return [one for one in holders(session, grid, today) if (one.person_id, one.role) not in there]


def holders(session: Session, grid: Grid, today: date) -> list[Holder]:
    """Who holds a post in the grid today. The caller has checked."""
    rows = session.exec(
        select(Post, Person)
        .join(Person, col(Person.id) == Post.person_id)
        .where(Post.grid_id == grid.id, col(Person.switched_off_at).is_(None))
        .order_by(col(Post.id))
    )
    return [
        Holder(f"{person.id}:{post.role}", person.id or 0, person.name, post.role)
        for post, person in rows
        if is_in_force(post.starts_on, post.ends_on, today)
    ]


def post_person(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    holder: str,
    phone: str,
    basis_words: str,
    now: datetime,
) -> PublicContact:
    """Put who holds a post in the grid on its board, with name and work phone.

    Refuses `grids.unknown`, `access.outside_grid`, `posting.no_post`, `posting.bad_phone`,
    `posting.no_basis`.
    """
    grid = grid_by_code(session, actor, grid_code, Action.APPROVE_POSTING)
    today = local_day(now, settings().zone)
    found = [one for one in unposted(session, grid, today) if one.value == holder]
    if not found:
        raise Refused("posting.no_post")
    words = _basis_words(basis_words)
    phone = _work_phone(phone)
    contact = _taken_off_today(session, grid, found[0], today) or PublicContact(
        grid_id=grid.id or 0,
        person_id=found[0].person_id,
        role=found[0].role,
        display_name="",
        basis="",
        starts_on=today,
    )
    contact.display_name, contact.work_phone = clean_name(found[0].name), phone
    contact.houses = []
    contact.publish_name, contact.publish_phone = True, bool(phone)
    contact.basis, contact.ends_on = f"duty {words}", None
    session.add(contact)
    session.flush()
    audit(session, actor.person_id, "post_person", f"contact:{contact.id} {grid.code}", now)
    return contact


def _taken_off_today(
    session: Session, grid: Grid, holder: Holder, today: date
) -> PublicContact | None:
    """Who was taken off on the day they were put on has a line of this day already."""
    return session.exec(
        select(PublicContact).where(
            PublicContact.grid_id == grid.id,
            PublicContact.person_id == holder.person_id,
            PublicContact.role == holder.role,
            PublicContact.starts_on == today,
        )
    ).first()


def decide(
    session: Session,
    actor: Actor,
    contact_id: int,
    field: str,
    *,
    shown: bool,
    basis: str = "",
    basis_words: str = "",
    basis_on: date | None = None,
    ends_on: date | None = None,
    now: datetime,
) -> PostingDecision:
    """Show a field of a contact from now on, on a basis, or no longer (privacy E.4).

    Refuses `posting.unknown_contact`, `access.outside_grid`, `posting.unknown_field`,
    `posting.no_basis`, `posting.needs_consent`, `posting.no_day`, `posting.bad_days`.
    """
    contact = _own(session, actor, contact_id)
    if field not in FIELDS:
        raise Refused("posting.unknown_field")
    today = local_day(now, settings().zone)
    if shown:
        if basis not in BASES:
            raise Refused("posting.no_basis")
        if field in NEEDS_CONSENT and basis != "consent":
            raise Refused("posting.needs_consent")
        if basis == "consent" and basis_on is None:
            raise Refused("posting.no_day")
        if basis_on is not None and basis_on > today:
            raise Refused("posting.bad_days")
        if ends_on is not None and not today <= ends_on <= today + LONGEST:
            raise Refused("posting.bad_days")
        basis_words = _basis_words(basis_words)
    else:
        basis = basis_words = ""
        basis_on = ends_on = None
    decision = PostingDecision(
        contact_id=contact_id,
        field=field,
        shown=shown,
        basis=basis,
        basis_words=basis_words,
        basis_on=basis_on,
        ends_on=ends_on,
        decided_by_id=actor.person_id,
        decided_at=now,
    )
    session.add(decision)
    step = "publish" if shown else "unpublish"
    audit(session, actor.person_id, step, f"contact:{contact.id} {field}", now)
    session.flush()
    return decision


def end_contact(session: Session, actor: Actor, contact_id: int, now: datetime) -> PublicContact:
    """Take somebody off the board at once. Twice is fine.

    Refuses `posting.unknown_contact` and `access.outside_grid`.
    """
    contact = _own(session, actor, contact_id)
    yesterday = local_day(now, settings().zone) - timedelta(days=1)
    if contact.ends_on is None or contact.ends_on > yesterday:
        contact.ends_on = yesterday
        audit(session, actor.person_id, "unpublish", f"contact:{contact.id}", now)
        session.flush()
    return contact


def set_phone(
    session: Session, actor: Actor, contact_id: int, phone: str, now: datetime
) -> PublicContact:
    """Another work phone. Refuses `posting.unknown_contact`, `access.outside_grid`,
    `posting.bad_phone`."""
    contact = _own(session, actor, contact_id)
    contact.work_phone = _work_phone(phone)
    audit(session, actor.person_id, "set_work_phone", f"contact:{contact.id}", now)
    session.flush()
    return contact


def house_value(building: str, unit: str) -> str:
    """A building or one of its units as one value of a form; no name holds a tab."""
    return f"{building}\t{unit}" if unit else building


def set_houses(
    session: Session, actor: Actor, contact_id: int, houses: Iterable[str], now: datetime
) -> PublicContact:
    """Say which buildings, or units of them (`house_value`), somebody keeps (YC-71); none: they
    serve the whole grid.

    Refuses `posting.unknown_contact`, `access.outside_grid`, `posting.unknown_subject`.
    """
    contact = _own(session, actor, contact_id)
    today = local_day(now, settings().zone)
    there = {house_value(*house): house for house in houses_of(session, contact.grid_id, today)}
    # What they keep already may stay, also where its last door was closed meanwhile.
    there |= {house_value(*house): house for house in in_order(contact.houses)}
    wanted = set(houses)
    if not wanted <= there.keys():
        raise Refused("posting.unknown_subject")
    contact.houses = [list(house) for house in in_order(there[one] for one in wanted)]
    audit(session, actor.person_id, "set_building", f"contact:{contact.id}", now)
    session.flush()
    return contact


def _own(session: Session, actor: Actor, contact_id: int) -> PublicContact:
    """The one door to a contact for who decides what is posted."""
    contact = session.get(PublicContact, contact_id)
    if contact is None:
        raise Refused("posting.unknown_contact")
    grid_by_id(session, actor, contact.grid_id, Action.APPROVE_POSTING)
    return contact


def _work_phone(phone: str) -> str:
    """Digits, without the signs people type between them; empty where there is none."""
    phone = "".join(phone.split()).replace("-", "").replace("+86", "")
    if phone and not (phone.isascii() and phone.isdigit() and 5 <= len(phone) <= 20):
        raise Refused("posting.bad_phone")
    return phone


def _basis_words(words: str) -> str:
    words = " ".join(words.split())
    if not 2 <= len(words) <= 70 or not words.isprintable():
        raise Refused("posting.no_basis")
    return words
