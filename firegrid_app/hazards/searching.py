"""What the desk's list of hazards is narrowed to, as conditions the database reads."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import day_bounds
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.cards import HazardAsk
from firegrid_app.hazards.finding import Condition, Wanted, said
from firegrid_app.hazards.rules.kinds import CATEGORY, Severity
from firegrid_app.hazards.rules.steps import UNFINISHED, Status
from firegrid_app.hazards.tables import DepartmentPerson, Hazard, HazardNotice, Whistle
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings


def below(top: Grid) -> Condition:
    """In this grid or below it."""
    return col(Grid.path).startswith(top.path, autoescape=True) & col(Grid.valid_to).is_(None)


def is_closed() -> Condition:
    """Closed: said so that the index of these alone is found (`tables.Hazard`).

    The word stands in the statement itself: what comes beside it no database plans by.
    """
    return col(Hazard.status) == _CLOSED


def not_closed() -> Condition:
    """All the others, found by the index of these alone."""
    return col(Hazard.status) != _CLOSED


_CLOSED = sa.literal(Status.CLOSED.value, sa.String(), literal_execute=True)


def conditions(actor: Actor, today: date, now: datetime) -> dict[str, Condition]:
    """What each of `WHICH` means."""
    live = col(Hazard.status).in_(UNFINISHED)
    corrected = col(Hazard.status) == Status.CORRECTED
    told = sa.select(col(HazardNotice.hazard_id)).where(
        col(HazardNotice.person_id) == actor.person_id, col(HazardNotice.seen_at).is_(None)
    )
    # Read once each, not for each hazard anew: departments are called to few.
    called = sa.select(col(Whistle.hazard_id)).where(col(Whistle.done_at).is_(None))
    for_my_department = called.where(
        col(Whistle.department_id).in_(
            sa.select(col(DepartmentPerson.department_id)).where(
                col(DepartmentPerson.person_id) == actor.person_id
            )
        )
    )
    not_here = called.where(col(Whistle.checked_in_at).is_(None), col(Whistle.check_in_until) < now)
    # A second look is for who leads the grid or the one right above it, not for a whole county.
    led = [post.grid_id for post in actor.posts if actor.may(Action.CLOSE_HAZARD, post.grid_path)]
    mine_to_look_at = (
        corrected
        & (col(Hazard.corrected_by_id) != actor.person_id)
        & (col(Grid.id).in_(led) | col(Grid.parent_id).in_(led))
    )
    mine_to_do = (col(Hazard.status) == Status.OPEN) & (col(Hazard.owner_id) == actor.person_id)
    return {
        "mine": mine_to_do | mine_to_look_at | (live & col(Hazard.id).in_(for_my_department)),
        "overdue": live & (col(Hazard.due_on) < today),
        "stepped_up": live & (col(Hazard.step_ups) > 0),
        "unassigned": live & col(Hazard.owner_id).is_(None),
        "urged": live & (col(Hazard.urges_open) > 0),
        "recheck": corrected,
        "whistled": live & col(Hazard.id).in_(called),
        "not_here": live & col(Hazard.id).in_(not_here),
        "listed": live & (col(Hazard.listing) != ""),
        "new": col(Hazard.id).in_(told),
        "all": live,
        "closed": is_closed(),
        "merged": col(Hazard.status) == Status.MERGED,
    }


def filtered(session: Session, top: Grid, ask: HazardAsk) -> Wanted:
    """What the words and the filters of `ask` leave. Refuses `hazards.bad_period`,
    `access.bad_date`."""
    found: list[Condition] = []
    if ask.severity:
        found.append(col(Hazard.severity) == ask.severity)
    if ask.category:
        found.append(col(Hazard.category) == ask.category)
    first, last = _day(ask.found_from), _day(ask.found_to)
    if first and last and last < first:
        raise Refused("hazards.bad_period")
    zone = settings().zone
    if first:
        found.append(col(Hazard.happened_at) >= day_bounds(first, zone)[0])
    if last:
        found.append(col(Hazard.happened_at) < day_bounds(last, zone)[1])
    words = said(session, top, ask.words)
    return Wanted([*found, *words.in_turn], [*found, *words.as_a_whole])


def known(ask: HazardAsk) -> HazardAsk:
    """What a client asked for, without what there is not."""
    return HazardAsk(
        code=ask.code[:30],
        which=ask.which,
        words=ask.words[:40],
        after=ask.after[:120],
        page=max(ask.page, 1),
        severity=ask.severity if ask.severity in Severity.__members__.values() else "",
        category=ask.category if ask.category in CATEGORY else "",
        grid=ask.grid[:30],
        found_from=ask.found_from[:10],
        found_to=ask.found_to[:10],
    )


def _day(text: str) -> date | None:
    """A day of a filter; None for none. Refuses `access.bad_date`."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("access.bad_date") from None
    if not date(2000, 1, 1) <= day <= date(2100, 1, 1) - timedelta(days=1):
        raise Refused("access.bad_date")
    return day
