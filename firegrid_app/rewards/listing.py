"""Rewards as the desk sees them: what is to be decided, to be paid, and the file of all of them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.tables import Person
from firegrid_app.clock import day_bounds, local_day
from firegrid_app.desk.showing import when_of
from firegrid_app.grids.service import grid_by_code, grids_in_scope
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.residents.rules import in_fours
from firegrid_app.residents.tables import ReportKey, ResidentReport
from firegrid_app.rewards.cards import (
    RewardDetail,
    RewardRow,
    RewardsAsk,
    RewardsView,
    RewardTally,
)
from firegrid_app.rewards.rules import GRADES, Stage, may_be_decided, stands
from firegrid_app.rewards.schemes import HIGHEST, amounts_of, scheme_card
from firegrid_app.rewards.service import reward_for, why_not_of
from firegrid_app.rewards.tables import Reward, RewardScheme
from firegrid_app.settings import settings

PAGE = 30
WHICH = ("open", "granted", "expired", "paid", "declined")
"""What the list can be narrowed to, in the order of the buttons."""


def rewards_view(session: Session, actor: Actor, ask: RewardsAsk, now: datetime) -> RewardsView:
    """The rewards below one street or county, and its scheme.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `rewards.not_here`.
    """
    grids = grids_in_scope(session, actor, Action.REWARD, lowest=HIGHEST)
    if not grids:
        raise Refused("access.not_allowed")
    top = street_or_county(session, actor, ask.code or grids[0].code)
    which = ask.which if ask.which in WHICH else "open"
    today = local_day(now, settings().zone)
    conditions = _conditions(today)
    inside = col(Grid.path).startswith(top.path, autoescape=True)
    begun = day_bounds(date(today.year, 1, 1), settings().zone)[0]
    # Of the same statement: figures and list cannot disagree.
    counts = session.exec(
        select(  # type: ignore[call-overload]
            *(func.sum(sa.case((conditions[one], 1), else_=0)) for one in WHICH),
            func.sum(sa.case((conditions["granted"], col(Reward.amount)), else_=0)),
            func.sum(
                sa.case((col(Reward.paid_at) >= begun, col(Reward.amount)), else_=0),
            ),
        )
        .select_from(Reward)
        .join(ResidentReport, col(ResidentReport.id) == col(Reward.report_id))
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(inside)
    ).one()
    tallies = {one: int(count or 0) for one, count in zip(WHICH, counts, strict=False)}
    pages = max(1, -(-tallies[which] // PAGE))
    page = min(max(ask.page, 1), pages)
    # What waits is done from the oldest; what is decided is looked up from the latest.
    order = (
        col(Reward.opened_at)
        if which == "open"
        else col(Reward.claim_until)
        if which == "granted"
        else col(Reward.decided_at).desc()
    )
    found = session.exec(
        select(Reward, ResidentReport, RewardScheme, Hazard)
        .join(ResidentReport, col(ResidentReport.id) == col(Reward.report_id))
        .join(RewardScheme, col(RewardScheme.id) == col(Reward.scheme_id))
        .join(Hazard, col(Hazard.id) == col(ResidentReport.hazard_id))
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(inside, conditions[which])
        .order_by(order, col(Reward.report_id))
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    ).all()
    return RewardsView(
        code=top.code,
        name=top.name,
        picks=tuple((grid.code, grid.name) for grid in grids),
        which=which,
        tallies=tuple(RewardTally(one, tallies[one]) for one in WHICH),
        rows=tuple(_row(session, *one, now) for one in found),
        matches=tallies[which],
        page=page,
        pages=pages,
        promised=int(counts[-2] or 0),
        paid=int(counts[-1] or 0),
        year=today.year,
        scheme=scheme_card(session, top, now),
    )


def to_decide(session: Session, actor: Actor) -> int:
    """How many rewards this person could decide on now; those of hazards not graded yet wait."""
    scopes = actor.scopes(Action.REWARD)
    if not scopes:
        return 0
    return session.exec(
        select(func.count())
        .select_from(Reward)
        .join(ResidentReport, col(ResidentReport.id) == col(Reward.report_id))
        .join(Hazard, col(Hazard.id) == col(ResidentReport.hazard_id))
        .join(Grid, col(Grid.id) == col(ResidentReport.grid_id))
        .where(
            col(Reward.stage) == Stage.OPEN,
            col(Hazard.severity).in_(GRADES),
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in scopes)),
        )
    ).one()


def street_or_county(session: Session, actor: Actor, code: str) -> Grid:
    """The grid whose rewards are looked at. Refuses `rewards.not_here` and what the
    grid's door refuses."""
    grid = grid_by_code(session, actor, code, Action.REWARD)
    if grid.level > HIGHEST:
        raise Refused("rewards.not_here")
    return grid


def _conditions(today: date) -> dict[str, sa.ColumnElement[bool]]:
    granted = col(Reward.stage) == Stage.GRANTED
    return {
        "open": col(Reward.stage) == Stage.OPEN,
        "granted": granted & (col(Reward.claim_until) >= today),
        "expired": granted & (col(Reward.claim_until) < today),
        "paid": col(Reward.stage) == Stage.PAID,
        "declined": col(Reward.stage) == Stage.DECLINED,
    }


def _row(
    session: Session,
    row: Reward,
    report: ResidentReport,
    scheme: RewardScheme,
    hazard: Hazard,
    now: datetime,
) -> RewardRow:
    zone = settings().zone
    today = local_day(now, zone)
    stage = stands(row.stage, row.claim_until, today)
    decidable = may_be_decided(row.stage, row.claim_until, today)
    amounts = amounts_of(scheme, hazard.severity) if decidable else None
    grid = session.get(Grid, report.grid_id, options=[WITHOUT_OUTLINE])
    return RewardRow(
        id=str(report.id),
        number=in_fours(report.number),
        grid_name=grid.name if grid else "",
        category=hazard.category,
        severity=row.severity or hazard.severity,
        stage=stage,
        why=row.reason
        if row.stage == Stage.DECLINED and row.reason
        else why_not_of(session, report, scheme, now)
        if decidable
        else "",
        least=amounts.least if amounts else 0,
        most=amounts.most if amounts else 0,
        amount=row.amount,
        until=row.claim_until.isoformat() if row.claim_until else "",
        received=when_of(report.received_at, now, zone),
    )


def reward_detail(session: Session, actor: Actor, report_id: UUID, now: datetime) -> RewardDetail:
    """One reward in full. Refuses `rewards.unknown` and what the grid's door refuses."""
    row, report, scheme = reward_for(session, actor, report_id)
    hazard = session.get(Hazard, report.hazard_id)
    assert hazard is not None
    zone = settings().zone
    today = local_day(now, zone)
    line = _row(session, row, report, scheme, hazard, now)
    ids = [one for one in (row.decided_by_id, row.paid_by_id) if one]
    names = dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids))).all())
    photos = session.exec(
        select(Photo.id)
        .where(Photo.record_id == hazard.id, col(Photo.stored_at).is_not(None))
        .order_by(col(Photo.taken_at), col(Photo.id))
    )
    own = row.decided_by_id == actor.person_id
    return RewardDetail(
        row=line,
        where_words=report.where_words,
        words=report.words,
        hazard=str(hazard.id),
        hazard_status=hazard.status,
        photos=tuple(str(one) for one in photos),
        has_contact=bool(report.name or report.phone),
        has_code=session.exec(
            select(ReportKey.id).where(ReportKey.report_id == report.id).limit(1)
        ).first()
        is not None,
        may_decide=may_be_decided(row.stage, row.claim_until, today),
        may_pay=line.stage == Stage.GRANTED and not own,
        own_grant=line.stage == Stage.GRANTED and own,
        decided=when_of(row.decided_at, now, zone),
        decided_by=names.get(row.decided_by_id or 0, ""),
        note=row.words,
        paid=when_of(row.paid_at, now, zone),
        paid_by=names.get(row.paid_by_id or 0, ""),
        paid_how=row.paid_how,
        voucher=row.voucher,
        collect_at=scheme.collect_at,
    )
