"""Every kind of record a phone may send: a new one is a file here, and its name in the list below.

What belongs to a kind stands in `kind.py`; what else a new one needs, in CONTRIBUTING.md.
"""

from firegrid_app.sync.kinds import (
    alerts,
    doors,
    duties,
    equipment,
    hazards,
    patrols,
    places,
    rota,
    shouts,
)
from firegrid_app.sync.kinds.kind import Body, Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for part in (patrols, hazards, shouts, doors, equipment, places, duties, rota, alerts)
    for kind in part.KINDS
}
"""By the name that stands in a record."""
BODIES: dict[tuple[str, int], type[Body]] = {
    (kind.name, version): body
    for kind in KINDS.values()
    for version, body in enumerate(kind.versions, start=1)
}
"""Every kind in every version still accepted."""


def newest(kind: str, version: int, body: Body) -> Body:
    """The same body in the newest version of its kind; the services know no other."""
    for later in KINDS[kind].versions[version:]:
        body = later.from_former(body)
    return body
