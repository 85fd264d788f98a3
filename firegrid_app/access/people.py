"""Use cases over other people: list, invite, switch off. Each checks the rows it loaded."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from firegrid_app.access.cards import GridChoice, PersonCard
from firegrid_app.access.joining import INVITATION_DAYS
from firegrid_app.access.passwords import hash_token, new_token
from firegrid_app.access.posts import give_post, held_post
from firegrid_app.access.rules import GRID_LEVELS, Action, Actor, Role, mask_phone
from firegrid_app.access.service import (
    audit,
    clean_name,
    clean_phone,
    posts_in_force,
)
from firegrid_app.access.tables import Invitation, LoginSession, Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.picking import grids_to_open
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def people_in(
    session: Session,
    actor: Actor,
    now: datetime,
    words: str = "",
    limit: int = 200,
    *,
    grid_code: str = "",
    waiting: bool = False,
    skip: int = 0,
) -> list[PersonCard]:
    """People holding a post, today or later, in the grids whose people the actor manages.

    By grid and name; `words` search name, phone and grid, `grid_code` narrows to a subtree,
    `waiting` to those who have not chosen a password.
    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    found = (
        _people(session, actor, now, words, grid_code, waiting)
        .group_by(col(Person.id))
        .order_by(func.min(Grid.path), col(Person.name), col(Person.id))
        .offset(skip)
        .limit(limit)
    )
    people = list(session.exec(found))
    today = local_day(now, settings().zone)
    ids = [person.id or 0 for person in people]
    posts = posts_in_force(session, ids, now, and_to_come=True)
    cards = []
    for person in people:
        held = posts[person.id or 0]
        own = [(post, grid) for post, grid in held if actor.may(Action.MANAGE_PEOPLE, grid.path)]
        shown = any(actor.may(Action.SEE_PHONES, grid.path) for _, grid in own)
        cards.append(
            PersonCard(
                id=person.id or 0,
                name=person.name,
                phone=person.phone if shown else mask_phone(person.phone),
                posts=tuple(held_post(actor, post, grid, today) for post, grid in own),
                elsewhere=len(own) < len(held),
                has_password=person.password_hash is not None,
                switched_off=person.switched_off_at is not None,
                managed=all(actor.may_invite(Role(post.role), grid.path) for post, grid in held),
            )
        )
    return cards


def managed_grids(session: Session, actor: Actor) -> list[GridChoice]:
    """Grids the list can be narrowed to: streets and communities, or one's own small grids."""
    grids = grids_to_open(session, actor, Action.MANAGE_PEOPLE)
    return [GridChoice(grid.code, grid.name) for grid in grids]


def count_people(
    session: Session,
    actor: Actor,
    now: datetime,
    words: str = "",
    *,
    grid_code: str = "",
    waiting: bool = False,
) -> int:
    """How many `people_in` would list without its limit."""
    found = _people(session, actor, now, words, grid_code, waiting).with_only_columns(
        col(Person.id)
    )
    return session.scalar(select(func.count()).select_from(found.distinct().subquery())) or 0


def _people(
    session: Session, actor: Actor, now: datetime, words: str, grid_code: str, waiting: bool
) -> SelectOfScalar[Person]:
    scopes = actor.scopes(Action.MANAGE_PEOPLE)
    if not scopes:
        raise Refused("access.not_allowed")
    if grid_code:
        scopes = (grid_by_code(session, actor, grid_code, Action.MANAGE_PEOPLE).path,)
    today = local_day(now, settings().zone)
    query = (
        select(Person)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
        )
    )
    if waiting:
        query = query.where(
            col(Person.password_hash).is_(None), col(Person.switched_off_at).is_(None)
        )
    words = words.strip()
    if words:
        query = query.where(
            or_(
                col(Person.name).contains(words, autoescape=True),
                col(Person.phone).contains(words, autoescape=True),
                col(Grid.name).contains(words, autoescape=True),
                col(Grid.code).startswith(words, autoescape=True),
            )
        )
    return query


def invite(
    session: Session,
    actor: Actor,
    *,
    phone: str,
    name: str,
    role: str,
    grid_code: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    now: datetime,
) -> str:
    """Give a person a post and a link that sets the first password; the link's token comes back.

    The person may exist already (一岗多责: several posts a person). Who has a password, or a post
    out of the actor's reach, gets the post but no link (""): a link is a way into the account.
    Refuses `access.bad_phone`, `access.bad_name`, `access.unknown_role`, `grids.unknown`,
    `grids.wrong_level`, `access.outside_grid`, `access.bad_dates`, `access.phone_taken` (number
    known under another name), `access.person_switched_off`.
    """
    phone, name = clean_phone(phone), clean_name(name)
    if role not in Role.__members__.values():
        raise Refused("access.unknown_role")
    grid = session.exec(select(Grid).where(Grid.code == grid_code)).first()
    if grid is None:
        raise Refused("grids.unknown", code=grid_code[:30])
    if not actor.may_invite(Role(role), grid.path):
        raise Refused("access.outside_grid")
    if grid.level not in GRID_LEVELS[Role(role)]:
        raise Refused("grids.wrong_level")
    starts_on = starts_on or local_day(now, settings().zone)
    if ends_on is not None and ends_on < starts_on:
        raise Refused("access.bad_dates")
    person = session.exec(select(Person).where(Person.phone == phone)).first()
    if person is None:
        person = Person(phone=phone, name=name, created_at=now)
        session.add(person)
        session.flush()
    elif person.name != name:
        raise Refused("access.phone_taken")
    elif person.switched_off_at is not None:
        raise Refused("access.person_switched_off")
    assert person.id is not None
    held = posts_in_force(session, [person.id], now, and_to_come=True)[person.id]
    give_post(session, person.id, grid, Role(role), starts_on, ends_on)
    audit(session, actor.person_id, "invite", f"person:{person.id}", now)
    reachable = all(actor.may_invite(Role(post.role), held_in.path) for post, held_in in held)
    if person.password_hash is not None or not reachable:
        return ""
    return new_invitation(session, actor, person, now)


def new_invitation(session: Session, actor: Actor, person: Person, now: datetime) -> str:
    """A fresh link for this person; links given before stop working."""
    session.exec(
        update(Invitation)
        .where(col(Invitation.person_id) == person.id, col(Invitation.used_at).is_(None))
        .values(expires_at=now)
    )
    token = new_token()
    session.add(
        Invitation(
            token_hash=hash_token(token),
            person_id=person.id or 0,
            invited_by_id=actor.person_id,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    )
    session.flush()
    return token


def managed_person(session: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    """The one door to another person's row: every post of theirs must be one the actor may fill.

    Posts that begin later count too, or a link given today would open an officer's account then.

    Refuses `access.unknown_person` and `access.outside_grid`.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refused("access.unknown_person")
    held = posts_in_force(session, [person_id], now, and_to_come=True)[person_id]
    if not held or not all(actor.may_invite(Role(post.role), grid.path) for post, grid in held):
        raise Refused("access.outside_grid")
    return person


def invite_again(session: Session, actor: Actor, person_id: int, now: datetime) -> str:
    """A new link for someone who lost theirs or forgot the password; the token comes back."""
    person = managed_person(session, actor, person_id, now)
    if person.switched_off_at is not None:
        raise Refused("access.person_switched_off")
    audit(session, actor.person_id, "invite_again", f"person:{person_id}", now)
    return new_invitation(session, actor, person, now)


def switch_off(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Shut a person out: out at the next click, on every device."""
    person = managed_person(session, actor, person_id, now)
    if person.switched_off_at is None:
        person.switched_off_at = now
    session.exec(
        update(LoginSession)
        .where(col(LoginSession.person_id) == person_id, col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    audit(session, actor.person_id, "switch_off", f"person:{person_id}", now)


def switch_on(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Let a person in again; they log in anew."""
    person = managed_person(session, actor, person_id, now)
    person.switched_off_at = None
    audit(session, actor.person_id, "switch_on", f"person:{person_id}", now)
