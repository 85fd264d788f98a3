"""Use cases of 动态管理 (LY-12): grids drawn anew, split, merged and ended, from a day on."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit, require
from firegrid_app.clock import local_day
from firegrid_app.duties.making import make_anew
from firegrid_app.grids.bodies import Wanted
from firegrid_app.grids.cards import ChangedCard, Moved
from firegrid_app.grids.checking import checked_outline, name_of_new, refuse_faults
from firegrid_app.grids.history import draw_anew
from firegrid_app.grids.moving import close, move_all, move_part
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.shapes import halves, joined
from firegrid_app.grids.tables import Grid, GridChange
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

FARTHEST = timedelta(days=180)
"""So far ahead a change may be planned: beyond that nobody knows the street any more."""


def change(
    session: Session, actor: Actor, wanted: Wanted, now: datetime, *, confirm: bool
) -> ChangedCard:
    """Try a change; with `confirm` keep it, at once or on its day.

    Without `confirm` everything is checked and nothing stays: the caller rolls back. Refuses
    `grids.unknown`, `access.outside_grid`, `grids.day_out_of_reach` and what `apply` refuses.
    """
    above = _above(session, actor, wanted)
    today = local_day(now, settings().zone)
    from_on = wanted.from_on or today
    if not timedelta(0) <= from_on - today <= FARTHEST:
        raise Refused("grids.day_out_of_reach", days=FARTHEST.days)
    planned = from_on > today
    if planned:
        # Tried as of now and taken back: on its day it is done in earnest.
        with session.begin_nested() as trial:
            drawn, moved = apply(session, wanted, from_on)
            trial.rollback()
        session.expire_all()
    else:
        drawn, moved = apply(session, wanted, from_on)
    if confirm:
        session.add(
            GridChange(
                grid_id=above,
                kind=wanted.kind,
                body=wanted.model_dump(mode="json", exclude={"from_on"}),
                from_on=from_on,
                made_by_id=actor.person_id,
                made_at=now,
                applied_at=None if planned else now,
            )
        )
        audit(session, actor.person_id, "grids", f"{wanted.kind} {wanted.code} {from_on}", now)
        session.flush()
        if not planned:
            make_anew(session, today)
    return ChangedCard(not planned and confirm, from_on.isoformat(), drawn, moved)


def _above(session: Session, actor: Actor, wanted: Wanted) -> int:
    """The grid above those that change; the right is asked for there and for each of them."""
    grid = grid_by_code(session, actor, wanted.code, Action.MANAGE_GRIDS)
    for code in (*wanted.outlines, *filter(None, (wanted.other,))):
        grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    if grid.parent_id is None:
        raise Refused("grids.not_the_topmost")
    return grid.parent_id


def apply(session: Session, wanted: Wanted, from_on: date) -> tuple[int, Moved]:
    """Do it; gives back how many grids were drawn anew, and what moved. Rights were asked before.

    Refuses `grids.unknown`, `grids.ended_already`, `grids.not_neighbours`, `grids.bad_outline`,
    `grids.crosses_itself`, `grids.axes_swapped`, `grids.metres`, `grids.line_cuts_not_in_two`,
    `grids.bad_code`, `grids.bad_name`, `grids.code_taken`, `grids.not_side_by_side`,
    `grids.open_hazards`, `grids.same_doors`, `grids.has_grids_below`, and gaps and overlaps as
    `grids.makes_gap`, `grids.makes_overlap`, `grids.leaves_parent`.
    """
    grid = _live(session, wanted.code)
    if wanted.kind == "redraw":
        return _redraw(session, grid, wanted, from_on)
    if wanted.kind == "split":
        return _split(session, grid, wanted, from_on)
    if wanted.kind == "merge":
        return _merge(session, grid, _live(session, wanted.other), from_on)
    return _end(session, grid, from_on)


def _live(session: Session, code: str) -> Grid:
    grid = session.exec(select(Grid).where(Grid.code == code)).first()
    if grid is None:
        raise Refused("grids.unknown", code=code)
    if grid.valid_to is not None:
        raise Refused("grids.ended_already", name=grid.name)
    return grid


def _redraw(session: Session, grid: Grid, wanted: Wanted, from_on: date) -> tuple[int, Moved]:
    if wanted.code not in wanted.outlines:
        raise Refused("grids.bad_outline")
    drawn = {code: checked_outline(outline) for code, outline in wanted.outlines.items()}
    grids = [_live(session, code) for code in drawn]
    if any(one.parent_id != grid.parent_id for one in grids):
        raise Refused("grids.not_neighbours")
    refuse_faults(session, grid, {one.id or 0: drawn[one.code] for one in grids})
    for one in grids:
        draw_anew(session, one, drawn[one.code], from_on)
    session.flush()
    return len(grids), Moved()


def _split(session: Session, grid: Grid, wanted: Wanted, from_on: date) -> tuple[int, Moved]:
    code, name = name_of_new(session, wanted.new_code, wanted.new_name)
    _refuse_below(session, grid)
    parts = None if grid.outline is None else halves(grid.outline, wanted.line)
    if parts is None:
        raise Refused("grids.line_cuts_not_in_two")
    stays, goes = parts
    fresh = Grid(
        code=code,
        name=name,
        level=grid.level,
        parent_id=grid.parent_id,
        path=f"{grid.path.removesuffix(f'{grid.code}/')}{code}/",
        kind=grid.kind,
        outline=goes.outline,
        label_lat=goes.label_lat,
        label_lon=goes.label_lon,
        supervision_phone=grid.supervision_phone,
        valid_from=from_on,
    )
    session.add(fresh)
    draw_anew(session, grid, stays, from_on)
    session.flush()
    return 2, move_part(session, grid, fresh, frozenset(wanted.buildings))


def _merge(session: Session, grid: Grid, other: Grid, from_on: date) -> tuple[int, Moved]:
    if grid.id == other.id or grid.parent_id != other.parent_id:
        raise Refused("grids.not_neighbours")
    _refuse_below(session, grid)
    _refuse_below(session, other)
    whole = None
    if grid.outline is not None and other.outline is not None:
        whole = joined(grid.outline, other.outline)
        if whole is None:
            raise Refused("grids.not_side_by_side", one=grid.name, other=other.name)
    moved = move_all(session, other, grid, from_on)
    close(session, other, from_on)
    if whole is not None:
        draw_anew(session, grid, whole, from_on)
    session.flush()
    return 1, moved


def _end(session: Session, grid: Grid, from_on: date) -> tuple[int, Moved]:
    _refuse_below(session, grid)
    if grid.outline is not None:
        # Its ground would belong to nobody (LY-13): it is merged into a neighbour instead.
        refuse_faults(session, grid, {}, without=grid.id)
    close(session, grid, from_on, empty=True)
    session.flush()
    return 0, Moved()


def _refuse_below(session: Session, grid: Grid) -> None:
    below = select(Grid.id).where(Grid.parent_id == grid.id, col(Grid.valid_to).is_(None))
    if session.exec(below.limit(1)).first() is not None:
        raise Refused("grids.has_grids_below", name=grid.name)


def _due(now: datetime) -> Any:
    return (
        select(GridChange)
        .where(
            col(GridChange.applied_at).is_(None),
            col(GridChange.dropped_at).is_(None),
            GridChange.from_on <= local_day(now, settings().zone),
        )
        .order_by(col(GridChange.from_on), col(GridChange.id))
    )


def some_are_due(session: Session, now: datetime) -> bool:
    """Is a change planned for today or before that is not done yet?"""
    return session.exec(_due(now).limit(1)).first() is not None


def apply_due(session: Session, now: datetime) -> int:
    """Do what was planned for today or before; what has become impossible is kept with its reason.

    Gives back how many were done.
    """
    today = local_day(now, settings().zone)
    done = 0
    for one in list(session.exec(_due(now))):
        try:
            with session.begin_nested():
                # From today on, where the server slept through the day: records lie under today's.
                apply(session, Wanted.model_validate(one.body), today)
            one.applied_at = now
            done += 1
        except Refused as refused:
            one.dropped_at, one.refused = now, refused.code
    session.flush()
    if done:
        make_anew(session, today)
    return done


def drop(session: Session, actor: Actor, change_id: int, now: datetime) -> None:
    """Take a planned change back. Refuses `grids.unknown_change`, `grids.change_done`."""
    one = session.get(GridChange, change_id)
    if one is None:
        raise Refused("grids.unknown_change")
    require(actor, Action.MANAGE_GRIDS, session.get_one(Grid, one.grid_id))
    if one.applied_at is not None or one.dropped_at is not None:
        raise Refused("grids.change_done")
    one.dropped_at = now
