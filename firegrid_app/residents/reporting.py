"""A resident without an account reports: checked, kept with its photos, waiting for the desk.

Nothing of it is public, and nobody but who moderates that grid sees it (`moderating.py`).
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.rules import is_in_force
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.duties.rules.periods import Workdays
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.deadlines import calendar_around
from firegrid_app.photos.processing import Processed
from firegrid_app.photos.service import keep_of_report
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Draft, FormCard, Sent
from firegrid_app.residents.rules import (
    LEAST_WHERE,
    MOST_NAME,
    MOST_WHERE,
    MOST_WORDS,
    OFFERED,
    Standing,
    is_answered_in_a_day,
    last_day,
    new_code,
    new_number,
    phone_in,
)
from firegrid_app.residents.tables import ReportKey, ResidentReport
from firegrid_app.rewards.noting import offer_in
from firegrid_app.settings import settings

LEVELS = (2, 3)
"""Communities and small grids take reports; above them nobody knows the place."""
MOST_AN_HOUR = 60
"""Reports of one community in an hour: more is no neighbourhood, it is a machine."""
MOST_KEYS = 5
_KEY = secrets.token_bytes(32)
"""Of this process alone: from a digest nobody learns the address it was made with."""


def form_for(session: Session, code: str, now: datetime) -> FormCard:
    """The grid a report is to be for. Refuses `boards.unknown`."""
    grid = open_grid(session, code, now)
    above = _above(session, grid)
    lines = [one.supervision_phone for one in (grid, *reversed(above))]
    return FormCard(
        code=grid.code,
        name=grid.name,
        above=tuple(one.name for one in above),
        supervision_phone=next(filter(None, lines), settings().supervision_phone),
        rewards=offer_in(session, grid, now),
    )


def open_grid(session: Session, code: str, now: datetime) -> Grid:
    """The community or small grid in force with this code. Refuses `boards.unknown`."""
    grid = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(Grid.code == code[:30])).first()
    today = local_day(now, settings().zone)
    if (
        grid is None
        or grid.level not in LEVELS
        or not is_in_force(grid.valid_from, grid.valid_to, today)
    ):
        raise Refused("boards.unknown")
    return grid


def _above(session: Session, grid: Grid) -> list[Grid]:
    """Street and community it lies in, the highest first."""
    rows = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.path).in_(paths_over(grid.path)[:-1]), Grid.level >= 1)
        .order_by(col(Grid.level))
    )
    return list(rows)


def checked(draft: Draft) -> Draft:
    """The report without outer blanks, if it says what and where.

    Refuses `residents.no_category`, `residents.no_where`, `residents.no_words`,
    `residents.too_long`, `residents.bad_phone`.
    """
    name = " ".join(draft.name.split())
    where, words = " ".join(draft.where_words.split()), draft.words.strip()
    if draft.category not in OFFERED:
        raise Refused("residents.no_category")
    if len(where) < LEAST_WHERE:
        raise Refused("residents.no_where")
    if draft.category == "other" and not words:
        raise Refused("residents.no_words")
    for text, most in ((where, MOST_WHERE), (words, MOST_WORDS), (name, MOST_NAME)):
        if len(text) > most:
            raise Refused("residents.too_long", most=most)
    phone = phone_in(draft.phone)
    if phone is None:
        raise Refused("residents.bad_phone")
    return replace(draft, where_words=where, words=words, name=name, phone=phone)


def refuse_flood(session: Session, grid: Grid, now: datetime) -> None:
    """Refuse `residents.too_many` when this community was sent more than people send."""
    community = paths_over(grid.path)[2] if grid.level > 2 else grid.path
    count = session.exec(
        select(func.count())
        .select_from(ResidentReport)
        .join(Grid, col(Grid.id) == ResidentReport.grid_id)
        .where(
            col(Grid.path).startswith(community, autoescape=True),
            col(ResidentReport.received_at) > now - timedelta(hours=1),
        )
    ).one()
    if count >= MOST_AN_HOUR:
        raise Refused("residents.too_many")


def digest_of(code: str, draft: Draft, photos: Sequence[str], sender: str, now: datetime) -> str:
    """The same for the same report by the same sender on the same day, and for nothing else.

    `photos` are SHA-256 of the bytes as sent, `sender` the address it came from.
    """
    day = local_day(now, settings().zone).isoformat()
    content = "\x00".join((day, sender, code, *astuple(draft), *photos))
    return hmac.digest(_KEY, content.encode(), hashlib.sha256).hex()


def take_in(
    session: Session,
    code: str,
    draft: Draft,
    photos: Sequence[Processed],
    digest: str,
    now: datetime,
) -> Sent:
    """Keep a checked report; the one sent before opens to a new secret, and nothing is doubled.

    Refuses `boards.unknown` and `residents.too_many`. Whoever sends the same at the same moment
    meets the unique digest: the caller tries once more.
    """
    grid = open_grid(session, code, now)
    report = session.exec(select(ResidentReport).where(ResidentReport.digest == digest)).first()
    if report is None:
        refuse_flood(session, grid, now)
        report = enter(session, grid, draft, len(photos), digest, now)
        for processed in photos:
            keep_of_report(session, processed, report_id=report.id, grid_id=report.grid_id, now=now)
    return Sent(report.number, _another_key(session, report, now))


def enter(
    session: Session, grid: Grid, draft: Draft, photos: int, digest: str, now: datetime
) -> ResidentReport:
    """A new report that waits for the desk; whoever calls has checked the draft and the door."""
    zone = settings().zone
    calendar = calendar_around(session, local_day(now, zone))
    assert grid.id is not None
    report = ResidentReport(
        id=uuid4(),
        number=_free_number(session),
        grid_id=grid.id,
        category=draft.category,
        where_words=draft.where_words,
        words=draft.words,
        name=draft.name,
        phone=draft.phone,
        photos=photos,
        received_at=now,
        answer_until=answer_by(draft.category, now, calendar, zone),
        standing=Standing.WAITING,
        digest=digest,
    )
    session.add(report)
    session.flush()
    return report


def answer_by(category: str, received_at: datetime, workdays: Workdays, zone: ZoneInfo) -> datetime:
    """The last moment for the desk to decide: a day later, or the end of the third workday."""
    if is_answered_in_a_day(category):
        return received_at + timedelta(days=1)
    return day_bounds(last_day(local_day(received_at, zone), workdays), zone)[1]


def _free_number(session: Session) -> str:
    while True:
        number = new_number()
        taken = session.exec(
            select(ResidentReport.id).where(ResidentReport.number == number)
        ).first()
        if taken is None:
            return number


def _another_key(session: Session, report: ResidentReport, now: datetime) -> str:
    """A new secret for the report; of many the latest stay."""
    keys = session.exec(
        select(ReportKey).where(ReportKey.report_id == report.id).order_by(col(ReportKey.id))
    ).all()
    for key in keys[: max(0, len(keys) - MOST_KEYS + 1)]:
        session.delete(key)
    code = new_code()
    session.add(ReportKey(report_id=report.id, secret_hash=hash_token(code), made_at=now))
    session.flush()
    return code
