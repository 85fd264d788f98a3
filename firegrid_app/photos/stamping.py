"""What stands on the strip under a photo: time, grid, place, member (stamped at the shutter)."""

from sqlmodel import Session

from firegrid_app.access.tables import Person
from firegrid_app.equipment.tables import Equipment, EquipmentCheck
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import OF_A_SHOUT, OF_EQUIPMENT, Photo
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.printing.rules import fit_for_paper
from firegrid_app.settings import settings
from firegrid_app.shouts.tables import Shout


def strip_of(session: Session, photo: Photo) -> tuple[str, ...]:
    """The lines for an announced photo; none where its street has none drawn.

    A whistleblower's name (YB-48) stands on no picture: it would go wherever the picture goes.
    """
    grid = session.get(Grid, photo.grid_id, options=[WITHOUT_OUTLINE])
    if grid is None or _is_switched_off(grid.path):
        return ()
    taken = f"{photo.taken_at.astimezone(settings().zone):%Y-%m-%d %H:%M}"
    name = ""
    person = session.get(Person, photo.person_id) if photo.person_id is not None else None
    hazard = session.get(Hazard, photo.record_id) if photo.record_kind == "hazard" else None
    hidden = hazard is not None and hazard.sheltered and hazard.person_id == photo.person_id
    if person is not None and not hidden:
        name = person.name
    fix = ""
    if photo.lat is not None and photo.lon is not None:
        fix = f"{photo.lat:.5f}, {photo.lon:.5f}"
        if photo.accuracy_m is not None:
            fix += f" ±{photo.accuracy_m:.0f} m"
    lines = ((taken, grid.name, name), (_where(session, photo),), (fix,))
    return tuple(line for parts in lines if (line := _joined(parts)))


def _where(session: Session, photo: Photo) -> str:
    """The place in words of a record that has one: as it was written, else its premises, else its
    check point. Of a knock none is said: behind a door somebody lives."""
    at = _placed(session, photo)
    if at is None or at.where_words:
        return at.where_words if at is not None else ""
    place = session.get(Place, at.place_id) if at.place_id is not None else None
    point_id = at.check_point_id if isinstance(at, Equipment) and place is None else None
    point = session.get(CheckPoint, point_id) if point_id is not None else None
    named = place or point
    return named.name if named is not None else ""


def _placed(session: Session, photo: Photo) -> Hazard | Shout | Equipment | None:
    """What the photo's record says the place of."""
    if photo.record_kind == OF_EQUIPMENT:
        check = session.get(EquipmentCheck, photo.record_id)
        return session.get(Equipment, check.equipment_id) if check is not None else None
    if photo.record_kind == OF_A_SHOUT:
        return session.get(Shout, photo.record_id)
    return session.get(Hazard, photo.record_id) if photo.record_kind == "hazard" else None


def _is_switched_off(path: str) -> bool:
    codes = settings().no_photo_strip
    return "*" in codes or not codes.isdisjoint(path.strip("/").split("/"))


def _joined(parts: tuple[str, ...]) -> str:
    return "  ".join(" ".join(fit_for_paper(one).split()) for one in parts if one.strip())
