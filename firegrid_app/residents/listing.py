"""Residents' reports as the desk sees them: what waits and how long, and what may be the same."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.desk.cards import When
from firegrid_app.desk.showing import until_of, when_of
from firegrid_app.grids.service import grid_by_code, grids_in_scope
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.rules.kinds import CATEGORY
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import (
    Known,
    ReportDetail,
    ReportRow,
    ReportsAsk,
    ReportsTally,
    ReportsView,
)
from firegrid_app.residents.moderating import report_by_id
from firegrid_app.residents.rules import Standing
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.rewards.tables import Reward
from firegrid_app.settings import settings

PAGE = 30
WHICH = ("waiting", "late", "taken_on", "turned_down", "all")
"""What the list can be narrowed to, in the order of the buttons."""
_SAME_THING = timedelta(weeks=12)
_MOST_KNOWN = 20
_MOST_GRIDS = 200


def reports_view(session: Session, actor: Actor, ask: ReportsAsk, now: datetime) -> ReportsView:
    """The reports below one grid that `ask` asks for (the highest in reach without a code).

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`.
    """
    grids = grids_in_scope(session, actor, Action.MODERATE, lowest=2)
    if not grids:
        raise Refused("access.not_allowed")
    top = grid_by_code(session, actor, ask.code or grids[0].code, Action.MODERATE)
    which = ask.which if ask.which in WHICH else "waiting"
    conditions = _conditions(now)
    inside = col(Grid.path).startswith(top.path, autoescape=True)
    tallies = session.exec(
        select(*(func.sum(sa.case((conditions[one], 1), else_=0)) for one in WHICH))  # type: ignore[call-overload]
        .select_from(ResidentReport)
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(inside)
    ).one()
    counts = dict(zip(WHICH, (int(count or 0) for count in tallies), strict=True))
    pages = max(1, -(-counts[which] // PAGE))
    page = min(max(ask.page, 1), pages)
    # What waits is done in the order of its deadlines; what is decided is looked up from the last.
    order = (
        [col(ResidentReport.answer_until), col(ResidentReport.id)]
        if which in ("waiting", "late")
        else [col(ResidentReport.received_at).desc(), col(ResidentReport.id)]
    )
    reports = session.exec(
        select(ResidentReport)
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(inside, conditions[which])
        .order_by(*order)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    return ReportsView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in grids),
        which=which,
        tallies=tuple(ReportsTally(one, counts[one]) for one in WHICH),
        rows=tuple(_rows(session, reports, now)),
        matches=counts[which],
        page=page,
        pages=pages,
        as_of=f"{now.astimezone(settings().zone):%H:%M}",
        rewards=bool(actor.scopes(Action.REWARD)),
    )


def _conditions(now: datetime) -> dict[str, sa.ColumnElement[bool]]:
    waiting = col(ResidentReport.standing) == Standing.WAITING
    return {
        "waiting": waiting,
        "late": waiting & (col(ResidentReport.answer_until) < now),
        "taken_on": col(ResidentReport.standing).in_([Standing.TAKEN_ON, Standing.JOINED]),
        "turned_down": col(ResidentReport.standing) == Standing.TURNED_DOWN,
        "all": sa.true(),
    }


def waiting_for(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """How many reports wait for this person to decide, and how many of them too long."""
    scopes = actor.scopes(Action.MODERATE)
    if not scopes:
        return 0, 0
    conditions = _conditions(now)
    found = session.exec(
        select(
            func.count(),
            func.sum(sa.case((conditions["late"], 1), else_=0)),
        )
        .select_from(ResidentReport)
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(
            conditions["waiting"],
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
        )
    ).one()
    return int(found[0]), int(found[1] or 0)


def _rows(session: Session, reports: Sequence[ResidentReport], now: datetime) -> list[ReportRow]:
    zone = settings().zone
    names = dict(
        session.exec(
            select(Grid.id, Grid.name).where(col(Grid.id).in_({one.grid_id for one in reports}))
        ).all()
    )
    photos: dict[UUID, list[str]] = defaultdict(list)
    owners = {one.id for one in reports} | {one.hazard_id for one in reports if one.hazard_id}
    for photo_id, record_id in session.exec(
        select(Photo.id, Photo.record_id)
        .where(col(Photo.record_id).in_(owners), col(Photo.stored_at).is_not(None))
        .order_by(col(Photo.taken_at), col(Photo.id))
    ):
        photos[record_id].append(str(photo_id))
    return [
        ReportRow(
            id=str(one.id),
            number=one.number,
            grid_name=names.get(one.grid_id, ""),
            category=one.category,
            where_words=one.where_words,
            words=one.words,
            standing=one.standing,
            late=one.standing == Standing.WAITING and now > one.answer_until,
            hours=int(((one.decided_at or now) - one.received_at).total_seconds() // 3600),
            received=when_of(one.received_at, now, zone),
            answer_by=until_of(one.answer_until, now, zone),
            photos=tuple(photos[one.hazard_id or one.id]),
        )
        for one in reports
    ]


def report_detail(session: Session, actor: Actor, report_id: UUID, now: datetime) -> ReportDetail:
    """One report in full, with open hazards it may be the same as. Refuses what its door does."""
    report = report_by_id(session, actor, report_id)
    grid = session.get(Grid, report.grid_id, options=[WITHOUT_OUTLINE])
    assert grid is not None
    zone = settings().zone
    (row,) = _rows(session, [report], now)
    around = _around(session, actor, grid)
    decided_by = session.get(Person, report.decided_by_id) if report.decided_by_id else None
    hazard = session.get(Hazard, report.hazard_id) if report.hazard_id else None
    return ReportDetail(
        row=row,
        severity=CATEGORY[report.category].severity,
        grid=grid.code,
        grids=tuple((one.code, one.name) for one in around),
        known=_known(session, report, [one.id or 0 for one in around], now)
        if report.standing == Standing.WAITING
        else (),
        has_contact=bool(report.name or report.phone),
        decided=when_of(report.decided_at, now, zone) if report.decided_at else When(),
        decided_by=decided_by.name if decided_by else "",
        reason=report.reason,
        reason_words=report.reason_words,
        hazard=str(hazard.id) if hazard else "",
        hazard_status=hazard.status if hazard else "",
        rewarded=actor.may(Action.REWARD, grid.path) and session.get(Reward, report.id) is not None,
    )


def _around(session: Session, actor: Actor, grid: Grid) -> list[Grid]:
    """The grid, its community and the small grids beside it: where a resident may have stood."""
    home = grid.parent_id if grid.level > 2 else grid.id
    rows = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(
            or_(Grid.id == grid.id, Grid.id == home, Grid.parent_id == home),
            col(Grid.valid_to).is_(None),
        )
        .order_by(col(Grid.path))
        .limit(_MOST_GRIDS)
    )
    return [one for one in rows if actor.may(Action.MODERATE, one.path)]


def _known(
    session: Session, report: ResidentReport, grid_ids: list[int], now: datetime
) -> tuple[Known, ...]:
    """Open hazards of the grid first, of the same kind first, the latest first."""
    hazards = session.exec(
        select(Hazard)
        .where(
            col(Hazard.grid_id).in_(grid_ids),
            col(Hazard.status).in_(UNFINISHED),
            col(Hazard.happened_at) > now - _SAME_THING,
        )
        .order_by(
            sa.case((col(Hazard.grid_id) == report.grid_id, 0), else_=1),
            sa.case((col(Hazard.category) == report.category, 0), else_=1),
            col(Hazard.happened_at).desc(),
            col(Hazard.id),
        )
        .limit(_MOST_KNOWN)
    )
    zone = settings().zone
    return tuple(
        Known(
            id=str(one.id),
            category=one.category,
            status=one.status,
            where_words=one.where_words,
            words=one.words,
            found=when_of(one.happened_at, now, zone),
        )
        for one in hazards
    )
