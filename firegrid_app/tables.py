"""Every table of every room, imported once for Alembic and the tests."""

from sqlmodel import SQLModel

from firegrid_app.access import tables as _access
from firegrid_app.boards import tables as _boards
from firegrid_app.duties import tables as _duties
from firegrid_app.grids import tables as _grids
from firegrid_app.hazards import tables as _hazards
from firegrid_app.patrols import tables as _patrols
from firegrid_app.photos import tables as _photos
from firegrid_app.places import tables as _places
from firegrid_app.shouts import tables as _shouts
from firegrid_app.sync import tables as _sync
from firegrid_app.visits import tables as _visits

rooms = (
    _access,
    _boards,
    _duties,
    _grids,
    _hazards,
    _patrols,
    _photos,
    _places,
    _shouts,
    _sync,
    _visits,
)
metadata = SQLModel.metadata
