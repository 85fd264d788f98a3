"""Use cases of certificates: enter one, take it off; what expires, and who is told on which day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor, is_in_force
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.duties.service import workdays
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.training.cards import CertificateLine
from firegrid_app.training.people import once_each, posts_on
from firegrid_app.training.rules import (
    REMIND_BEFORE,
    CertificateKind,
    CertificateStanding,
    certificate_problem,
    certificate_standing,
    is_number,
    is_reminder_day,
)
from firegrid_app.training.tables import Certificate

_ORDER = tuple(CertificateStanding)


def enter_certificate(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    kind: str,
    number: str,
    issuer: str,
    issued_on: date,
    expires_on: date | None,
    now: datetime,
) -> Certificate:
    """Enter a certificate of somebody who holds a post where one keeps the register.

    Refuses `access.unknown_person`, `training.person_left`, `access.outside_grid`,
    `training.unknown_certificate_kind`, `training.bad_number`, `training.number_taken`,
    `training.issued_ahead`, `training.expires_before`, `training.dates_far_off`.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refused("access.unknown_person")
    today = local_day(now, settings().zone)
    _refuse_strangers(session, actor, person, today)
    if kind not in tuple(CertificateKind):
        raise Refused("training.unknown_certificate_kind")
    number = "".join(number.split()).upper()
    if not is_number(number):
        raise Refused("training.bad_number")
    if problem := certificate_problem(issued_on, expires_on, today):
        raise Refused(problem)
    twin = select(Certificate).where(Certificate.kind == kind, Certificate.number == number)
    if session.exec(twin).first() is not None:
        raise Refused("training.number_taken", number=number)
    row = Certificate(
        person_id=person_id,
        kind=kind,
        number=number,
        issuer=" ".join(issuer.split())[:80],
        issued_on=issued_on,
        expires_on=expires_on,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(row)
    audit(session, actor.person_id, "enter_certificate", f"person:{person_id} {kind}", now)
    session.flush()
    return row


def end_certificate(session: Session, actor: Actor, certificate_id: int, now: datetime) -> None:
    """Take it off the register; its number stays taken. Refuses `training.unknown_certificate`."""
    row = session.get(Certificate, certificate_id)
    if row is None or row.ended_on is not None:
        raise Refused("training.unknown_certificate")
    person = session.get(Person, row.person_id)
    assert person is not None
    today = local_day(now, settings().zone)
    _refuse_strangers(session, actor, person, today)
    row.ended_on = today
    audit(session, actor.person_id, "end_certificate", f"certificate:{certificate_id}", now)
    session.flush()


def certificates_below(
    session: Session, actor: Actor, code: str, now: datetime
) -> list[CertificateLine]:
    """Those of everybody who holds a post in a grid or below, what expires first on top.

    Refuses `grids.unknown` and `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.KEEP_TRAINING)
    today = local_day(now, settings().zone)
    held = {person.id: place for person, _, place in once_each(posts_on(session, grid, today))}
    return _lines(session, [one or 0 for one in held], today, {k: v.name for k, v in held.items()})


def own_certificates(session: Session, actor: Actor, now: datetime) -> list[CertificateLine]:
    """One's own."""
    return _lines(session, [actor.person_id], local_day(now, settings().zone), {})


def to_renew(session: Session, actor: Actor, now: datetime) -> int:
    """How many certificates this person is to hear of today: one's own, and those one keeps."""
    today = local_day(now, settings().zone)
    days = workdays(session, today - timedelta(days=20), today + timedelta(days=1))
    rows = session.exec(
        select(Certificate, Grid.path)
        .join(Post, col(Post.person_id) == Certificate.person_id)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(
            col(Certificate.ended_on).is_(None),
            col(Certificate.expires_on) >= today,
            col(Certificate.expires_on) <= today + timedelta(days=REMIND_BEFORE[0]),
            Post.starts_on <= today,
            (col(Post.ends_on).is_(None)) | (col(Post.ends_on) >= today),
        )
    )
    return len(
        {
            row.id
            for row, path in rows
            if row.expires_on is not None
            and is_reminder_day(row.expires_on, today, days)
            and (row.person_id == actor.person_id or actor.may(Action.KEEP_TRAINING, path))
        }
    )


def _lines(
    session: Session, person_ids: Sequence[int], today: date, places: dict[int | None, str]
) -> list[CertificateLine]:
    rows = session.exec(
        select(Certificate, Person.name)
        .join(Person, col(Person.id) == Certificate.person_id)
        .where(col(Certificate.person_id).in_(person_ids), col(Certificate.ended_on).is_(None))
    )
    lines = [
        CertificateLine(
            id=row.id or 0,
            name=name,
            grid_name=places.get(row.person_id, ""),
            kind=row.kind,
            number=row.number,
            issuer=row.issuer,
            issued=row.issued_on.isoformat(),
            expires=row.expires_on.isoformat() if row.expires_on else "",
            standing=certificate_standing(row.expires_on, today),
            days_left=(row.expires_on - today).days if row.expires_on else 0,
        )
        for row, name in rows
    ]
    far = date.max.isoformat()
    return sorted(
        lines,
        key=lambda one: (
            _ORDER.index(CertificateStanding(one.standing)),
            one.expires or far,
            one.id,
        ),
    )


def _refuse_strangers(session: Session, actor: Actor, person: Person, today: date) -> None:
    """Refuse unless this person holds a post where the actor keeps the register."""
    held = session.exec(
        select(Post, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(Post.person_id == person.id)
    ).all()
    mine = [(post, grid) for post, grid in held if actor.may(Action.KEEP_TRAINING, grid.path)]
    if not mine:
        raise Refused("access.outside_grid")
    if person.switched_off_at is not None or not any(
        is_in_force(post.starts_on, post.ends_on, today) for post, _ in mine
    ):
        raise Refused("training.person_left", name=person.name)
