"""Use cases of rewards: a case is opened, granted or declined, and paid out by somebody else.

The rule says what a report would be given; a person decides each (PIPL 24), and no reward has a
name on it: whoever brings number and secret code collects it.
"""

import hmac
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.rules import Action, Actor, Role, is_in_force
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_id
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.refusals import Refused
from firegrid_app.residents.rules import code_in
from firegrid_app.residents.tables import ReportKey, ResidentReport
from firegrid_app.rewards.rules import (
    MOST_VOUCHER,
    MOST_WORDS,
    Facts,
    Paid,
    Stage,
    collect_until,
    is_in,
    may_be_decided,
    stands,
    why_not,
)
from firegrid_app.rewards.schemes import amounts_of, scheme_at
from firegrid_app.rewards.tables import Reward, RewardScheme
from firegrid_app.settings import settings

_RESIDENT = "resident"
_NOBODYS = hash_token("")


def open_case(session: Session, report: ResidentReport, now: datetime) -> None:
    """A report was taken on: where rewards were given when it came, its reward waits to be decided.

    One that was joined to a known hazard has none, unless it was the first to tell of it.
    """
    grid = session.get(Grid, report.grid_id, options=[WITHOUT_OUTLINE])
    scheme = scheme_at(session, grid.path, report.received_at) if grid else None
    if scheme is None or session.get(Reward, report.id) is not None:
        return
    if report.standing == "joined" and not is_first(session, report):
        return
    session.add(Reward(report_id=report.id, scheme_id=scheme.id or 0, opened_at=now))
    session.flush()


def is_first(session: Session, report: ResidentReport) -> bool:
    """Did nobody tell of it earlier: no member who found it, no other resident?"""
    hazard = session.get(Hazard, report.hazard_id) if report.hazard_id else None
    if hazard is None:
        return False
    root = hazard.parent_id or hazard.id
    family = session.exec(
        select(Hazard).where(or_(Hazard.id == root, Hazard.parent_id == root))
    ).all()
    if any(one.source != _RESIDENT and one.happened_at < report.received_at for one in family):
        return False
    others = session.exec(
        select(ResidentReport.received_at, Reward.stage)
        .join(Reward, col(Reward.report_id) == col(ResidentReport.id), isouter=True)
        .where(
            col(ResidentReport.hazard_id).in_([one.id for one in family]),
            ResidentReport.id != report.id,
        )
    ).all()
    return not any(
        at < report.received_at or stage in (Stage.GRANTED, Stage.PAID) for at, stage in others
    )


def why_not_of(
    session: Session, report: ResidentReport, scheme: RewardScheme, now: datetime
) -> str:
    """What the rule says against a reward, as `rewards.why.<it>`; empty where it gives one."""
    hazard = session.get(Hazard, report.hazard_id) if report.hazard_id else None
    facts = Facts(
        first=is_first(session, report),
        reachable=bool(report.name or report.phone) or _has_code(session, report),
        named=bool(report.name or report.phone),
        staff=_is_staff(session, report.phone, now),
    )
    amounts = amounts_of(scheme, hazard.severity) if hazard else None
    return why_not(facts, amounts, asks_name=scheme.asks_name)


def _has_code(session: Session, report: ResidentReport) -> bool:
    keys = select(ReportKey.id).where(ReportKey.report_id == report.id).limit(1)
    return session.exec(keys).first() is not None


def _is_staff(session: Session, phone: str, now: datetime) -> bool:
    """Has whoever left this number a post? Building leaders are volunteers: they may be given."""
    if not phone:
        return False
    today = local_day(now, settings().zone)
    posts = session.exec(
        select(Post)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(Person.phone == phone, Post.role != Role.BUILDING_LEADER)
    ).all()
    return any(is_in_force(one.starts_on, one.ends_on, today) for one in posts)


def reward_for(
    session: Session, actor: Actor, report_id: UUID, *, hold: bool = False
) -> tuple[Reward, ResidentReport, RewardScheme]:
    """The one door to a reward, for who decides on rewards in its grid; with `hold` alone.

    Refuses `rewards.unknown` and what the grid's door refuses.
    """
    row = session.get(Reward, report_id, with_for_update=hold or None)
    report = session.get(ResidentReport, report_id)
    if row is None or report is None:
        raise Refused("rewards.unknown")
    grid_by_id(session, actor, report.grid_id, Action.REWARD)
    scheme = session.get(RewardScheme, row.scheme_id)
    assert scheme is not None
    return row, report, scheme


def grant(
    session: Session, actor: Actor, report_id: UUID, *, amount: int, checked: bool, now: datetime
) -> Reward:
    """Give so many yuan: it was checked on the spot, and the rule has nothing against it.

    Refuses `rewards.unknown`, `rewards.decided`, `rewards.rule_says_no`, `rewards.not_checked`,
    `rewards.bad_amount`, and what the grid's door refuses.
    """
    row, report, scheme = _to_decide(session, actor, report_id, now)
    if why_not_of(session, report, scheme, now):
        raise Refused("rewards.rule_says_no")
    if not checked:
        raise Refused("rewards.not_checked")
    hazard = session.get(Hazard, report.hazard_id)
    assert hazard is not None
    amounts = amounts_of(scheme, hazard.severity)
    if amounts is None or not is_in(amount, amounts):
        raise Refused(
            "rewards.bad_amount",
            least=amounts.least if amounts else 0,
            most=amounts.most if amounts else 0,
        )
    row.stage, row.severity, row.amount = Stage.GRANTED, hazard.severity, amount
    row.claim_until = collect_until(local_day(now, settings().zone), scheme.claim_days)
    row.words = row.reason = ""
    _decided(session, actor, row, report, "grant_reward", now)
    return row


def decline(session: Session, actor: Actor, report_id: UUID, words: str, now: datetime) -> Reward:
    """Give nothing, or take back what was granted and not paid; its reporter reads why.

    Where the rule says why, words can be left out. Refuses `rewards.unknown`, `rewards.decided`,
    `rewards.say_why`, and what the grid's door refuses.
    """
    row, report, scheme = reward_for(session, actor, report_id, hold=True)
    if row.stage in (Stage.PAID, Stage.DECLINED):
        raise Refused("rewards.decided")
    words = words.strip()[:MOST_WORDS]
    why = why_not_of(session, report, scheme, now) if row.stage == Stage.OPEN else ""
    if not words and why in ("", "ungraded"):
        raise Refused("rewards.say_why")
    row.stage, row.words, row.reason = Stage.DECLINED, words, why
    row.amount, row.severity, row.claim_until = 0, "", None
    _decided(session, actor, row, report, "decline_reward", now)
    return row


def pay(
    session: Session,
    actor: Actor,
    report_id: UUID,
    *,
    code: str,
    known: bool,
    checked: bool,
    voucher: str,
    now: datetime,
) -> Reward:
    """Note that it was paid out: to who brought the report's secret code, or (`known`) to who left
    a name or number with it. `checked`: whoever came is not on the grids' staff.

    Refuses `rewards.unknown`, `rewards.not_granted`, `rewards.too_late`, `rewards.second_person`,
    `rewards.wrong_code`, `rewards.not_known`, `rewards.no_staff`, and what the door refuses.
    """
    row, report, _ = reward_for(session, actor, report_id, hold=True)
    today = local_day(now, settings().zone)
    if row.stage != Stage.GRANTED:
        raise Refused("rewards.not_granted")
    if stands(row.stage, row.claim_until, today) != Stage.GRANTED:
        raise Refused("rewards.too_late")
    if actor.person_id == row.decided_by_id:
        raise Refused("rewards.second_person")
    if code.strip():
        if not _opens(session, report, code):
            raise Refused("rewards.wrong_code")
        row.paid_how = Paid.CODE
    elif known and (report.name or report.phone):
        row.paid_how = Paid.CONTACT
    else:
        raise Refused("rewards.not_known")
    if not checked:
        raise Refused("rewards.no_staff")
    row.stage, row.paid_at, row.paid_by_id = Stage.PAID, now, actor.person_id
    row.voucher = " ".join(voucher.split())[:MOST_VOUCHER]
    audit(session, actor.person_id, "pay_reward", f"report:{report.number}", now)
    session.flush()
    return row


def _opens(session: Session, report: ResidentReport, code: str) -> bool:
    kept = session.exec(select(ReportKey.secret_hash).where(ReportKey.report_id == report.id)).all()
    asked = hash_token(code_in(code) or "-")
    fits = [hmac.compare_digest(asked, one) for one in (*kept, _NOBODYS)]
    return any(fits)


def _to_decide(
    session: Session, actor: Actor, report_id: UUID, now: datetime
) -> tuple[Reward, ResidentReport, RewardScheme]:
    row, report, scheme = reward_for(session, actor, report_id, hold=True)
    if not may_be_decided(row.stage, row.claim_until, local_day(now, settings().zone)):
        raise Refused("rewards.decided")
    return row, report, scheme


def _decided(
    session: Session, actor: Actor, row: Reward, report: ResidentReport, action: str, now: datetime
) -> None:
    row.decided_at, row.decided_by_id = now, actor.person_id
    audit(session, actor.person_id, action, f"report:{report.number}", now)
    session.flush()
