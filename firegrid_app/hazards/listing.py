"""The desk's list of hazards: narrowed, searched, counted, a page at a time by key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.clock import local_day
from firegrid_app.database import UtcDateTime
from firegrid_app.desk.service import desk_grids
from firegrid_app.desk.showing import day_of, moment_of, when_of
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.cards import HazardAsk, HazardRow, HazardsView, WhichTally
from firegrid_app.hazards.deadlines import may_set_terms
from firegrid_app.hazards.finding import Condition
from firegrid_app.hazards.lists import cards_of
from firegrid_app.hazards.searching import (
    below,
    conditions,
    filtered,
    known,
    not_closed,
)
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.telling import unseen
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

PAGE = 30
WHICH = (
    "mine",
    "overdue",
    "stepped_up",
    "unassigned",
    "urged",
    "recheck",
    "whistled",
    "not_here",
    "listed",
    "new",
    "all",
    "closed",
    "merged",
)
"""What the list can be narrowed to, in the order of the buttons."""
_FIRST = ("mine", "new", "all")
"""What a person looks for first: what waits for them, then what they were told of."""
_NOT_CLOSED = tuple(one for one in WHICH if one not in ("new", "closed"))
"""Those that hold hazards not closed only: counted in one look at these."""
MOST_COUNTED = 1000
"""Closed hazards, of which there are years, are counted up to here."""


def hazards_view(session: Session, actor: Actor, ask: HazardAsk, now: datetime) -> HazardsView:
    """The hazards below one grid that `ask` asks for (the highest in reach without a code).

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `hazards.bad_period`,
    `access.bad_date`.
    """
    ask = known(ask)
    grids = desk_grids(session, actor)
    top = grid_by_code(session, actor, ask.code or grids[0].code, Action.SEE_GRID)
    inner = _inner(session, actor, top, ask.grid)
    today = local_day(now, settings().zone)
    meant = conditions(actor, today, now)
    asked = filtered(session, inner, ask)
    counts = _counts(session, inner, meant, [below(inner), *asked.as_a_whole])
    above = counts.pop("above")
    past = counts["closed"] > MOST_COUNTED
    first = next((one for one in _FIRST if counts[one]), _FIRST[-1])
    which = ask.which if ask.which in WHICH else first
    more = which == "closed" and past
    counts["closed"] = min(counts["closed"], MOST_COUNTED)
    wanted = [below(inner), meant[which], *asked.in_turn]
    hazards = _page(session, wanted, which, ask.after)
    page = ask.page if ask.after else 1
    if not hazards and ask.after:
        # What stood there was seen to meanwhile.
        hazards, page = _page(session, wanted, which, ""), 1
    pages = max(1, -(-counts[which] // PAGE))
    if more:
        pages = max(pages, page + (len(hazards) > PAGE))
    page, hazards = min(page, pages), hazards[:PAGE]
    return HazardsView(
        code=top.code,
        name=inner.name,
        picks=tuple((grid.code, grid.name) for grid in grids),
        grids=tuple((grid.code, grid.name) for grid in _narrower(session, top)),
        which=which,
        ask=replace(ask, code=top.code, which=which, page=page),
        tallies=tuple(WhichTally(one, counts[one], past and one == "closed") for one in WHICH),
        rows=tuple(rows_of(session, actor, hazards, now)),
        matches=counts[which],
        more=more,
        page=page,
        pages=pages,
        last=_key(hazards[-1], which) if hazards else "",
        not_on_map=above,
        may_give=actor.may(Action.CLOSE_HAZARD, inner.path),
        may_set_terms=may_set_terms(actor, top),
        as_of=f"{now.astimezone(settings().zone):%H:%M}",
    )


def _inner(session: Session, actor: Actor, top: Grid, code: str) -> Grid:
    """The grid the filter names, below the one the page shows; that one without."""
    if not code:
        return top
    inner = grid_by_code(session, actor, code, Action.SEE_GRID)
    if not inner.path.startswith(top.path):
        raise Refused("access.outside_grid")
    return inner


def _narrower(session: Session, top: Grid) -> list[Grid]:
    """What the filter offers: the grids right below."""
    return [one for one in subtree(session, top, level=top.level + 1) if one.id != top.id]


def _of_grids(query: Any) -> Any:
    return query.select_from(Hazard).join(Grid, col(Grid.id) == col(Hazard.grid_id))


def _counts(
    session: Session, inner: Grid, meant: dict[str, Condition], wanted: list[Condition]
) -> dict[str, int]:
    """How many each narrowing would list, in one statement; `above`: open ones no map shows,
    whatever else is asked for.

    The not closed are read once for all theirs. Of the closed ones no more than are counted are
    looked at: one more than `MOST_COUNTED` says there are more.
    """
    sums = (func.sum(sa.case((meant[one], 1), else_=0)).label(one) for one in _NOT_CLOSED)
    rows = _of_grids(sa.select(sa.literal(1)))
    first, *others = (
        _of_grids(sa.select(*sums)).where(not_closed(), *wanted).subquery(),
        _counted(rows.where(meant["new"], *wanted), "new"),
        _counted(rows.where(meant["closed"], *wanted).limit(MOST_COUNTED + 1), "closed"),
        _counted(rows.where(below(inner), meant["all"], col(Grid.level) < 3), "above"),
    )
    side_by_side: Any = first
    for other in others:
        side_by_side = side_by_side.join(other, sa.true())
    row = session.execute(sa.select(first, *others).select_from(side_by_side)).one()
    return {name: int(count or 0) for name, count in row._mapping.items()}


def _counted(rows: Any, name: str) -> Any:
    return sa.select(func.count().label(name)).select_from(rows.subquery()).subquery()


def _page(session: Session, wanted: list[Condition], which: str, after: str) -> list[Hazard]:
    """The page that follows the row with this key, and one row more where there is one; the first
    page without a key."""
    closed = which == "closed"
    order = (
        [col(Hazard.closed_at).desc(), col(Hazard.id).desc()]
        if closed
        else [col(Hazard.due_on), col(Hazard.happened_at), col(Hazard.id)]
    )
    further = _further(after, closed)
    narrowed = [
        *wanted,
        *([not_closed()] if which in _NOT_CLOSED else []),
        *([further] if further is not None else []),
    ]
    return list(
        session.exec(_of_grids(select(Hazard)).where(*narrowed).order_by(*order).limit(PAGE + 1))
    )


def _key(hazard: Hazard, which: str) -> str:
    """Where a row stands in the order."""
    if which == "closed":
        return f"{hazard.closed_at.isoformat() if hazard.closed_at else ''} {hazard.id}"
    return f"{hazard.due_on.isoformat()} {hazard.happened_at.isoformat()} {hazard.id}"


def _further(after: str, closed: bool) -> Condition | None:
    """Past the row with this key; None for the beginning, and for what is no key."""
    try:
        *moments, last = after.split(" ")
        hazard_id = UUID(last)
        if closed:
            (at,) = moments
            before = (sa.literal(_utc(at), UtcDateTime()), sa.literal(hazard_id, sa.Uuid()))
            return sa.tuple_(col(Hazard.closed_at), col(Hazard.id)) < sa.tuple_(*before)
        due, found = moments
        key = (
            sa.literal(date.fromisoformat(due), sa.Date()),
            sa.literal(_utc(found), UtcDateTime()),
            sa.literal(hazard_id, sa.Uuid()),
        )
    except (ValueError, OverflowError):
        return None
    return sa.tuple_(col(Hazard.due_on), col(Hazard.happened_at), col(Hazard.id)) > sa.tuple_(*key)


def _utc(text: str) -> datetime:
    """The moment a key holds. Raises ValueError for one without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def rows_of(
    session: Session, actor: Actor, hazards: Sequence[Hazard], now: datetime
) -> list[HazardRow]:
    """These hazards as lines of the list. The caller has checked who asks."""
    today, zone = local_day(now, settings().zone), settings().zone
    grids = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.id).in_({one.grid_id for one in hazards}))
    )
    names = {grid.id: (grid.code, grid.name) for grid in grids}
    told = unseen(session, actor)
    return [
        HazardRow(
            id=card.id,
            grid_name=card.grid_name,
            category=card.category,
            severity=card.severity,
            urgent=card.urgent,
            words=card.words,
            where_words=card.where_words,
            status=card.status,
            due=day_of(date.fromisoformat(card.due_on)),
            overdue=card.overdue,
            found=when_of(moment_of(card.happened_at), now, zone),
            source=card.source,
            owner_name=card.owner_name,
            rung=card.rung,
            step_ups=card.step_ups,
            urges_open=card.urges_open,
            listing=card.listing,
            told=told.get(UUID(card.id), ""),
        )
        for card in cards_of(session, list(hazards), names, today, actor)
    ]
