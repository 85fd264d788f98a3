"""Four good files into a database: what is written, what a second time changes, what a dry run."""

from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry, Person, Post
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.tables import Grid, PastName
from firegrid_app.importing.service import write_places
from firegrid_app.importing.service.write_people import Accounts
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.visits.tables import Household
from tests.importing.bring import (
    PEOPLE,
    TREE,
    bring,
    counts,
    everything,
    feature,
    geojson,
    looking,
    of,
    square,
    world,
)


@pytest.fixture
def street(database, tmp_path):
    """The small world, imported."""
    card = bring(tmp_path, world())
    assert card.written
    return card


def test_grids_get_paths_outlines_and_a_point_for_the_name(street):
    with looking() as session:
        grids = {grid.code: grid for grid in session.exec(select(Grid))}
    assert grids["1111"].path == "1/11/111/1111/"
    assert grids["1111"].parent_id == grids["111"].id
    assert grids["1111"].outline == square(0)
    assert (grids["1111"].label_lat, grids["1111"].label_lon) == (29.305, 105.905)
    assert grids["11"].outline is None


def test_a_grid_without_an_outline_is_null_in_the_database(street):
    with looking() as session:
        bare = session.exec(select(Grid.code).where(Grid.outline.is_(None)).order_by(Grid.code))
        assert bare.all() == ["1", "11", "111"]


def test_one_person_with_two_posts_is_one_person(street):
    with looking() as session:
        person = session.exec(select(Person).where(Person.phone == "13800000002")).one()
        posts = session.exec(select(Post.role).where(Post.person_id == person.id))
        assert sorted(posts) == ["grid_head", "grid_member"]
    assert counts(street, "people") == (4, 0, 0, 0)


def test_people_begin_without_a_password_and_are_no_pilot(street):
    with looking() as session:
        assert {(p.password_hash, p.pilot) for p in session.exec(select(Person))} == {(None, False)}


def test_words_about_need_become_coarse_marks(street):
    with looking() as session:
        marks = {d.room: d.care_mark for d in session.exec(select(Household)) if d.care_mark}
    assert marks == {"201": "elderly_alone", "1号": "needs_evacuation_help"}


def test_check_points_are_stairwells_places_and_lanes(street):
    with looking() as session:
        points = {p.code: (p.name, p.kind) for p in session.exec(select(CheckPoint))}
    assert points == {
        "S.1111.1.1": ("1栋1单元楼梯间", "stairwell"),
        "S.1111.1.2": ("1栋2单元楼梯间", "stairwell"),
        "P.P1": ("龚记幼儿园", "place"),
        "P.P2": ("汪记旅馆", "place"),
        "L.1112": ("丙社区第2网格村组巷道", "lane"),
    }


def test_heads_and_members_are_posted_without_their_private_number(street):
    with looking() as session:
        contacts = session.exec(select(PublicContact)).all()
    assert {(c.display_name, c.role, c.publish_name, c.publish_phone) for c in contacts} == {
        ("张三", "grid_member", True, False),
        ("李四", "grid_head", True, False),
        ("李四", "grid_member", True, False),
    }
    assert {c.basis for c in contacts} == {"duty YC-60"}


KEEPERS = """姓名,手机号,岗位,网格编码,楼栋,单元
张三,13800000001,网格员,1111,,
赵六,13800000004,楼栋长,1111,1栋,
钱七,13800000005,单元长,1111,1栋,2单元
孙八,13800000006,楼栋长,1111,,
"""


def test_who_keeps_a_building_or_a_unit_is_posted_for_it(street, tmp_path):
    card = bring(tmp_path, {"people": KEEPERS})
    assert (card.contacts.created, card.contacts.unchanged) == (2, 1)
    with looking() as session:
        found = select(PublicContact).where(PublicContact.role == "building_leader")
        kept = {c.display_name: (c.houses, c.basis) for c in session.exec(found)}
    assert kept == {
        "赵六": ([["1栋", ""]], "duty YC-71"),
        "钱七": ([["1栋", "2单元"]], "duty YC-71"),
    }
    again = bring(tmp_path, {"people": KEEPERS})
    assert (again.contacts.created, again.contacts.updated) == (0, 0)
    # What the desk said since is not put back; who kept nothing yet does from now on.
    with transaction() as session:
        by_name = {c.display_name: c for c in session.exec(select(PublicContact))}
        by_name["钱七"].houses, by_name["赵六"].houses = [["1栋", "1单元"]], []
    third = bring(tmp_path, {"people": KEEPERS})
    assert (third.contacts.created, third.contacts.updated) == (0, 1)
    with looking() as session:
        kept = {c.display_name: c.houses for c in session.exec(select(PublicContact))}
    assert (kept["赵六"], kept["钱七"]) == ([["1栋", ""]], [["1栋", "1单元"]])


def test_one_post_keeps_several_buildings_in_one_row_or_in_several(street, tmp_path):
    head, row = KEEPERS.splitlines()[0], "赵六,13800000004,楼栋长,1111,"
    several = "\n".join([head, f"{row}3栋、1栋,", f"{row}2栋,1单元;2单元"])
    card = bring(tmp_path, {"people": several})
    assert (card.contacts.created, card.files[0].problems) == (1, [])
    with looking() as session:
        [contact] = session.exec(
            select(PublicContact).where(PublicContact.display_name == "赵六")
        ).all()
    assert contact.houses == [["1栋", ""], ["2栋", "1单元"], ["2栋", "2单元"], ["3栋", ""]]
    before = everything()
    bring(tmp_path, {"people": several})
    assert everything() == before
    # One more than before is added; fewer take nothing away.
    bring(tmp_path, {"people": f"{several}\n{row}5栋,"})
    bring(tmp_path, {"people": f"{head}\n{row}5栋,"})
    with looking() as session:
        assert ["5栋", ""] in session.get_one(PublicContact, contact.id).houses
    twice = bring(tmp_path, {"people": f"{head}\n{row}1栋,\n{row}1栋、2栋,"})
    assert [p.row for p in twice.files[0].problems] == [3]
    mixed = bring(tmp_path, {"people": f"{head}\n{row}1栋、2栋,1单元"})
    assert [(p.column, p.reason) for p in mixed.files[0].problems] == [("单元", "units_of_several")]


def test_a_unit_without_its_building_is_an_error(street, tmp_path):
    card = bring(tmp_path, {"people": KEEPERS.replace("1栋,2单元", ",2单元")})
    assert not card.written
    [people] = card.files
    assert [(one.row, one.column) for one in people.problems] == [(4, "楼栋")]


def test_a_second_time_changes_nothing_at_all(street, tmp_path):
    before = everything()
    card = bring(tmp_path, world())
    assert everything() == before
    assert [counts(card, kind)[:2] for kind in world()] == [(0, 0)] * 4
    assert (card.check_points.created, card.check_points.unchanged) == (0, 5)
    assert (card.contacts.created, card.contacts.unchanged) == (0, 3)


def test_a_second_time_on_another_day_changes_nothing_either(street, tmp_path, clock):
    before = everything()
    clock.forward(days=3)
    bring(tmp_path, world())
    assert everything() == before


def test_a_dry_run_counts_and_writes_nothing(database, tmp_path):
    before = everything()
    card = bring(tmp_path, world(), dry_run=True)
    assert everything() == before
    assert not card.written
    assert counts(card, "households") == (4, 0, 0, 0)
    assert card.check_points.created == 5


def test_changed_values_are_updated_and_counted(street, tmp_path):
    files = world()
    files["grids"] = files["grids"].replace("丙社区第2网格", "丙社区东片")
    files["people"] = PEOPLE.replace("李四", "李思")
    files["places"] = files["places"].replace("汪记旅馆", "汪氏旅馆")
    files["households"] = files["households"].replace("独居老人", "高龄老人")
    card = bring(tmp_path, files)
    assert counts(card, "grids") == (0, 1, 4, 0)
    assert counts(card, "people") == (0, 2, 2, 0)
    assert counts(card, "places") == (0, 1, 1, 0)
    assert counts(card, "households") == (0, 1, 3, 0)
    assert (card.check_points.created, card.check_points.updated) == (0, 2)
    assert card.contacts.updated == 2
    with looking() as session:
        assert "李思" in session.exec(select(PublicContact.display_name)).all()
        names = session.exec(select(CheckPoint.name)).all()
        assert {"汪氏旅馆", "丙社区东片村组巷道"} <= set(names)


def test_an_outline_imported_anew_leaves_old_days_theirs(street, tmp_path, clock):
    with looking() as session:
        grid = session.exec(select(Grid).where(Grid.code == "1112")).one()
        grid_id, before = grid.id, grid.outline
        began = grid.valid_from
    clock.forward(days=3)
    tree = [*TREE[:-1], feature("1112", "丙社区第2网格", 3, "111", square(2), kind="village")]
    bring(tmp_path, {"grids": geojson(*tree)})
    with looking() as session:
        assert drawings_on(session, [grid_id], began)[grid_id].outline == before
        assert drawings_on(session, [grid_id], clock.now().date()) == {}
        assert session.get_one(Grid, grid_id).outline == square(2)


def test_a_grid_that_moves_takes_its_subtree_along(street, tmp_path):
    tree = [*TREE, feature("12", "丁街道", 1, "1")]
    tree[2] = feature("111", "丙社区", 2, "12", kind="urban")
    bring(tmp_path, {"grids": geojson(*tree)})
    with looking() as session:
        paths = dict(session.exec(select(Grid.code, Grid.path)).all())
    assert paths["111"] == "1/12/111/"
    assert paths["1111"] == "1/12/111/1111/"


def test_what_a_file_does_not_say_stays(street, tmp_path):
    tree = geojson(*(feature(*_short(f)) for f in TREE))
    places = "code,name,category,grid_code\nP1,龚记幼儿园,小学校幼儿园,1111\n"
    doors = "grid_code,building,unit,floor,room\n1111,1栋,1单元,2,201\n"
    before = everything()
    card = bring(tmp_path, {"grids": tree, "places": places, "households": doors})
    assert counts(card, "places") == (0, 0, 1, 0)
    assert everything() == before


def _short(one):
    """Code, name, level and parent alone: neither outline nor kind."""
    properties = one["properties"]
    return [properties[name] for name in ("code", "name", "level", "parent_code")]


def test_an_empty_cell_empties_what_is_stored(street, tmp_path):
    places = "code,name,category,grid_code,lat,lon\nP1,龚记幼儿园,小学校幼儿园,1111,,\n"
    assert counts(bring(tmp_path, {"places": places}), "places") == (0, 1, 0, 0)
    with looking() as session:
        place = session.exec(select(Place).where(Place.code == "P1")).one()
    assert (place.lat, place.lon, place.responsible_person) == (None, None, "姜龙")


def test_a_file_may_say_size_and_manager_and_a_later_one_without_them_leaves_them(street, tmp_path):
    head = "编码,名称,类别,所属网格编码"
    row = "P1,龚记幼儿园,小学校幼儿园,1111,120.4,45,李工,丁街 3 号"
    places = f"{head},面积,座位,消防安全管理人,地址\n{row}\n"
    bring(tmp_path, {"places": places})
    bring(tmp_path, {"places": f"{head}\nP1,龚家幼儿园,小学校幼儿园,1111\n"})
    with looking() as session:
        place = session.exec(select(Place).where(Place.code == "P1")).one()
    assert (place.name, place.area_m2, place.capacity) == ("龚家幼儿园", 120, 45)
    assert (place.manager, place.address, place.standing) == ("李工", "丁街 3 号", "")


def test_hazards_are_found_by_a_places_new_name(street, tmp_path, monkeypatch):
    """What that does to the search stands in tests/hazards/test_search.py."""
    told = []
    monkeypatch.setattr(write_places, "renamed", lambda _, place: told.append(place.name))
    head = "编码,名称,类别,所属网格编码,地址"
    for name, address in (("龚记幼儿园", "甲街 1 号"), ("龚家幼儿园", "甲街 1 号")):
        bring(tmp_path, {"places": f"{head}\nP1,{name},小学校幼儿园,1111,{address}\n"})
    assert told == ["龚家幼儿园"]


def test_the_names_before_are_kept_of_grids_and_premises_once_each(street, tmp_path):
    head = "编码,名称,类别,所属网格编码"
    for grid, place in (
        ("甲网格", "龚记幼儿园"),
        ("乙网格", "龚家幼儿园"),
        ("乙网格", "龚家幼儿园"),
    ):
        renamed = geojson(*TREE[:3], feature("1111", grid, 3, "111", kind="urban"))
        bring(tmp_path, {"grids": renamed, "places": f"{head}\nP1,{place},小学校幼儿园,1111\n"})
    with looking() as session:
        kept = session.exec(select(PastName).order_by(PastName.id)).all()
        named = [(one.name, one.grid_id is not None, one.place_id is not None) for one in kept]
    assert named == [
        ("丙社区第1网格", True, False), ("甲网格", True, False), ("龚记幼儿园", False, True)
    ]  # fmt: skip


def test_a_size_that_is_none_is_told_with_its_row(street, tmp_path):
    places = "code,name,category,grid_code,area_m2\nP1,龚记幼儿园,小学校幼儿园,1111,-4\n"
    (told,) = bring(tmp_path, {"places": places}).files
    assert [(one.row, one.column) for one in told.problems] == [(2, "area_m2")]


def test_a_post_that_ended_is_given_anew(street, tmp_path, clock):
    with transaction() as session:
        for post in session.exec(select(Post).where(Post.role == "community_secretary")):
            post.ends_on = post.starts_on
    clock.forward(days=2)
    card = bring(tmp_path, {"people": PEOPLE})
    assert counts(card, "people") == (1, 0, 3, 0)


def test_someone_switched_off_stays_out_and_is_named(street, tmp_path, clock):
    with transaction() as session:
        person = session.exec(select(Person).where(Person.name == "张三")).one()
        person.switched_off_at = clock.now()
    card = bring(tmp_path, {"people": PEOPLE})
    assert [w.details["names"] for w in of(card, "people").warnings] == ["张三"]
    with looking() as session:
        person = session.exec(select(Person).where(Person.name == "张三")).one()
        assert person.switched_off_at is not None


def test_a_contact_taken_off_the_board_is_not_put_back(street, tmp_path, clock):
    today = clock.now().date()
    with transaction() as session:
        for contact in session.exec(select(PublicContact)):
            contact.ends_on = today
    clock.forward(days=5)
    assert bring(tmp_path, {"people": PEOPLE}).contacts.created == 0


def test_what_was_set_on_a_board_by_hand_stays(street, tmp_path):
    with transaction() as session:
        contact = session.exec(select(PublicContact).where(PublicContact.role == "grid_head")).one()
        contact.display_name, contact.work_phone = "李站长", "02349800002"
        contact.publish_phone = True
    before = everything()["public_contact"]
    files = PEOPLE.replace("李四", "李思")
    bring(tmp_path, {"people": files})
    after = everything()["public_contact"]
    assert [row for row in after if "李站长" in row] == [row for row in before if "李站长" in row]


def test_the_pilots_people_can_log_in_and_show_their_numbers(database, tmp_path):
    accounts = Accounts(pilot=True, password_hash="x", publish_phone=True, basis="duty YC-60; 试点")
    bring(tmp_path, world(), accounts=accounts)
    with looking() as session:
        assert {(p.password_hash, p.pilot) for p in session.exec(select(Person))} == {("x", True)}
        assert {c.publish_phone for c in session.exec(select(PublicContact))} == {True}


def test_a_grid_that_gets_buildings_later_keeps_its_lane(street, tmp_path):
    doors = "grid_code,building,unit,floor,room\n1112,幸福楼,东,1,101\n"
    for _ in range(2):
        bring(tmp_path, {"households": doors})
    with looking() as session:
        grid = session.exec(select(Grid).where(Grid.code == "1112")).one()
        points = session.exec(select(CheckPoint).where(CheckPoint.grid_id == grid.id)).all()
    assert sorted(p.kind for p in points) == ["lane", "place", "stairwell"]


def test_every_small_grid_gets_a_check_point(database, tmp_path):
    bring(tmp_path, {"grids": geojson(*TREE)})
    with looking() as session:
        assert session.exec(select(CheckPoint.code).order_by(CheckPoint.code)).all() == [
            "L.1111",
            "L.1112",
        ]


def test_an_import_that_changes_something_is_in_the_audit_log(street, tmp_path, clock):
    clock.moment += timedelta(days=1)
    bring(tmp_path, world())
    with looking() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert [(e.action, e.person_id) for e in entries] == [("import", None)]
    assert entries[0].subject == "grids:+5~0 people:+4~0 places:+2~0 households:+4~0"


def test_grids_in_any_order_and_parents_from_the_database(street, tmp_path):
    more = (
        feature("1211", "末", 3, "121"),
        feature("121", "中", 2, "12"),
        feature("12", "初", 1, "1"),
    )
    assert counts(bring(tmp_path, {"grids": geojson(*more)}), "grids") == (3, 0, 0, 0)
    with looking() as session:
        assert "1/12/121/1211/" in session.exec(select(Grid.path)).all()


def test_two_imports_of_a_building_with_other_floors_are_told_and_both_stay(tmp_path, street):
    files = world()
    lines = files["households"].splitlines()
    again = "\n".join([lines[0], *(line.replace(",1,", ",9,", 1) for line in lines[1:])])
    card = bring(tmp_path, {"households": again})
    (told,) = [f.warnings for f in card.files if f.kind == "households"]
    assert {one.notice for one in told} == {"other_floors"}
    assert all(one.details["here"] != one.details["file"] for one in told)
    with looking() as session:
        kept = {door.floor for door in session.exec(select(Household))}
    assert 9 in kept
    assert 1 in kept
