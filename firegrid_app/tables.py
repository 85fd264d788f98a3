"""Every table of every room, imported once for Alembic and the tests."""

from sqlmodel import SQLModel

from firegrid_app.access import tables as _access
from firegrid_app.alarms import tables as _alarms
from firegrid_app.alerts import tables as _alerts
from firegrid_app.boards import tables as _boards
from firegrid_app.campaigns import tables as _campaigns
from firegrid_app.checklists import tables as _checklists
from firegrid_app.city import tables as _city
from firegrid_app.duties import tables as _duties
from firegrid_app.equipment import tables as _equipment
from firegrid_app.exposure import tables as _exposure
from firegrid_app.grids import tables as _grids
from firegrid_app.hazards import fulltext as _fulltext  # noqa: F401 - makes its index with them
from firegrid_app.hazards import tables as _hazards
from firegrid_app.hotline import tables as _hotline
from firegrid_app.households import tables as _households
from firegrid_app.meetings import tables as _meetings
from firegrid_app.messages import tables as _messages
from firegrid_app.patrols import tables as _patrols
from firegrid_app.photos import tables as _photos
from firegrid_app.places import tables as _places
from firegrid_app.points import tables as _points
from firegrid_app.posting import tables as _posting
from firegrid_app.presence import tables as _presence
from firegrid_app.residents import tables as _residents
from firegrid_app.rewards import tables as _rewards
from firegrid_app.roads import tables as _roads
from firegrid_app.rota import tables as _rota
from firegrid_app.shouts import tables as _shouts
from firegrid_app.supervision import tables as _supervision
from firegrid_app.sync import tables as _sync
from firegrid_app.training import tables as _training
from firegrid_app.visits import tables as _visits

rooms = (
    _access,
    _alarms,
    _alerts,
    _boards,
    _checklists,
    _city,
    _duties,
    _equipment,
    _exposure,
    _grids,
    _hazards,
    _hotline,
    _households,
    _messages,
    _meetings,
    _patrols,
    _photos,
    _places,
    _points,
    _posting,
    _presence,
    _residents,
    _rewards,
    _roads,
    _rota,
    _shouts,
    _supervision,
    _sync,
    _campaigns,
    _training,
    _visits,
)
metadata = SQLModel.metadata


BESIDE = ("hazard_fts", "ix_hazard_text_trigrams")
"""What `hazards/fulltext.py` makes beside the tables, as each database can: tables and indexes
whose names begin so are none of Alembic's."""


def is_ours(name: str | None, kind: str, _: object = None) -> bool:
    """Does Alembic compare what has this name?"""
    return kind not in ("table", "index") or name is None or not name.startswith(BESIDE)
