"""New rows of the field are what SQLModel would have made of the same values."""

from uuid import uuid4

import pytest
from sqlmodel import SQLModel, select

from firegrid_app.patrols.tables import Arrival
from firegrid_app.records import FieldRecord, Stamp, stamped
from firegrid_app.shouts.tables import Shout
from tests.factories import NOW

TABLES = sorted(FieldRecord.__subclasses__(), key=lambda table: table.__name__)


def values(**more):
    stamp = stamped(Stamp(id=uuid4(), happened_at=NOW), NOW)
    return {**stamp, "grid_id": 1, "person_id": 2, **more}


def columns(row):
    return {name: row.__dict__[name] for name in type(row).model_fields if name in row.__dict__}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_new_row_has_the_same_columns(table):
    given = values(note="短", unheard_of=1)
    ours, theirs = table(**given), table()
    SQLModel.__init__(theirs, **given)
    assert columns(ours) == columns(theirs)
    assert not hasattr(ours, "unheard_of")


def test_what_is_made_anew_for_each_row_is_shared_by_none():
    first, second = Arrival(**values()), Arrival(**values())
    assert first.__dict__ is not second.__dict__
    assert first.id != second.id


def test_it_is_written_and_changed_like_any_row(session, cast):
    who, where = cast.people["member_a"], cast.grids["a"]
    given = values(grid_id=where, person_id=who, script="ebike", means="loudhailer")
    shout = Shout(**given)
    session.add(shout)
    session.commit()
    shout.people_reached = 7
    session.commit()
    session.expire_all()
    kept = session.exec(select(Shout).where(Shout.id == given["id"])).one()
    assert (kept.people_reached, kept.script, kept.happened_at) == (7, "ebike", NOW)
