"""Roads handed in at the desk: what they would change first, written when it is confirmed."""

from datetime import datetime

from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code
from firegrid_app.importing.cards import DeskChange, DeskFileCard
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.roads import check_roads
from firegrid_app.importing.rules.rows import Table
from firegrid_app.importing.service.datums import suspicion_of_roads
from firegrid_app.importing.service.desk import card_of
from firegrid_app.importing.service.write_roads import (
    Joined,
    is_there,
    joined,
    standing,
    write_roads,
)
from firegrid_app.maps.rules.datum import Datum
from firegrid_app.texts import say


def take_roads(
    session: Session,
    actor: Actor,
    table: Table,
    code: str,
    language: str,
    confirm: bool,
    now: datetime,
    datum: Datum | None = None,
) -> DeskFileCard:
    """New and changed roads of a grid; with `confirm` and no mistake written.

    Roads the file does not name stay. Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    checked = check_roads(table, datum or Datum.WGS84)
    problems = [*table.problems, *checked.problems]
    if datum is None and (shifted := suspicion_of_roads(session, checked.items)):
        problems.append(shifted)
    roads = joined(checked.items)
    known = standing(session, roads)
    changes = [
        DeskChange("changed" if own else "new", _words(road, language))
        for road in roads
        if not is_there(road, known.get(road.key, ()))
        for own in [any(row.grid_id == top.id for row in known.get(road.key, ()))]
    ]
    write = confirm and not problems
    if write and changes:
        counts = write_roads(session, checked.items, top.id or 0, now)
        said = f"{FileKind.ROADS}:{top.code} +{counts.created}~{counts.updated}"
        audit(session, actor.person_id, "import", said, now)
    return card_of(table, problems, changes, len(roads) - len(changes), language, written=write)


def _words(road: Joined, language: str) -> str:
    name = road.name or say("importing.desk.road_nameless", language)
    kind = say(f"importing.road_kind.{road.kind}", language)
    return say("importing.desk.road", language, name=name, kind=kind)
