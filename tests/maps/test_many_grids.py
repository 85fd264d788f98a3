"""A street of 70,000 grids: more ids than a statement takes values on PostgreSQL (65,535)."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from firegrid_app.database import reading, transaction
from firegrid_app.desk.cards import Asked
from firegrid_app.desk.service import overview
from firegrid_app.equipment.cards import EquipmentAsk
from firegrid_app.equipment.service import equipment_view
from firegrid_app.grids.tables import Grid
from firegrid_app.maps.entries import map_entries
from firegrid_app.maps.outlines import map_grids
from firegrid_app.maps.service import map_today
from firegrid_app.maps.spots import map_places
from firegrid_app.maps.works import map_works
from firegrid_app.places.cards import PlaceAsk
from firegrid_app.places.views import places_view
from firegrid_app.posting.service import posting_view
from firegrid_app.supervision.service import walks_view
from tests.cast import COMMUNITY, STREET, A
from tests.factories import NOW, report, walk
from tests.maps.reading import codes_of

MANY = 70_000


@pytest.fixture
def crowded(cast):
    """The street with a community of so many grids beside the cast's own."""
    with transaction() as session:
        above = session.exec(select(Grid).where(Grid.code == COMMUNITY)).one()
        session.connection().execute(
            Grid.__table__.insert(),
            [
                {
                    "code": f"{COMMUNITY}-{number}",
                    "name": f"第{number}网格",
                    "level": 3,
                    "parent_id": above.id,
                    "path": f"{above.path}{COMMUNITY}-{number}/",
                    "kind": "",
                    "supervision_phone": "",
                    "valid_from": date(2026, 1, 1),
                }
                for number in range(MANY)
            ],
        )
        last = session.exec(select(Grid).where(Grid.code == f"{COMMUNITY}-{MANY - 1}")).one()
        member = cast.actor("member_a")
        walk(session, member, NOW - timedelta(hours=3), 125)
        hazard = report(session, member, NOW - timedelta(days=30))
        hazard.grid_id = last.id
        session.connection().exec_driver_sql("analyze")
    yield cast
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            # The next test's cleaning would look at every table for each of them.
            session.connection().exec_driver_sql("truncate grid cascade")


def test_map_figures_and_lists_work_and_agree(crowded):
    officer, asked = crowded.actor("officer"), Asked((NOW - timedelta(days=1)).date().isoformat())
    with reading() as session:
        below = (Grid.level == 3, col(Grid.path).startswith(officer.posts[0].grid_path))
        small = session.exec(select(func.count()).where(*below)).one()
        listed = overview(session, officer, STREET, NOW)
        today = map_today(session, officer, STREET, NOW)
        before = map_today(session, officer, STREET, NOW, asked)
        drawn = map_grids(session, officer, STREET, NOW)
        walks = walks_view(session, officer, STREET, "done", NOW)
        places = map_places(session, officer, STREET, NOW)
        register = places_view(session, officer, PlaceAsk(code=STREET, which="all"), NOW)
        works = map_works(session, officer, STREET, NOW)
        pieces = equipment_view(session, officer, EquipmentAsk(code=STREET, which="all"), NOW)
        entries = map_entries(session, officer, STREET, NOW)
        walls = posting_view(session, officer, COMMUNITY, NOW)
    codes = codes_of(drawn)
    assert len(listed.rows) == len(today.standing) == len(codes) == small > MANY
    assert [row.code for row in listed.rows] == codes
    assert today.tree == drawn.tree
    assert today.sums["overdue_hazards"] == sum(today.overdue_hazards) == 1
    assert before.sums["overdue_hazards"] == 1
    assert codes[today.overdue_hazards.index(1)] == f"{COMMUNITY}-{MANY - 1}"
    assert sum(count for _, count in today.tallies) == sum(one.grids for one in walks.tallies)
    assert today.minutes[codes.index(A)] == walks.rows[0].minutes == 125
    assert sum(count for _, count in places.tallies) == register.matches > 0
    assert sum(one.pieces for one in works.tallies) == pieces.matches
    assert len(entries.of) == small
    assert walls.code == COMMUNITY
    assert {entry: of for entry, _, of in entries.tallies}["family"] == listed.doors > 0
