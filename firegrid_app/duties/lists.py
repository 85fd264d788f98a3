"""Duties as lists: one's own inbox, and what is due in the grids below."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor, Held, Role
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.duties.cards import DutyBoard, DutyCard, GridDuties
from firegrid_app.duties.evidence import Dated, Key, Progress, key_of, progress_of
from firegrid_app.duties.rules.obligations import BY_WORK, DAILY, MINUTES, Kind, Rhythm
from firegrid_app.duties.rules.periods import LONGEST_OVERDUE, standing_of
from firegrid_app.duties.tables import Duty, DutyTick, ObligationRule
from firegrid_app.grids.service import grid_by_code
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.rota.away import days_without
from firegrid_app.settings import settings

ORDER = ("overdue", "today", "week", "later", "done", "gone")
"""By urgency."""
_MOST = 400
"""Duties in one inbox; a community's member who stands in for many small grids has most."""


def inbox(session: Session, actor: Actor, now: datetime) -> list[DutyCard]:
    """One's own duties, the most urgent first: overdue, today, this week, later, done.

    Of each post the duties of its grid and role, an office's as a member's (LY-28); a member of a
    community also those of its small grids that nobody holds.
    """
    today = local_day(now, settings().zone)
    mine = [
        (post, (col(Grid.path) == post.grid_path) | _unheld(post, today)) for post in actor.posts
    ]
    if not mine:
        return []
    own = or_(*((col(ObligationRule.role) == post.role) & where for post, where in mine))
    cards = _cards(session, _dated(session, today, own, _MOST), today)
    return [card for card in cards if card.standing != "gone"]


def _unheld(post: Held, today: date) -> sa.ColumnElement[bool]:
    """Grids below this post's where nobody holds the same post today."""
    holds = (
        sa.select(1)
        .select_from(Post)
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(
            col(Post.grid_id) == col(Grid.id),
            col(Post.role) == post.role,
            col(Post.starts_on) <= today,
            (col(Post.ends_on).is_(None)) | (col(Post.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
        .exists()
    )
    if post.role != Role.GRID_MEMBER:
        return sa.false()
    return col(Grid.path).startswith(post.grid_path, autoescape=True) & ~holds


def _dated(
    session: Session, today: date, where: sa.ColumnElement[bool], limit: int
) -> list[tuple[Dated, Grid]]:
    """Duties that run or ended not long ago, of open grids."""
    rows = session.exec(
        select(Duty, ObligationRule, Grid)
        .options(WITHOUT_OUTLINE)
        .join(ObligationRule, col(ObligationRule.id) == Duty.rule_id)
        .join(Grid, col(Grid.id) == Duty.grid_id)
        .where(
            col(Grid.valid_to).is_(None),
            Duty.first_on <= today,
            Duty.due_on >= today - LONGEST_OVERDUE,
            # A day's duty is over with its day.
            (col(ObligationRule.rhythm).not_in(DAILY)) | (col(Duty.due_on) >= today),
            where,
        )
        .order_by(col(Duty.due_on), col(Grid.path), col(Duty.rule_id), col(Duty.number))
        .limit(limit)
    )
    found = [(Dated(duty, rule, grid.path), grid) for duty, rule, grid in rows]
    off = _let_off(session, [dated for dated, _ in found], today)
    return [one for one in found if key_of(one[0].duty) not in off]


def _let_off(session: Session, found: list[Dated], today: date) -> set[Key]:
    """Minutes of today that nobody owes: all who hold the post are away (YC-75)."""
    daily = [one for one in found if Kind(one.rule.kind) in MINUTES]
    away = {
        role: days_without(session, {one.duty.grid_id for one in daily}, {role}, today, today)
        for role in {one.rule.role for one in daily}
    }
    return {
        key_of(one.duty)
        for one in daily
        if one.duty.first_on in away[one.rule.role].get(one.duty.grid_id, ())
    }


def first_ticks(session: Session, keys: Iterable[Key]) -> dict[Key, DutyTick]:
    """The tick that counts of each of these duties: the first by the phone's clock."""
    keys = set(keys)
    if not keys:
        return {}
    rows = session.exec(
        select(DutyTick)
        .where(
            col(DutyTick.grid_id).in_({key[1] for key in keys}),
            DutyTick.first_on >= min(key[2] for key in keys),
        )
        .order_by(col(DutyTick.happened_at).desc(), col(DutyTick.id))
    )
    found = {(one.rule_id, one.grid_id, one.first_on, one.number): one for one in rows}
    return {key: tick for key, tick in found.items() if key in keys}


def _cards(session: Session, found: list[tuple[Dated, Grid]], today: date) -> list[DutyCard]:
    """Duties as cards, the most urgent first; without second looks where none is asked."""
    progress = progress_of(session, [dated for dated, _ in found])
    ticks = first_ticks(session, (key_of(dated.duty) for dated, _ in found))
    cards = [
        _card(dated, grid, progress.get(key_of(dated.duty)), ticks.get(key_of(dated.duty)), today)
        for dated, grid in found
    ]
    # "Done" would be said of a grid where nothing was, and stand in its figures.
    asked = [
        one for one in cards if one.kind != Kind.RECHECK or one.wanted or one.standing == "done"
    ]
    return sorted(asked, key=lambda card: (ORDER.index(card.standing), card.due))


def _card(
    dated: Dated, grid: Grid, progress: Progress | None, tick: DutyTick | None, today: date
) -> DutyCard:
    duty, rule = dated.duty, dated.rule
    progress = progress or Progress()
    done = tick is not None or progress.finished
    standing = standing_of(Rhythm(rule.rhythm), duty.first_on, duty.due_on, done, today)
    by_work = Kind(rule.kind) in BY_WORK and progress.wanted > 0
    return DutyCard(
        rule=duty.rule_id,
        grid=grid.code,
        grid_name=grid.name,
        first=duty.first_on.isoformat(),
        last=duty.last_on.isoformat(),
        due=duty.due_on.isoformat(),
        number=duty.number,
        kind=rule.kind,
        rhythm=rule.rhythm,
        season=rule.season,
        words=rule.words,
        source=rule.source,
        standing=standing,
        done=progress.done,
        wanted=progress.wanted,
        note_needed=by_work or standing == "overdue",
        note=tick.note if tick is not None else "",
    )


def duties_below(session: Session, actor: Actor, code: str, now: datetime) -> DutyBoard:
    """Everything due now in a grid and all below it, and the same in figures by grid.

    Grids without any duty are left out. Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.SEE_GRID)
    today = local_day(now, settings().zone)
    below = col(Grid.path).startswith(top.path, autoescape=True)
    found = _dated(session, today, below, 200_000)
    cards = _cards(session, found, today)
    grids = {grid.code: grid for _, grid in found}
    counted: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ORDER, 0))
    for card in cards:
        counted[card.grid][card.standing] += 1
    holders = _holders(session, [grid.id for grid in grids.values() if grid.id], today)
    asked = {(dated.duty.grid_id, dated.rule.role) for dated, _ in found}
    rows = []
    for grid in sorted(grids.values(), key=lambda one: one.path):
        names = [
            name
            for grid_id, role in sorted(asked)
            if grid_id == grid.id
            for name in holders.get((grid_id, role), ())
        ]
        rows.append(
            GridDuties(
                code=grid.code,
                name=grid.name,
                level=grid.level,
                holder="、".join(dict.fromkeys(names)),
                **counted[grid.code],
            )
        )
    return DutyBoard(top.code, top.name, tuple(rows), tuple(cards))


def _holders(
    session: Session, grid_ids: list[int], today: date
) -> dict[tuple[int, str], list[str]]:
    rows = session.exec(
        select(Post.grid_id, Post.role, Person.name)
        .join(Person, col(Person.id) == Post.person_id)
        .where(
            col(Post.grid_id).in_(grid_ids),
            Post.starts_on <= today,
            (col(Post.ends_on).is_(None)) | (col(Post.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(Post.id))
    )
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for grid_id, role, name in rows:
        found[grid_id, role].append(name)
    return found
