"""What stands on the strip under a photo: time, grid, place, member (stamped at the shutter)."""

from sqlmodel import Session

from firegrid_app.access.tables import Person
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.hazards.tables import Hazard
from firegrid_app.photos.tables import Photo
from firegrid_app.places.tables import Place
from firegrid_app.printing.rules import fit_for_paper
from firegrid_app.settings import settings


def strip_of(session: Session, photo: Photo) -> tuple[str, ...]:
    """The lines for an announced photo; none where its street has none drawn.

    A whistleblower's name (YB-48) stands on no picture: it would go wherever the picture goes.
    """
    grid = session.get(Grid, photo.grid_id, options=[WITHOUT_OUTLINE])
    if grid is None or _is_switched_off(grid.path):
        return ()
    taken = f"{photo.taken_at.astimezone(settings().zone):%Y-%m-%d %H:%M}"
    where, name = "", ""
    person = session.get(Person, photo.person_id) if photo.person_id is not None else None
    hazard = session.get(Hazard, photo.record_id) if photo.record_kind == "hazard" else None
    if hazard is not None:
        place = session.get(Place, hazard.place_id) if hazard.place_id is not None else None
        where = hazard.where_words or (place.name if place else "")
    hidden = hazard is not None and hazard.sheltered and hazard.person_id == photo.person_id
    if person is not None and not hidden:
        name = person.name
    fix = ""
    if photo.lat is not None and photo.lon is not None:
        fix = f"{photo.lat:.5f}, {photo.lon:.5f}"
        if photo.accuracy_m is not None:
            fix += f" ±{photo.accuracy_m:.0f} m"
    lines = ((taken, grid.name, name), (where,), (fix,))
    return tuple(line for parts in lines if (line := _joined(parts)))


def _is_switched_off(path: str) -> bool:
    codes = settings().no_photo_strip
    return "*" in codes or not codes.isdisjoint(path.strip("/").split("/"))


def _joined(parts: tuple[str, ...]) -> str:
    return "  ".join(" ".join(fit_for_paper(one).split()) for one in parts if one.strip())
