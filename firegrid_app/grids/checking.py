"""What is asked of new outlines, codes and names before a change of grids is written."""

from collections.abc import Mapping
from typing import Any

from shapely.geometry import shape
from sqlmodel import Session, col, select

from firegrid_app.grids.coverage import Drawn, FaultKind
from firegrid_app.grids.shapes import Drawing, new_faults
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.rules.outlines import outline
from firegrid_app.importing.rules.problems import Bad, Reason
from firegrid_app.importing.rules.values import code as plain_code
from firegrid_app.importing.rules.values import text as plain_text
from firegrid_app.refusals import Refused

_FAULT = {
    FaultKind.GAP: "grids.makes_gap",
    FaultKind.OVERLAP: "grids.makes_overlap",
    FaultKind.OUTSIDE: "grids.leaves_parent",
}


def checked_outline(geometry: dict[str, Any]) -> Drawing:
    """An outline we can trust.

    Refuses `grids.crosses_itself`, `grids.axes_swapped`, `grids.metres`, `grids.bad_outline`.
    """
    try:
        drawn = outline(geometry)
    except Bad as bad:
        if bad.reason in (Reason.SELF_CROSSING, Reason.SELF_TOUCHING):
            where = {"lat": bad.details.get("lat", ""), "lon": bad.details.get("lon", "")}
            raise Refused("grids.crosses_itself", **where) from None
        if bad.reason is Reason.LAT_LON_SWAPPED:
            raise Refused("grids.axes_swapped") from None
        if bad.reason is Reason.METRES_NOT_DEGREES:
            raise Refused("grids.metres") from None
        raise Refused("grids.bad_outline") from None
    if drawn is None:
        raise Refused("grids.bad_outline")
    return Drawing(drawn.geojson, drawn.label_lat, drawn.label_lon)


def name_of_new(session: Session, code: str, name: str) -> tuple[str, str]:
    """Code and name of a grid to be made.

    Refuses `grids.bad_code`, `grids.bad_name`, and `grids.code_taken`: also by one that has ended,
    for its records still bear it.
    """
    try:
        code = plain_code(code, 30)
    except Bad:
        raise Refused("grids.bad_code") from None
    try:
        name = plain_text(name, 60)
    except Bad:
        raise Refused("grids.bad_name") from None
    if not code:
        raise Refused("grids.bad_code")
    if not name:
        raise Refused("grids.bad_name")
    if session.exec(select(Grid.id).where(Grid.code == code)).first() is not None:
        raise Refused("grids.code_taken", code=code)
    return code, name


def refuse_faults(
    session: Session, grid: Grid, drawn: Mapping[int, Drawing], *, without: int | None = None
) -> None:
    """Refuse a change that would make a gap, an overlap or leave the grid above.

    `drawn` has new outlines by grid, `without` names one that ends. Looked at are the grid above,
    all its children and theirs; what is wrong there already may stay, but not grow. Refuses
    `grids.makes_gap`, `grids.makes_overlap`, `grids.leaves_parent`.
    """
    siblings = list(
        session.exec(
            select(Grid).where(Grid.parent_id == grid.parent_id, col(Grid.valid_to).is_(None))
        )
    )
    ids = [one.id for one in siblings]
    below = session.exec(
        select(Grid).where(col(Grid.parent_id).in_(ids), col(Grid.valid_to).is_(None))
    )
    parent = session.get_one(Grid, grid.parent_id)
    everything = [parent, *siblings, *below]
    codes = {one.id: one.code for one in everything}

    def shown(changes: Mapping[int, Drawing], left_out: int | None) -> list[Drawn]:
        found = []
        for one in everything:
            if one.id == left_out:
                continue
            now = changes[one.id or 0].outline if (one.id or 0) in changes else one.outline
            above = codes.get(one.parent_id, "") if one is not parent else ""
            ground = shape(now) if now else None
            found.append(Drawn(one.code, one.name, one.level, above, ground))
        return found

    faults = new_faults(shown({}, None), shown(drawn, without))
    if faults:
        worst = max(faults, key=lambda fault: fault.area_m2)
        raise Refused(
            _FAULT[worst.kind],
            names="、".join(worst.names),
            square_metres=round(worst.area_m2),
            lat=worst.lat,
            lon=worst.lon,
        )
