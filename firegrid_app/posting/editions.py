"""Use cases of printed papers: which edition a print is, which on the walls are old."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.places.tables import Place
from firegrid_app.points.rules import is_tag
from firegrid_app.posting.cards import EditionLine, ScannedBoard
from firegrid_app.posting.tables import Edition
from firegrid_app.posting.walls import Walls
from firegrid_app.refusals import Refused
from firegrid_app.routes import print_address
from firegrid_app.settings import settings

MOST_LISTED = 300
OF_PLACES = frozenset({"sign", "layout"})
"""Kinds of papers that are, or may be, of premises."""
FAR_BACK = timedelta(days=1830)


def edition(
    session: Session,
    actor: Actor,
    grid: Grid,
    kind: str,
    subject: str,
    languages: str,
    print_now: str,
    drawn_now: str,
    now: datetime,
) -> Edition:
    """The edition of a paper that is printed now: the one with the same content, or a new one.

    `print_now` and `drawn_now` are its fingerprints by `Walls`.
    """
    same = select(Edition).where(
        Edition.grid_id == grid.id,
        Edition.kind == kind,
        Edition.subject == subject,
        Edition.languages == languages,
        Edition.fingerprint == print_now,
        Edition.drawn == drawn_now,
        col(Edition.gone_on).is_(None),
    )
    found = session.exec(same).first()
    if found is None:
        found = Edition(
            kind=kind,
            grid_id=grid.id or 0,
            subject=subject,
            languages=languages,
            fingerprint=print_now,
            drawn=drawn_now,
            printed_at=now,
            printed_by_id=actor.person_id,
        )
        session.add(found)
    found.printed_at, found.printed_by_id = now, actor.person_id
    audit(session, actor.person_id, "print_paper", f"{kind} {grid.code} {subject}", now)
    session.flush()
    return found


def scanned(session: Session, code: str, tag: str, now: datetime) -> ScannedBoard:
    """What to tell whoever came to a grid's page by the code of a printed paper."""
    found = (
        session.exec(
            select(Edition, Grid)
            .options(WITHOUT_OUTLINE)
            .join(Grid, col(Grid.id) == Edition.grid_id)
            .where(Edition.tag == tag, Grid.code == code)
        ).first()
        if is_tag(tag)
        else None
    )
    if found is None:
        return ScannedBoard("unknown", "", "")
    row, grid = found
    zone = settings().zone
    day = local_day(row.printed_at, zone).isoformat()
    building = row.subject if row.kind == "notice" else ""
    walls = Walls(session, [grid], local_day(now, zone))
    place = _places(session, [row]).get(row.subject)
    is_old = row.gone_on is not None or walls.is_old(row, grid, place)
    return ScannedBoard("old" if is_old else "current", day, building)


def standing(session: Session, actor: Actor, now: datetime) -> list[EditionLine]:
    """Papers out there in the actor's grids, those to be printed anew first, at most 300."""
    scopes = actor.scopes(Action.POST_UP)
    if not scopes:
        raise Refused("access.not_allowed")
    rows = session.exec(
        select(Edition, Grid)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == Edition.grid_id)
        .where(
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
            col(Edition.gone_on).is_(None),
        )
        .order_by(col(Grid.path), col(Edition.kind), col(Edition.subject), col(Edition.id))
    ).all()
    zone = settings().zone
    walls = Walls(session, {grid.id: grid for _, grid in rows}.values(), local_day(now, zone))
    places = _places(session, [row for row, _ in rows])
    lines = [
        EditionLine(
            id=row.id or 0,
            kind=row.kind,
            grid_code=grid.code,
            grid_name=grid.name,
            subject=_subject_words(row, places),
            subject_code=row.subject,
            languages=row.languages,
            printed_on=local_day(row.printed_at, zone).isoformat(),
            hangs_at=row.hangs_at,
            hung_on=row.hung_on.isoformat() if row.hung_on else "",
            is_old=walls.is_old(row, grid, places.get(row.subject)),
            tag=row.tag,
            again=print_address(row.kind, grid.code, row.subject, row.languages),
        )
        for row, grid in rows
    ]
    fresh = {_paper(line) for line in lines if not line.is_old}
    lines = [replace(one, replaced=one.is_old and _paper(one) in fresh) for one in lines]
    lines.sort(key=lambda one: not one.is_old)
    return lines[:MOST_LISTED]


def _paper(line: EditionLine) -> tuple[str, ...]:
    return line.kind, line.grid_code, line.subject_code, line.languages


def note_hanging(
    session: Session, actor: Actor, edition_id: int, hangs_at: str, hung_on: date, now: datetime
) -> Edition:
    """Say where a paper hangs since when (YC-59, ZZ-52).

    Refuses `posting.unknown`, `access.outside_grid`, `posting.no_place`, `posting.day_far_off`.
    """
    row = _own(session, actor, edition_id)
    hangs_at = " ".join(hangs_at.split())
    if not 2 <= len(hangs_at) <= 80:
        raise Refused("posting.no_place")
    today = local_day(now, settings().zone)
    if not today - FAR_BACK <= hung_on <= today:
        raise Refused("posting.day_far_off")
    row.hangs_at, row.hung_on = hangs_at, hung_on
    session.flush()
    return row


def take_down(session: Session, actor: Actor, edition_id: int, now: datetime) -> Edition:
    """A paper hangs no more. Twice is fine. Refuses `posting.unknown`, `access.outside_grid`."""
    row = _own(session, actor, edition_id)
    row.gone_on = row.gone_on or local_day(now, settings().zone)
    session.flush()
    return row


def _own(session: Session, actor: Actor, edition_id: int) -> Edition:
    """The one door to an edition."""
    row = session.get(Edition, edition_id)
    if row is None:
        raise Refused("posting.unknown")
    grid_by_id(session, actor, row.grid_id, Action.POST_UP)
    return row


def _places(session: Session, rows: list[Edition]) -> dict[str, Place]:
    ids = {int(row.subject) for row in rows if row.kind in OF_PLACES and row.subject.isdigit()}
    if not ids:
        return {}
    found = session.exec(select(Place).where(col(Place.id).in_(ids)))
    return {str(place.id): place for place in found}


def _subject_words(row: Edition, places: dict[str, Place]) -> str:
    if row.kind in OF_PLACES:
        return places[row.subject].name if row.subject in places else row.subject
    return row.subject if row.kind == "notice" else ""
