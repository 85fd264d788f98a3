"""Drawing up the list of a month by a pattern that goes round."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Actor
from firegrid_app.access.service import audit
from firegrid_app.duties.service import workdays
from firegrid_app.refusals import Refused
from firegrid_app.rota.cards import DrawnCard
from firegrid_app.rota.month_to_fill import busy_with, days_to_fill, keep_shifts, make_room
from firegrid_app.rota.patterns import last_on_duty, remember
from firegrid_app.rota.people import candidates, hold
from firegrid_app.rota.rules import Pattern, days_wanted, draw, overlaps_any, whose_turn
from firegrid_app.settings import settings


def draw_up(
    session: Session,
    actor: Actor,
    code: str,
    month: str,
    pattern: Pattern,
    *,
    first: int = 0,
    replace: bool = False,
    now: datetime,
) -> DrawnCard:
    """Draw up the list of a month by a pattern; `first` is who begins, 0 goes on in turn.

    Shifts that have begun stay; with `replace` the others give way, else the month must be empty.
    Refuses `grids.unknown`, `access.outside_grid`, `rota.bad_month`, `rota.not_here`,
    `rota.there_already`, `rota.over`.
    """
    grid, days = days_to_fill(session, actor, code, month, now)
    known = candidates(session, grid, days[0], days[-1], only=set(pattern.people))
    lacking = [one for one in pattern.people if one not in known]
    if lacking:
        raise Refused("rota.not_here", name="?", day=month)
    hold(session, set(pattern.people))
    replaced = make_room(session, actor, grid, days, replace, now)
    zone = settings().zone
    busy = busy_with(session, set(pattern.people), days)
    calendar = workdays(session, days[0], days[-1])
    wanted = days_wanted(days, pattern.days, calendar.__contains__)
    place = (
        pattern.people.index(first)
        if first in pattern.people
        else whose_turn(pattern, days[0], last_on_duty(session, grid, pattern, days[0], now))
    )
    drawn, empty = draw(
        pattern,
        wanted,
        place,
        zone,
        lambda person, day, moments: (
            moments[0] > now
            and known[person].is_here(day)
            and not overlaps_any(moments, busy[person])
        ),
    )
    made = [(one.person, one.hours.on(one.day, zone)) for one in drawn]
    keep_shifts(session, actor, grid, made, now)
    remember(session, actor, grid, pattern, now)
    # Today's hours that have passed are nobody's fault.
    left = [one for one in empty if one[1].on(one[0], zone)[0] > now]
    said = f"{grid.code} {month} +{len(made)} -{replaced}"
    audit(session, actor.person_id, "draw_rota", said, now)
    session.flush()
    return DrawnCard(len(made), replaced, len(left))
