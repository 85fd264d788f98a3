"""A grid that an import moves or leaves out while it has an open hazard: found, owned, with its
deadline.

No import ends a grid; ending one at the desk is refused while anything is open
(`tests/grids/test_changing.py`).
"""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.grids.service import ids_below
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.keeping import run_after
from firegrid_app.hazards.lists import open_hazards
from firegrid_app.hazards.tables import Hazard
from tests.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, STREET, A, B
from tests.factories import NOW, report
from tests.importing.bring import bring, feature, geojson

DAY = timedelta(days=1)


@pytest.fixture
def overdue(cast):
    """Found on Monday 23 November, due in a week, stepped up to the community by 1 December."""
    with transaction() as session:
        hazard_id = report(session, cast.actor("member_a")).id
        for days in (3, 8):
            run_after(session, NOW + days * DAY)
        hazard = session.get_one(Hazard, hazard_id)
        assert hazard.owner_id == cast.people["secretary"]
        due_on = hazard.due_on
    return hazard_id, due_on


def listed(code):
    with reading() as session:
        top = session.exec(select(Grid).where(Grid.code == code)).one()
        found = open_hazards(session, ids_below(top), NOW.date())
        return [one.id for one in found]


def above():
    return (
        feature(COUNTY, "永川区", 0, None),
        feature(STREET, "南大街街道", 1, COUNTY),
        feature(COMMUNITY, "小桥子社区", 2, STREET),
        feature(OTHER_COMMUNITY, "泸州街社区", 2, STREET),
    )


def test_moved_to_another_community_it_goes_on_there(cast, overdue, tmp_path):
    hazard_id, due_on = overdue
    moved = feature(A, "小桥子社区第1网格", 3, OTHER_COMMUNITY, kind="urban")
    assert bring(tmp_path, {"grids": geojson(*above(), moved)}).written
    assert [listed(code) for code in (COMMUNITY, OTHER_COMMUNITY, STREET)] == [
        [], [str(hazard_id)], [str(hazard_id)]
    ]  # fmt: skip
    with transaction() as session:
        for days in (9, 10, 11, 14):
            run_after(session, NOW + days * DAY)
    with reading() as session:
        hazard = session.get_one(Hazard, hazard_id)
        assert hazard.due_on == due_on
        assert hazard.look_on is not None
        # Not the secretary who has nothing to do with it any more, and not nobody.
        assert hazard.owner_id in (cast.people["other_secretary"], cast.people["officer"])


def test_left_out_of_a_file_it_is_there_as_before(cast, overdue, tmp_path):
    hazard_id, due_on = overdue
    other = feature(B, "小桥子社区第2网格", 3, COMMUNITY, kind="urban")
    assert bring(tmp_path, {"grids": geojson(*above(), other)}).written
    assert listed(A) == listed(COMMUNITY) == [str(hazard_id)]
    with reading() as session:
        hazard = session.get_one(Hazard, hazard_id)
        assert (hazard.owner_id, hazard.due_on) == (cast.people["secretary"], due_on)
        assert session.get_one(Grid, cast.grids["a"]).valid_to is None
