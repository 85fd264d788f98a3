"""Makes dated duties from rules, calendar and seasons: whole sets in the database, none twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from firegrid_app.access.rules import Role
from firegrid_app.duties.rules.obligations import Kind, Obligation, Rhythm
from firegrid_app.duties.rules.periods import Period, Workdays, periods_between
from firegrid_app.duties.rules.seasons import Span
from firegrid_app.duties.service import workdays
from firegrid_app.duties.tables import (
    Duty,
    DutyHorizon,
    DutyTick,
    ObligationRule,
    PresetChoice,
    SeasonSpan,
)
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid

AHEAD = timedelta(days=62)
"""Duties are made this far ahead …"""
AT_LEAST = timedelta(days=31)
"""… and again when less than this is left."""
_ONE_AT_A_TIME = 20261123
"""Key of the PostgreSQL lock that keeps two makers apart; SQLite has one writer anyway."""


def obligation_of(row: ObligationRule) -> Obligation:
    """The pure rule behind a row."""
    return Obligation(
        code=row.code,
        kind=Kind(row.kind),
        role=Role(row.role),
        level=row.level,
        rhythm=Rhythm(row.rhythm),
        times=row.times,
        target=row.target,
        season=row.season,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        once_on=row.once_on,
        words=row.words,
        source=row.source,
        ours=tuple(filter(None, row.ours.split(","))),
    )


def are_made(session: Session, today: date) -> bool:
    """Are there duties for `AT_LEAST` from today on? Cheap, and changes nothing."""
    horizon = session.get(DutyHorizon, 1)
    return horizon is not None and horizon.made_to - today >= AT_LEAST


def ensure_made(session: Session, today: date) -> int:
    """Make duties up to `AHEAD` if less than `AT_LEAST` is left; rows made."""
    return 0 if are_made(session, today) else make_anew(session, today)


def make_anew(session: Session, today: date, rules: Sequence[ObligationRule] | None = None) -> int:
    """Make what is due from today on, and take back what calendar or rules no longer ask.

    What has begun or was ticked stays. Rows made; the same again makes none. With `rules` only
    theirs are looked at.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = sa.text("select pg_advisory_xact_lock(:key)")
        session.connection().execute(lock, {"key": _ONE_AT_A_TIME})
    last = today + AHEAD
    if rules is None:
        rules = session.exec(
            select(ObligationRule).where(
                (col(ObligationRule.ends_on).is_(None))
                | (col(ObligationRule.ends_on) >= today - AHEAD)
            )
        ).all()
        horizon = session.get(DutyHorizon, 1) or DutyHorizon(made_to=last)
        horizon.made_to = last
        session.add(horizon)
        session.flush()
    return make_between(session, rules, today, last)


def make_between(session: Session, rules: Sequence[ObligationRule], first: date, last: date) -> int:
    """Duties of these rules that touch [first, last]; rows made."""
    days = workdays(session, first - timedelta(days=366), last + timedelta(days=366))
    roots = _roots(session, {rule.grid_id for rule in rules})
    chosen = _chosen_below(session)
    spans = own_spans(session)
    made = 0
    for rule in rules:
        path = roots.get(rule.grid_id)
        if path is None:
            continue
        own = {
            key: span
            for root, some in spans.items()
            if path.startswith(root)
            for key, span in some.items()
        }
        ended = rule.ends_on is not None and rule.ends_on < first
        periods = [] if ended else _periods(rule, first, last, days, own)
        # A grid with a choice of its own does not follow the plan chosen above it.
        below = [one for one in chosen if one != path and one.startswith(path)]
        outside = below if rule.preset else []
        _take_back(session, rule, first, outside, periods)
        made += _insert(session, rule, path, outside, periods)
    return made


def _periods(
    rule: ObligationRule,
    first: date,
    last: date,
    days: Workdays,
    own: dict[tuple[str, int], Span],
) -> list[Period]:
    return periods_between(obligation_of(rule), first, last, days, own)


def own_spans(session: Session) -> dict[str, dict[tuple[str, int], Span]]:
    """Seasons' own spans by the path of the grid they hold in, the widest grid first."""
    rows = session.exec(
        select(Grid.path, SeasonSpan)
        .join(Grid, col(Grid.id) == SeasonSpan.grid_id)
        .order_by(col(Grid.path))
    )
    found: dict[str, dict[tuple[str, int], Span]] = {}
    for path, span in rows:
        found.setdefault(path, {})[span.code, span.year] = (span.first_on, span.last_on)
    return found


def _roots(session: Session, grid_ids: set[int]) -> dict[int, str]:
    rows = session.exec(
        select(Grid)
        .options(WITHOUT_OUTLINE)
        .where(col(Grid.id).in_(grid_ids), col(Grid.valid_to).is_(None))
    )
    return {grid.id: grid.path for grid in rows if grid.id is not None}


def _chosen_below(session: Session) -> list[str]:
    """Paths of grids with a choice of their own: a preset above does not reach into them."""
    query = select(Grid.path).join(PresetChoice, col(PresetChoice.grid_id) == Grid.id)
    return list(session.exec(query))


def _take_back(
    session: Session,
    rule: ObligationRule,
    today: date,
    outside: list[str],
    periods: list[Period],
) -> None:
    """Remove duties of this rule that are no longer asked and were not ticked.

    Of a rule that holds, those that have not begun; of one that ended, or where a grid now follows
    another plan, also those still running.
    """
    ticked = (
        sa.select(1)
        .where(
            col(DutyTick.rule_id) == col(Duty.rule_id),
            col(DutyTick.grid_id) == col(Duty.grid_id),
            col(DutyTick.first_on) == col(Duty.first_on),
            col(DutyTick.number) == col(Duty.number),
        )
        .exists()
    )
    running = col(Duty.due_on) >= today
    if rule.ends_on is not None and rule.ends_on < today:
        gone = running
    else:
        kept = {one.first for one in periods}
        unwanted = col(Duty.first_on).not_in(kept) | (col(Duty.number) > rule.times)
        gone = (col(Duty.first_on) > today) & unwanted
        for path in outside:
            below = sa.select(col(Grid.id)).where(col(Grid.path).startswith(path, autoescape=True))
            gone |= running & col(Duty.grid_id).in_(below)
    session.execute(
        sa.delete(Duty)
        .where(col(Duty.rule_id) == rule.id, gone, ~ticked)
        .execution_options(synchronize_session=False)
    )


def _insert(
    session: Session,
    rule: ObligationRule,
    path: str,
    outside: list[str],
    periods: list[Period],
) -> int:
    """One statement a rule: every open grid of its level times every period."""
    if not periods:
        return 0
    dated = sa.values(
        sa.column("first_on", sa.Date),
        sa.column("last_on", sa.Date),
        sa.column("due_on", sa.Date),
        sa.column("number", sa.Integer),
        name="dated",
    ).data([(one.first, one.last, one.due, one.number) for one in periods])
    piece: Any = dated.cte("dated")
    chosen = (
        sa.select(
            sa.literal(rule.id, sa.Integer),
            col(Grid.id),
            sa.cast(piece.c.first_on, sa.Date) if _is_postgres(session) else piece.c.first_on,
            sa.cast(piece.c.last_on, sa.Date) if _is_postgres(session) else piece.c.last_on,
            sa.cast(piece.c.due_on, sa.Date) if _is_postgres(session) else piece.c.due_on,
            piece.c.number,
        )
        .select_from(Grid)
        .join(piece, sa.true())
        .where(
            col(Grid.path).startswith(path, autoescape=True),
            col(Grid.level) == rule.level,
            col(Grid.valid_to).is_(None),
            *(~col(Grid.path).startswith(one, autoescape=True) for one in outside),
        )
        .order_by(piece.c.first_on, col(Grid.id))
    )
    dialect = postgresql if _is_postgres(session) else sqlite
    columns = ["rule_id", "grid_id", "first_on", "last_on", "due_on", "number"]
    statement = dialect.insert(Duty).from_select(columns, chosen).on_conflict_do_nothing()
    connection = session.connection()
    # Without the option SQLAlchemy counts only updates and deletes; Python's SQLite counts nothing
    # that begins with WITH.
    done = connection.execute(statement.execution_options(preserve_rowcount=True))
    if _is_postgres(session):
        return int(done.rowcount)
    return int(connection.execute(sa.text("select changes()")).scalar_one())


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
