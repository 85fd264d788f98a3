"""Use cases of recordings: speak a script for one's grids, hear it, take it off."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, grid_by_id, paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.photos import store
from firegrid_app.places.filing import line_in
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts.cards import KeptRecording, Recording
from firegrid_app.shouts.rules import CODES, LONGEST_DIALECT, own_code
from firegrid_app.shouts.scripts import is_script_of
from firegrid_app.shouts.sound import seconds_of
from firegrid_app.shouts.tables import ShoutRecording, ShoutScript

MOST_OF_A_SCRIPT = 3
"""Recordings of one script in one grid: ways of speaking to choose from on a small screen."""
MOST_BYTES_OF_A_GRID = 6 * 1024 * 1024
"""Of all recordings made for one grid: every phone below it brings them along."""

_COMING = timedelta(hours=1)
"""A server that died between the row and its bytes blocks nobody for longer."""


@dataclass(frozen=True)
class Spoken:
    """What comes with a recording's bytes."""

    id: UUID
    grid: str
    script: str
    dialect: str


def name(
    session: Session, actor: Actor, spoken: Spoken, data: bytes, now: datetime
) -> ShoutRecording:
    """Check a recording and say in its row which file will be its own, before `put_away`.

    Handed in twice, it is the same row. Refuses `shouts.unknown_script`, `shouts.other_sound` for
    an id that is another's, what a file that is no recording earns, `shouts.too_many_recordings`,
    `shouts.sounds_full`, `places.too_long`, and what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, spoken.grid, Action.SPEAK)
    if spoken.script not in CODES and not is_script_of(session, spoken.script, grid):
        raise Refused("shouts.unknown_script")
    dialect = line_in(spoken.dialect, LONGEST_DIALECT)
    digest, seconds = hashlib.sha256(data).hexdigest(), seconds_of(data)
    known = session.get(ShoutRecording, spoken.id, with_for_update=True)
    if known is not None:
        if (known.sha256, known.grid_id, known.made_by_id) != (digest, grid.id, actor.person_id):
            raise Refused("shouts.other_sound")
        return known
    standing = _standing(session, grid, now)
    if sum(row.script == spoken.script for row in standing) >= MOST_OF_A_SCRIPT:
        raise Refused("shouts.too_many_recordings", most=MOST_OF_A_SCRIPT)
    if sum(row.bytes for row in standing) + len(data) > MOST_BYTES_OF_A_GRID:
        raise Refused("shouts.sounds_full", megabytes=MOST_BYTES_OF_A_GRID // 1024 // 1024)
    row = ShoutRecording(
        id=spoken.id,
        grid_id=grid.id or 0,
        script=spoken.script,
        dialect=dialect,
        sha256=digest,
        bytes=len(data),
        seconds=seconds,
        made_by_id=actor.person_id,
        made_at=now,
    )
    session.add(row)
    audit(session, actor.person_id, "add_recording", f"grid:{grid.code} {spoken.script}", now)
    session.flush()
    return row


def may_speak(session: Session, actor: Actor, grid_code: str) -> None:
    """Refuses what the grid's door refuses."""
    grid_by_code(session, actor, grid_code, Action.SPEAK)


def put_away(data: bytes) -> None:
    """Write the bytes durably; no transaction waits for it."""
    store.keep(hashlib.sha256(data).hexdigest(), {store.SOUND: data})


def keep(session: Session, actor: Actor, recording_id: UUID, now: datetime) -> str:
    """Say in the row that the bytes are there: from now on phones have it. `created`, or `already`.

    Refuses `shouts.unknown_recording` to all but who made it.
    """
    row = session.get(ShoutRecording, recording_id, with_for_update=True)
    if row is None or row.made_by_id != actor.person_id:
        raise Refused("shouts.unknown_recording")
    if row.stored_at is not None:
        return "already"
    row.stored_at = now
    session.flush()
    return "created"


def sound_of(session: Session, actor: Actor, recording_id: UUID) -> str:
    """The hash its bytes lie under, for who calls out where it is heard, and who may speak there.

    Refuses `shouts.unknown_recording` and `access.outside_grid`.
    """
    row = session.get(ShoutRecording, recording_id)
    if row is None or row.stored_at is None or row.ended_at is not None:
        raise Refused("shouts.unknown_recording")
    grid = session.get(Grid, row.grid_id, options=[WITHOUT_OUTLINE])
    path = grid.path if grid is not None else "?"
    heard = actor.scopes(Action.RECORD)
    if not actor.may(Action.SPEAK, path) and not any(
        one.startswith(path) or path.startswith(one) for one in heard
    ):
        raise Refused("access.outside_grid")
    return row.sha256


def end_recording(session: Session, actor: Actor, recording_id: UUID, now: datetime) -> None:
    """Take it off all phones. Its file goes with the next clean-up of the store.

    Refuses `shouts.unknown_recording`, also the second time, and `access.outside_grid`.
    """
    row = session.get(ShoutRecording, recording_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        raise Refused("shouts.unknown_recording")
    grid = grid_by_id(session, actor, row.grid_id, Action.SPEAK)
    row.ended_at = now
    audit(session, actor.person_id, "end_recording", f"grid:{grid.code} {row.script}", now)
    session.flush()


def recordings_near(session: Session, actor: Actor, grid_code: str) -> list[KeptRecording]:
    """Recordings made for a grid, for those above it and for those below it, the newest first.

    Refuses what the grid's door refuses.
    """
    grid = grid_by_code(session, actor, grid_code, Action.SPEAK)
    zone = settings().zone
    rows = session.exec(
        select(ShoutRecording, Grid, Person.name)
        .options(WITHOUT_OUTLINE)
        .join(Grid, col(Grid.id) == ShoutRecording.grid_id)
        .join(Person, col(Person.id) == ShoutRecording.made_by_id)
        .where(
            _is_kept(),
            or_(
                col(Grid.path).startswith(grid.path, autoescape=True),
                col(Grid.path).in_(paths_over(grid.path)),
            ),
        )
        .order_by(col(ShoutRecording.made_at).desc(), col(ShoutRecording.id))
        .limit(200)
    )
    return [
        KeptRecording(
            **_card(row),
            grid=of.code,
            grid_name=of.name,
            person_name=name,
            made_on=local_day(row.made_at, zone).isoformat(),
            yours=actor.may(Action.SPEAK, of.path),
        )
        for row, of, name in rows
    ]


def recordings_for(session: Session, grids: Iterable[Grid]) -> Iterator[tuple[str, Recording]]:
    """For phones: recordings heard in these grids by the code of the grid each was made for.

    Only those of scripts still offered. The caller has checked the grids.
    """
    codes = {code for grid in grids for code in grid.path.split("/") if code}
    above = session.exec(select(Grid).options(WITHOUT_OUTLINE).where(col(Grid.code).in_(codes)))
    named = {grid.id: grid.code for grid in above}
    rows = session.exec(
        select(ShoutRecording)
        .where(_is_kept(), col(ShoutRecording.grid_id).in_(named))
        .order_by(col(ShoutRecording.grid_id), col(ShoutRecording.made_at).desc())
    ).all()
    own = session.exec(select(ShoutScript.id).where(col(ShoutScript.ended_at).is_(None)))
    offered = {*CODES, *(own_code(number) for number in own)} if rows else set()
    for row in rows:
        if row.script in offered:
            yield named[row.grid_id], Recording(**_card(row))


def _is_kept() -> Any:
    return col(ShoutRecording.stored_at).is_not(None) & col(ShoutRecording.ended_at).is_(None)


def _standing(session: Session, grid: Grid, now: datetime) -> list[ShoutRecording]:
    """With those whose bytes are just coming; whoever counts waits for whoever adds."""
    session.exec(select(Grid.id).where(Grid.id == grid.id).with_for_update()).first()
    query = select(ShoutRecording).where(
        ShoutRecording.grid_id == grid.id,
        col(ShoutRecording.ended_at).is_(None),
        or_(col(ShoutRecording.stored_at).is_not(None), ShoutRecording.made_at > now - _COMING),
    )
    return list(session.exec(query))


def _card(row: ShoutRecording) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "script": row.script,
        "dialect": row.dialect,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "seconds": row.seconds,
    }
