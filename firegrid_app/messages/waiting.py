"""What waits for a person, in figures: what a digest says.

Each line of it is one entry of `PARTS`: a question to the room that knows, answered in figures.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.alerts.rules import touches
from firegrid_app.alerts.service import in_force
from firegrid_app.backup.standing import failing_for
from firegrid_app.clock import local_day
from firegrid_app.duties.lists import inbox
from firegrid_app.duties.rules.obligations import Rhythm
from firegrid_app.duties.service import is_workday
from firegrid_app.equipment.service import due_tests
from firegrid_app.exposure.service import count_to_approve
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.rules.steps import UNFINISHED
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import unseen
from firegrid_app.messages.rules import SOON, Counts
from firegrid_app.presence.tables import PresenceFlag
from firegrid_app.residents.listing import waiting_for
from firegrid_app.rewards.listing import to_decide
from firegrid_app.rota.swapping import open_swaps
from firegrid_app.settings import settings
from firegrid_app.sync.unaccepted import count_to_help_with, own_count
from firegrid_app.training.certificates import to_renew
from firegrid_app.training.coming import coming_for

Part = Callable[[Session, Actor, datetime], dict[str, int]]


def _duties(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    # A workday's own walk is no news on any workday.
    standing = [
        card.standing for card in inbox(session, actor, now) if card.rhythm != Rhythm.WORKDAY
    ]
    return {"overdue": standing.count("overdue"), "today": standing.count("today")}


def _hazards(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Those the person answers for, near their last day or past it."""
    found = session.exec(
        select(func.count())
        .select_from(Hazard)
        .where(
            Hazard.owner_id == actor.person_id,
            col(Hazard.status).in_(UNFINISHED),
            Hazard.due_on <= local_day(now, settings().zone) + SOON,
        )
    ).one()
    return {"hazards": found}


def _news(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Hazards one was told of (given, urged, stepped up, put right) and has not looked at."""
    return {"news": len(unseen(session, actor))}


def _flags(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """What looked odd and nobody has looked at; a county has others for that."""
    streets = [
        post.grid_path
        for post in actor.posts
        if post.grid_level > 0 and actor.may(Action.SUPERVISE, post.grid_path)
    ]
    if not streets:
        return {}
    found = session.exec(
        select(func.count())
        .select_from(PresenceFlag)
        .join(Grid, col(Grid.id) == PresenceFlag.grid_id)
        .where(
            or_(*(col(Grid.path).startswith(path, autoescape=True) for path in streets)),
            col(PresenceFlag.looked_at).is_(None),
            PresenceFlag.person_id != actor.person_id,
        )
    ).one()
    return {"flags": found}


def _certificates(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Those that expire, on the workdays one is to hear of it."""
    return {"certificates": to_renew(session, actor, now)}


def _equipment(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Tests of fire equipment that are due, for who keeps it close at hand."""
    return {"equipment": due_tests(session, actor, now)}


def _warnings(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """In force now for a grid of one's own, or one below it."""
    # The same for everybody counted with this session.
    if "alerts_in_force" not in session.info:
        session.info["alerts_in_force"] = in_force(session, now)
    found = session.info["alerts_in_force"]
    return {
        "warnings": sum(
            alert.starts_at <= now and any(touches(post.grid_path, paths) for post in actor.posts)
            for alert, paths in found
        )
    }


def _reports(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Residents' reports that wait for one's own community; a county hears of none."""
    if min((post.grid_level for post in actor.posts), default=0) < 1:
        return {}
    waiting, late = waiting_for(session, actor, now)
    # The community decides; the street hears of what waits too long there.
    is_community = any(post.grid_level == 2 for post in actor.posts)
    return {"reports": waiting if is_community else late}


def _rewards(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Rewards to decide on, for the street; whoever pays hears of it from who comes for it."""
    if min((post.grid_level for post in actor.posts), default=0) < 1:
        return {}
    return {"rewards": to_decide(session, actor)}


def _exposures(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Proposals for the exposure board that want one's yes."""
    return {"exposures": count_to_approve(session, actor, now)}


def _unaccepted(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Records the server said no to, on one's own phone; and on those of one's people, a day on."""
    return {
        "refused": own_count(session, actor, now),
        "refused_below": count_to_help_with(session, actor, now),
    }


def _coming(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Meetings, courses and drills up to the next workday, the day of the next digest."""
    if "next_workday" not in session.info:
        day = local_day(now, settings().zone) + timedelta(days=1)
        while not is_workday(session, day):
            day += timedelta(days=1)
        session.info["next_workday"] = day.isoformat()
    until = session.info["next_workday"]
    return {"coming": sum(card.day <= until for card in coming_for(session, actor, now))}


def _swaps(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Colleagues who wait for one's word about a shift."""
    return {"swaps": sum(not swap.own for swap in open_swaps(session, actor, now))}


def _backup(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """The nightly backup fails: for who would otherwise hear of it when it is wanted."""
    return {"backup": int(failing_for(actor) is not None)}


PARTS: tuple[Part, ...] = (
    _duties,
    _coming,
    _swaps,
    _hazards,
    _news,
    _flags,
    _certificates,
    _equipment,
    _warnings,
    _reports,
    _rewards,
    _exposures,
    _unaccepted,
    _backup,
)
"""What a digest asks. What a phone has never tried to hand in is not among it: only it knows."""


def counts_of(session: Session, actor: Actor, now: datetime) -> Counts:
    """What waits for this person."""
    found: dict[str, int] = {}
    for part in PARTS:
        found |= part(session, actor, now)
    return Counts(**found)
