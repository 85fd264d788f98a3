"""Roads brought in as lines, by command and desk: told first, known again, taken away."""

import io
import json
import zipfile

import pytest
import shapefile
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.importing.files import read_bytes
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.maps.rules.datum import Datum, from_wgs84
from firegrid_app.refusals import Refused
from firegrid_app.roads.service import roads_here, take_away
from firegrid_app.roads.tables import Road
from tests.cast import COMMUNITY, SIDE, SOUTH, STREET, WEST, A
from tests.factories import NOW
from tests.importing.bring import bring, counts, everything, faults, world
from tests.importing.test_outline_files import DEGREES

ACROSS = [[105.9, 29.351], [105.902, 29.351], [105.904, 29.3512]]
UP = [[105.901, 29.35], [105.901, 29.352]]


def road(name, kind, *lines, **more):
    kind_of = "LineString" if len(lines) == 1 else "MultiLineString"
    geometry = {"type": kind_of, "coordinates": lines[0] if len(lines) == 1 else list(lines)}
    properties = {"name": name, "highway": kind}
    return {"type": "Feature", "properties": properties, "geometry": geometry} | more


def file(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


GOOD = file(road("南大街", "primary", ACROSS), road("", "巷", UP))


def hand_in(client, content, grid=STREET, **more):
    params = {"grid": grid} | {name: str(value).lower() for name, value in more.items()}
    return client.post("/api/import/roads", params=params, content=content)


def roads():
    with reading() as session:
        found = session.exec(select(Road).order_by(Road.id))
        return [(one.name, one.kind, one.line["coordinates"]) for one in found]


def test_first_what_changes_then_written_and_the_same_again_changes_nothing(cast, door):
    officer = door("officer")
    seen = hand_in(officer, GOOD).json()
    assert [one["words"] for one in seen["changes"]] == ["南大街（主干道）", "无名道路（小路）"]
    assert roads() == []
    assert hand_in(officer, GOOD, confirm=True).json()["written"]
    assert roads() == [("南大街", "main", [ACROSS]), ("", "lane", [UP])]
    again = hand_in(officer, GOOD, confirm=True).json()
    assert (again["change_count"], again["same"]) == (0, 2)
    # Drawn the other way round it is the same road.
    back = hand_in(officer, file(road("南大街", "primary", ACROSS[::-1])), confirm=True).json()
    assert back["change_count"] == 0
    moved = [[lon, round(lat + 0.0004, 6)] for lon, lat in ACROSS]
    changed = hand_in(officer, file(road("南大街", "主干道", moved)), confirm=True).json()
    assert [one["sort"] for one in changed["changes"]] == ["changed"]
    assert roads()[0] == ("南大街", "main", [moved])


def test_pieces_of_one_name_and_kind_are_one_road(cast, door):
    file_of_two = file(road("环路", "street", UP), road("环路", "街道", ACROSS))
    assert hand_in(door("officer"), file_of_two, confirm=True).json()["change_count"] == 1
    assert roads() == [("环路", "street", [ACROSS, UP])]


WRONG = [
    ({"geometry": None}, "not_a_line"),
    ({"geometry": {"type": "Point", "coordinates": UP[0]}}, "not_a_line"),
    ({"geometry": {"type": "LineString", "coordinates": [UP[0], UP[0]]}}, "point_only"),
    ({"geometry": {"type": "LineString", "coordinates": [[29.35, 105.9], [29.36, 105.9]]}},
     "lat_lon_swapped"),
    ({"geometry": {"type": "LineString", "coordinates": [[4e5, 3.2e6], [4e5, 3.3e6]]}},
     "metres_not_degrees"),
    ({"geometry": {"type": "LineString", "coordinates": [[105.9, "x"], UP[1]]}}, "bad_coordinates"),
    ({"properties": {"name": "路" * 61}}, "too_long"),
    ({"properties": {"name": "路", "highway": "运河"}}, "unknown_kind"),
]  # fmt: skip


def test_all_mistakes_are_told_at_once_and_nothing_is_written(cast, tmp_path):
    bring(tmp_path, world())
    before = everything()
    bad = [road("甲路", "", UP) | wrong for wrong, _ in WRONG]
    content = {"roads": file(*bad, road("乙路", "", ACROSS), road("乙路", "", ACROSS))}
    card = bring(tmp_path, content)
    told = {(row, reason) for row, _, _, reason in faults(card, "roads")}
    assert told == {(row, reason) for row, (_, reason) in enumerate(WRONG, 1)} | {
        (len(WRONG) + 2, "duplicate_row")
    }
    assert everything() == before
    kept = bring(tmp_path, content, skip_bad_rows=True)
    assert counts(kept, "roads") == (1, 0, 0, len(WRONG) + 1)
    assert [name for name, _, _ in roads()] == ["乙路"]


def test_without_grids_there_is_no_map_for_roads(database, tmp_path):
    assert faults(bring(tmp_path, {"roads": GOOD}), "roads") == [(None, "", "", "no_grids")]
    assert counts(bring(tmp_path, world() | {"roads": GOOD}), "roads") == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("datum", "name"), [(Datum.GCJ02, "gcj02"), (Datum.BD09, "bd09")], ids=["gcj02", "bd09"]
)
def test_a_shifted_file_is_asked_about_and_can_be_named(cast, door, datum, name):
    inside = [[WEST + SIDE / 9, SOUTH + SIDE / 9], [WEST + SIDE * 1.8, SOUTH + SIDE * 0.9]]
    shifted = [list(from_wgs84(lon, lat, datum)) for lon, lat in inside]
    content = file(road("南大街", "主干道", shifted))
    officer = door("officer")
    answer = hand_in(officer, content, confirm=True).json()
    assert answer["problem_count"] == 1
    assert name.upper().replace("0", "-0") in answer["problems"][0]["reason"]
    assert hand_in(officer, content, confirm=True, datum=name).json()["written"]
    (kept,) = roads()
    for here, there in zip(kept[2][0], inside, strict=True):
        assert here == pytest.approx(there, abs=2e-6)


@pytest.mark.parametrize("kind", ["geojson", "shapefile", "kml"])
def test_what_is_taken_along_comes_back_as_it_was(cast, door, kind):
    officer = door("officer")
    whole = file(road("南大街", "primary", ACROSS, UP), road("", "消防车通道", UP))
    hand_in(officer, whole, confirm=True)
    taken = officer.get(f"/api/roads/{STREET}", params={"kind": kind})
    assert taken.status_code == 200
    back = hand_in(officer, taken.content).json()
    assert (back["problem_count"], back["change_count"], back["same"]) == (0, 0, 2)


def test_a_shapefile_of_an_office_is_read():
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYLINE, encoding="gb18030") as writer:
        writer.field("道路名称", "C", 60)
        writer.field("道路等级", "C", 20)
        writer.line([UP])
        writer.record("南大街", "次干道")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending, part in parts.items():
            archive.writestr(f"道路.{ending}", part.getvalue())
        archive.writestr("道路.prj", DEGREES)
    (row,) = read_bytes(FileKind.ROADS, out.getvalue(), lambda _: None).rows
    assert row.cells == {"name": "南大街", "kind": "次干道"}
    assert row.geometry["type"] == "LineString"


def test_who_does_not_manage_the_grids_is_refused(cast, door):
    for who in ("other_officer", "secretary", "member_a", "resident"):
        assert hand_in(door(who), GOOD, confirm=True).status_code == 403, who
    assert roads() == []


def test_roads_are_taken_away_by_name_and_only_where_they_were_brought_in(cast, door):
    hand_in(door("administrator"), file(road("国道", "国道", UP)), grid="500118", confirm=True)
    hand_in(door("officer"), GOOD, confirm=True)
    with transaction() as session:
        officer = cast.actor("officer")
        assert roads_here(session, officer, STREET).names == ("南大街",)
        with pytest.raises(Refused, match=r"access\.outside_grid"):
            take_away(session, cast.actor("other_officer"), STREET, "", NOW)
        with pytest.raises(Refused, match=r"access\.outside_grid"):
            take_away(session, cast.actor("secretary"), COMMUNITY, "", NOW)
        assert take_away(session, officer, STREET, "南大街", NOW) == 1
        assert take_away(session, officer, STREET, "", NOW) == 1
        assert take_away(session, officer, STREET, "", NOW) == 0
    assert [name for name, _, _ in roads()] == ["国道"]


def test_what_lies_on_the_county_s_map_already_is_not_brought_in_twice(cast, door):
    hand_in(door("administrator"), GOOD, grid="500118", confirm=True)
    assert hand_in(door("officer"), GOOD, confirm=True).json()["same"] == 2
    assert len(roads()) == 2
    assert A.startswith(STREET)
