"""Outlines handed in at the desk: what they would change first, written when it is confirmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shapely.geometry import shape
from sqlmodel import Session

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.clock import local_day
from firegrid_app.duties.making import make_anew
from firegrid_app.grids.coverage import Drawn
from firegrid_app.grids.service import grid_by_code, subtree
from firegrid_app.grids.shapes import new_faults
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.cards import DeskChange, DeskFileCard
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.grids import GridItem, check_grids
from firegrid_app.importing.rules.outlines import same_ground
from firegrid_app.importing.rules.problems import Notice, Problem, Reason, Warned
from firegrid_app.importing.rules.rows import KnownGrid, Table
from firegrid_app.importing.service.datums import suspicion
from firegrid_app.importing.service.desk import card_of
from firegrid_app.importing.service.known import known_grids
from firegrid_app.importing.service.write_check_points import write_check_points
from firegrid_app.importing.service.write_grids import write_grids
from firegrid_app.maps.rules.datum import Datum
from firegrid_app.settings import settings
from firegrid_app.texts import say


def take_outlines(
    session: Session,
    actor: Actor,
    table: Table,
    code: str,
    language: str,
    confirm: bool,
    now: datetime,
    datum: Datum | None = None,
) -> DeskFileCard:
    """New and changed grids below one; with `confirm` and no mistake written, from today on.

    Grids the file does not name stay, outlines before today too. Gaps and overlaps it would make
    are told. Refuses `grids.unknown` and `access.outside_grid`.
    """
    top = grid_by_code(session, actor, code, Action.MANAGE_GRIDS)
    known = known_grids(session)
    checked, _ = check_grids(table, known, datum or Datum.WGS84)
    items = checked.items
    below = subtree(session, top, with_outlines=True)
    over = session.get_one(Grid, top.parent_id).code if top.parent_id else ""
    problems = [
        *table.problems,
        *checked.problems,
        *_elsewhere(table, top, over, below, items, known),
    ]
    if datum is None and (shifted := suspicion(session, items)):
        problems.append(shifted)
    stored = {grid.code: grid for grid in below}
    codes = {grid.id: grid.code for grid in below}
    parents = {grid.code: codes.get(grid.parent_id, "") for grid in below}
    changes = [change for item in items if (change := _change(item, stored, parents, language))]
    if not problems:
        table.warnings.extend(_faults(below, items))
    write = confirm and not problems
    if write and changes:
        today = local_day(now, settings().zone)
        counts = write_grids(session, items, today)
        write_check_points(session)
        said = f"{FileKind.GRIDS}:{top.code} +{counts.created}~{counts.updated}"
        audit(session, actor.person_id, "import", said, now)
        # New grids have duties from today on.
        make_anew(session, today)
        session.flush()
    return card_of(table, problems, changes, len(items) - len(changes), language, written=write)


def _elsewhere(
    table: Table,
    top: Grid,
    over: str,
    below: Sequence[Grid],
    items: Sequence[GridItem],
    known: Mapping[str, KnownGrid],
) -> list[Problem]:
    """Rows about grids that are not below `top`, or that would be moved away from there.

    `over` is the code of the grid above it.
    """
    ours = {grid.code for grid in below}
    fresh = {item.code for item in items if item.code not in known}
    reach = ours | fresh
    found = []
    for item in items:
        is_here = item.code in ours or item.code in fresh
        if item.code == top.code:
            is_here = item.parent_code == over
        elif item.parent_code not in reach:
            is_here = False
        if not is_here:
            word = table.header.word("parent_code")
            found.append(
                Problem(
                    Reason.NOT_BELOW_YOURS, item.row, word, item.parent_code, {"name": top.name}
                )
            )
    return found


def _change(
    item: GridItem, stored: dict[str, Grid], parents: dict[str, str], language: str
) -> DeskChange | None:
    old = stored.get(item.code)
    if old is None:
        words = say("importing.desk.grid", language, name=item.name, code=item.code)
        return DeskChange("new", words)
    parts = {
        "name": item.name != old.name,
        # Of the topmost one the grid above is not ours to read: it cannot change here.
        "parent": item.parent_code != (parents[item.code] or item.parent_code),
        "kind": item.kind is not None and item.kind != old.kind,
        "phone": item.supervision_phone is not None
        and item.supervision_phone != old.supervision_phone,
        "outline": item.outline is not None and not same_ground(item.outline.geojson, old.outline),
    }
    named = [
        say(f"importing.desk.part.{part}", language) for part, is_new in parts.items() if is_new
    ]
    if not named:
        return None
    return DeskChange(
        "changed",
        say(
            "importing.desk.grid_changed",
            language,
            name=item.name,
            code=item.code,
            what=say("importing.desk.and", language).join(named),
        ),
    )


def _faults(below: Sequence[Grid], items: Sequence[GridItem]) -> list[Warned]:
    """Gaps, overlaps and parts outside that there would be and are not there now."""
    codes = {grid.id: grid.code for grid in below}
    before = {
        grid.code: Drawn(
            grid.code,
            grid.name,
            grid.level,
            codes.get(grid.parent_id, ""),
            shape(grid.outline) if grid.outline else None,
        )
        for grid in below
    }
    after = dict(before)
    for item in items:
        old = before.get(item.code)
        ground = shape(item.outline.geojson) if item.outline else old.shape if old else None
        parent = old.parent_code if old and item.parent_code not in before else item.parent_code
        after[item.code] = Drawn(item.code, item.name, item.level, parent, ground)
    faults = new_faults(before.values(), after.values())
    if not faults:
        return []
    worst = max(faults, key=lambda fault: fault.area_m2)
    return [
        Warned(
            Notice.FAULTS,
            {
                "count": len(faults),
                "names": "、".join(worst.names),
                "square_metres": round(worst.area_m2),
                "lat": round(worst.lat, 5),
                "lon": round(worst.lon, 5),
            },
        )
    ]
