"""Use cases of a street's own scripts: list, add, end; what phones get; what a code stands for."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id, grids_in_scope
from firegrid_app.grids.tables import Grid
from firegrid_app.places.filing import clean_line, line_in
from firegrid_app.places.rules import KINDS
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.cards import OwnScript, ScriptLine, ScriptsView
from firegrid_app.shouts.rules import (
    AUDIENCES,
    LONGEST_DIALECT,
    SPOKEN,
    in_season,
    in_window,
    is_day,
    own_code,
    own_id,
    season_of,
)
from firegrid_app.shouts.tables import Shout, ShoutScript

STREET = 1
MOST_SCRIPTS = 60
"""Of one street at a time: more nobody finds on a phone."""


def scripts_view(session: Session, actor: Actor, code: str, now: datetime) -> ScriptsView:
    """The scripts of a street (the first in reach when `code` is empty), those of the season first.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `shouts.street_only`.
    """
    picks = grids_in_scope(session, actor, Action.SET_DUTIES, level=STREET)
    if not picks:
        raise Refused("access.not_allowed")
    street = _street(session, actor, code or picks[0].code)
    today = local_day(now, settings().zone)
    rows = _standing(session, {street.id or 0})
    called = _called(session, [own_code(row.id) for row in rows])
    lines = [
        ScriptLine(
            id=row.id or 0,
            title=row.title,
            words=row.words,
            language=row.language,
            dialect=row.dialect,
            first_day=row.first_day,
            last_day=row.last_day,
            in_season=in_window(row.first_day, row.last_day, today),
            kinds=tuple(row.kinds),
            audience=row.audience,
            called=called.get(own_code(row.id), 0),
        )
        for row in rows
    ]
    return ScriptsView(
        code=street.code,
        name=street.name,
        picks=tuple((grid.code, grid.name) for grid in picks),
        lines=tuple(sorted(lines, key=lambda line: not line.in_season)),
        shipped=tuple(script.code for script in in_season(today.month)),
    )


def add_script(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    title: str,
    words: str,
    language: str,
    dialect: str,
    first_day: str,
    last_day: str,
    kinds: Collection[str],
    audience: str,
    now: datetime,
) -> ShoutScript:
    """Add a script to a street; phones below it have it with their next day pack.

    Refuses `shouts.street_only`, `shouts.no_words`, `shouts.unknown_language`,
    `shouts.bad_season`, `shouts.unknown_audience`, `shouts.too_many_scripts`,
    `shouts.script_twice`, `places.too_long`.
    """
    street = _street(session, actor, grid_code)
    said, heading = clean_line(words, 301), clean_line(title, 31)
    if not 4 <= len(said) <= 300 or not 2 <= len(heading) <= 30:
        raise Refused("shouts.no_words")
    if language not in SPOKEN:
        raise Refused("shouts.unknown_language")
    dialect = line_in(dialect, LONGEST_DIALECT)
    season = [clean_line(first_day, 11), clean_line(last_day, 11)]
    if any(season) and not all(is_day(day) for day in season):
        raise Refused("shouts.bad_season")
    if audience not in AUDIENCES or not set(kinds) <= set(KINDS):
        raise Refused("shouts.unknown_audience")
    standing = _standing(session, {street.id or 0})
    if len(standing) >= MOST_SCRIPTS:
        raise Refused("shouts.too_many_scripts", most=MOST_SCRIPTS)
    if any(row.words == said for row in standing):
        raise Refused("shouts.script_twice")
    script = ShoutScript(
        grid_id=street.id or 0,
        title=heading,
        words=said,
        language=language,
        dialect=dialect,
        first_day=season[0],
        last_day=season[1],
        kinds=sorted(set(kinds)),
        audience=audience,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(script)
    audit(session, actor.person_id, "add_script", f"{street.code} {heading}", now)
    session.flush()
    return script


def end_script(session: Session, actor: Actor, script_id: int, now: datetime) -> None:
    """Nobody is offered it any more; what was called out keeps its words.

    Refuses `shouts.unknown_script`, also the second time.
    """
    script = session.get(ShoutScript, script_id, with_for_update=True)
    if script is None or script.ended_at is not None:
        raise Refused("shouts.unknown_script")
    grid_by_id(session, actor, script.grid_id, Action.SET_DUTIES)
    script.ended_at = now
    audit(session, actor.person_id, "end_script", f"script:{script_id}", now)
    session.flush()


def own_scripts(session: Session, grids: Iterable[Grid], today: date) -> dict[str, list[OwnScript]]:
    """For phones: by street of these grids its own scripts. The caller has checked the grids."""
    codes = {code for grid in grids for code in grid.path.split("/") if code}
    rows = session.exec(
        select(Grid.id, Grid.code).where(col(Grid.code).in_(codes), Grid.level == STREET)
    )
    streets = {grid_id or 0: code for grid_id, code in rows}
    found: dict[str, list[OwnScript]] = {}
    for row in _standing(session, streets):
        found.setdefault(streets[row.grid_id], []).append(
            OwnScript(
                code=own_code(row.id),
                title=row.title,
                words=row.words,
                language=row.language,
                dialect=row.dialect,
                season=season_of(row.first_day, row.last_day, today),
                kinds=list(row.kinds),
            )
        )
    return found


def is_script_of(session: Session, code: str, grid: Grid) -> bool:
    """Is it a script of the street this grid lies in? One that has ended still is: phones work
    offline."""
    script = session.get(ShoutScript, own_id(code) or 0)
    if script is None:
        return False
    street = session.get(Grid, script.grid_id)
    return street is not None and grid.path.startswith(street.path)


def titles_of(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Titles of streets' own scripts by code."""
    ids = {number for code in codes if (number := own_id(code)) is not None}
    if not ids:
        return {}
    rows = session.exec(
        select(ShoutScript.id, ShoutScript.title).where(col(ShoutScript.id).in_(ids))
    )
    return {own_code(script_id): title for script_id, title in rows}


def _street(session: Session, actor: Actor, code: str) -> Grid:
    street = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if street.level != STREET:
        raise Refused("shouts.street_only")
    return street


def _standing(session: Session, street_ids: Collection[int]) -> list[ShoutScript]:
    return list(
        session.exec(
            select(ShoutScript)
            .where(col(ShoutScript.grid_id).in_(street_ids), col(ShoutScript.ended_at).is_(None))
            .order_by(col(ShoutScript.id).desc())
        )
    )


def _called(session: Session, codes: Collection[str]) -> dict[str, int]:
    rows = session.exec(
        select(Shout.script, func.count())
        .where(col(Shout.script).in_(codes))
        .group_by(col(Shout.script))
    )
    return dict(rows.all())
