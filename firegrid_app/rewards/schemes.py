"""Schemes of rewards: what a street or county gives; earlier reports keep the one of their day.

None is shipped: as long as nobody set one, nothing of rewards is seen anywhere.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.grids.service import grid_by_code, paths_over
from firegrid_app.grids.tables import Grid
from firegrid_app.refusals import Refused
from firegrid_app.rewards.cards import AmountLine, SchemeCard, SchemeForm
from firegrid_app.rewards.rules import (
    GRADES,
    MOST_DAYS,
    MOST_PLACE,
    MOST_YUAN,
    Amounts,
    are_amounts,
)
from firegrid_app.rewards.tables import RewardScheme
from firegrid_app.settings import settings

HIGHEST = 1
"""Streets and what is above them set schemes."""


def set_scheme(
    session: Session, actor: Actor, code: str, form: SchemeForm, now: datetime
) -> RewardScheme:
    """What a street or county gives from now on; switched off, nothing.

    Refuses `rewards.not_here`, `rewards.bad_amounts`, `rewards.bad_days`, `rewards.no_place` and
    what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, code, Action.REWARD)
    if grid.level > HIGHEST:
        raise Refused("rewards.not_here")
    row = RewardScheme(
        grid_id=grid.id or 0, is_on=form.is_on, set_at=now, set_by_id=actor.person_id
    )
    if form.is_on:
        _fill(row, form)
    session.add(row)
    session.flush()
    audit(session, actor.person_id, "set_reward_scheme", f"reward_scheme:{row.id}", now)
    return row


def _fill(row: RewardScheme, form: SchemeForm) -> None:
    amounts = tuple(Amounts(_yuan(least), _yuan(most or least)) for least, most in form.amounts)
    if len(amounts) != len(GRADES) or not are_amounts(amounts):
        raise Refused("rewards.bad_amounts", most=MOST_YUAN)
    days = _whole(form.claim_days)
    if days is None or not 1 <= days <= MOST_DAYS:
        raise Refused("rewards.bad_days", most=MOST_DAYS)
    place = " ".join(form.collect_at.split())
    if not 2 <= len(place) <= MOST_PLACE:
        raise Refused("rewards.no_place", most=MOST_PLACE)
    for grade, one in zip(GRADES, amounts, strict=True):
        setattr(row, f"{grade}_least", one.least)
        setattr(row, f"{grade}_most", one.most)
    row.asks_name, row.claim_days, row.collect_at = form.asks_name, days, place


def _yuan(text: str) -> int:
    """Whole yuan as typed; nothing is 0, nonsense is more than anybody may give."""
    found = _whole(text) if text.strip() else 0
    return MOST_YUAN + 1 if found is None else found


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def amounts_of(scheme: RewardScheme, severity: str) -> Amounts | None:
    """What it gives for a grade; None while a grade is only suspected."""
    if severity not in GRADES:
        return None
    return Amounts(getattr(scheme, f"{severity}_least"), getattr(scheme, f"{severity}_most"))


def scheme_at(session: Session, path: str, at: datetime) -> RewardScheme | None:
    """What was given in a grid at a moment: the street's own scheme, else the county's.

    None where there was none, or where it was switched off.
    """
    row = _row_at(session, path, at)
    return row[0] if row and row[0].is_on else None


def scheme_card(session: Session, grid: Grid, now: datetime) -> SchemeCard:
    """The scheme in force in a grid, for whoever may set one."""
    found = _row_at(session, grid.path, now)
    if found is None:
        return SchemeCard()
    row, of = found
    by = session.get(Person, row.set_by_id)
    return SchemeCard(
        is_on=row.is_on,
        own=of.id == grid.id,
        amounts=amount_lines(row),
        asks_name=row.asks_name,
        claim_days=row.claim_days,
        collect_at=row.collect_at,
        since=f"{row.set_at.astimezone(settings().zone):%Y-%m-%d}",
        by=by.name if by else "",
    )


def amount_lines(row: RewardScheme) -> tuple[AmountLine, ...]:
    """What each grade is given; empty where it is nothing."""
    found = ((grade, amounts_of(row, grade)) for grade in GRADES)
    return tuple(
        AmountLine(grade, str(one.least), str(one.most)) if one and one.most
        else AmountLine(grade, "", "")
        for grade, one in found
    )  # fmt: skip


def _row_at(session: Session, path: str, at: datetime) -> tuple[RewardScheme, Grid] | None:
    return session.exec(
        select(RewardScheme, Grid)
        .join(Grid, col(Grid.id) == col(RewardScheme.grid_id))
        .where(
            col(Grid.path).in_(paths_over(path)),
            Grid.level <= HIGHEST,
            col(RewardScheme.set_at) <= at,
        )
        .order_by(col(Grid.level).desc(), col(RewardScheme.id).desc())
    ).first()
