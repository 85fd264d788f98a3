"""The pilot street as it ships."""

import csv
import json

import pytest
from sqlmodel import col, func, select

from firegrid_app import clock
from firegrid_app.access.passwords import password_matches
from firegrid_app.access.rules import Role, is_strong_enough
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.tables import PublicContact
from firegrid_app.clock import local_day
from firegrid_app.duties.service import year_is_known
from firegrid_app.grids.coverage_service import coverage
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.pilot import FILES, PILOT_PASSWORD, load_pilot
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings
from firegrid_app.visits.tables import Household
from tests.importing.bring import everything, looking


@pytest.fixture
def pilot(database):
    told = []
    assert load_pilot(told.append)
    return told


def test_the_whole_street_is_there_and_loading_again_does_nothing(pilot):
    with looking() as session:
        levels = session.exec(select(Grid.level, func.count()).group_by(col(Grid.level)))
        assert dict(levels.all()) == {0: 1, 1: 1, 2: 13, 3: 339}
        found = [session.exec(select(func.count()).select_from(t)).one()
                 for t in (Person, Post, Place, Household, CheckPoint, PublicContact)]  # fmt: skip
    assert found == [826, 826, 730, 10745, 5409, 678]
    assert pilot[-1] == "354 个网格、826 个岗位、730 家场所、10745 户、5409 个点位"
    before = everything()
    assert not load_pilot(print)
    assert everything() == before


def test_it_has_no_gap_no_overlap_and_somebody_everywhere(pilot):
    today = local_day(clock.now(), settings().zone)
    with looking() as session:
        card = coverage(session, None, today)
    assert card.is_whole
    assert card.misplaced == ()
    assert [grid.code for grid in card.no_outline] == ["500118"]


def test_every_role_is_held_and_every_small_grid_has_check_points(pilot):
    with looking() as session:
        assert set(session.exec(select(Post.role))) == {role.value for role in Role}
        bare = select(Grid.code).where(
            Grid.level == 3, col(Grid.id).not_in(select(CheckPoint.grid_id))
        )
        assert session.exec(bare).all() == []
        assert year_is_known(session, 2025)
        assert year_is_known(session, 2026)
        assert not year_is_known(session, 2027)


def test_its_people_are_marked_and_share_one_password(pilot):
    with looking() as session:
        people = session.exec(select(Person)).all()
        contacts = session.exec(select(PublicContact)).all()
    assert all(person.pilot for person in people)
    hashes = {person.password_hash for person in people}
    assert len(hashes) == 1
    assert password_matches(PILOT_PASSWORD, hashes.pop())
    assert is_strong_enough(PILOT_PASSWORD, people[0].phone)
    assert all(c.publish_phone and "试点合成数据" in c.basis for c in contacts)


def test_its_numbers_belong_to_no_network():
    with FILES[FileKind.PEOPLE].open(encoding="utf-8") as file:
        assert all(row["phone"].startswith("100") for row in csv.DictReader(file))
    grids = json.loads(FILES[FileKind.GRIDS].read_text(encoding="utf-8"))["features"]
    assert grids[0]["properties"]["name"] == "永川区"
    assert grids[0]["geometry"] is None
