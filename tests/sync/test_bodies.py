"""Every kind is told of, and what a phone may send fits what the tables hold."""

import importlib
import pkgutil

import pytest
from pydantic_core import PydanticUndefined
from sqlmodel import SQLModel

from firegrid_app.alarms.tables import AlarmNote
from firegrid_app.alerts.tables import AlertSeen
from firegrid_app.duties.tables import DutyTick
from firegrid_app.equipment.tables import EquipmentCheck
from firegrid_app.hazards.tables import Hazard, HazardEvent
from firegrid_app.patrols.tables import Arrival, Patrol, PatrolWord
from firegrid_app.places.tables import PlacePaper
from firegrid_app.rota.tables import ShiftNote, ShiftTaken
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync import kinds
from firegrid_app.sync.kinds import BODIES, KINDS
from firegrid_app.sync.tables import ReceivedItem
from firegrid_app.visits.tables import Visit

TABLE_OF: dict[str, type[SQLModel]] = {
    "patrol.start": Patrol,
    "patrol.arrive": Arrival,
    "patrol.end": Patrol,
    "patrol.word": PatrolWord,
    "hazard.report": Hazard,
    "hazard.move": HazardEvent,
    "shout.log": Shout,
    "visit.log": Visit,
    "alarm.noted": AlarmNote,
    "equipment.checked": EquipmentCheck,
    "letter.signed": PlacePaper,
    "duty.done": DutyTick,
    "shift.note": ShiftNote,
    "shift.taken": ShiftTaken,
    "alert.seen": AlertSeen,
}
COLUMN_OF = {"where": "where_words", "call": "outcome"}
CODES = {"grid", "category", "severity", "script", "means", "outcome", "tag", "alarm", "step"}
"""Checked against lists that the tables hold, or only looked up."""


def limit_of(field):
    return next((m.max_length for m in field.metadata if getattr(m, "max_length", None)), None)


def test_every_file_of_kinds_is_in_the_list_and_every_name_is_given_once():
    """A new kind whose file is not named in `sync/kinds/__init__.py` would be unknown for ever."""
    parts = [
        importlib.import_module(f"{kinds.__name__}.{found.name}")
        for found in pkgutil.iter_modules(kinds.__path__)
    ]
    told = [kind for part in parts for kind in getattr(part, "KINDS", ())]
    assert sorted(kind.name for kind in told) == sorted(KINDS)
    assert all(KINDS[kind.name] is kind for kind in told)
    bodies = [body for kind in told for body in kind.versions]
    assert len(bodies) == len(set(bodies)) == len(BODIES), "a body of a kind and version of its own"


def test_every_kind_fits_where_it_is_noted():
    assert set(TABLE_OF) == set(KINDS)
    column = ReceivedItem.__table__.c.kind
    assert all(len(kind) <= column.type.length for kind in KINDS)


@pytest.mark.parametrize(("kind", "version"), sorted(BODIES))
def test_free_words_never_get_longer_than_their_column(kind, version):
    body, columns = BODIES[kind, version], TABLE_OF[kind].__table__.c
    texts = [name for name, field in body.model_fields.items() if field.annotation is str]
    free = [name for name in texts if name not in CODES]
    for name in free:
        limit = limit_of(body.model_fields[name])
        assert limit, f"{kind}.{name} has no limit"
        assert limit <= columns[COLUMN_OF.get(name, name)].type.length, f"{kind}.{name}"


@pytest.mark.parametrize(("kind", "version"), sorted(BODIES))
def test_no_body_takes_a_field_it_does_not_know(kind, version):
    assert BODIES[kind, version].model_config["extra"] == "forbid"
    required = [
        name
        for name, field in BODIES[kind, version].model_fields.items()
        if field.default is PydanticUndefined
    ]
    assert required
