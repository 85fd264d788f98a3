"""Grids and outlines handed in at the desk and taken along: told first, access by the row."""

import io
import json
import zipfile
from datetime import date

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.database import reading, transaction
from firegrid_app.grids.history import drawings_on
from firegrid_app.grids.tables import Grid, PastOutline
from firegrid_app.importing import api
from firegrid_app.maps.rules.datum import Datum, from_wgs84
from tests.cast import (
    COMMUNITY,
    COUNTY,
    OTHER_STREET,
    SIDE,
    STREET,
    WEST,
    A,
    B,
    C,
    outline,
)  # fmt: skip

FORMATS = ("geojson", "shapefile", "kml")


def feature(code, name, level, parent, geometry):
    properties = {"code": code, "name": name, "level": level, "parent_code": parent}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


def hand_in(client, content, grid=STREET, **more):
    params = {"grid": grid} | {name: str(value).lower() for name, value in more.items()}
    return client.post("/api/import/grids", params=params, content=content)


def reasons(answer):
    return [one["reason"] for one in answer["problems"]]


def grids():
    with reading() as session:
        return {
            grid.code: (grid.name, grid.path, grid.outline) for grid in session.exec(select(Grid))
        }


def halves():
    """A split at its middle: its west half stays, a new grid has the rest."""
    middle = WEST + SIDE / 2
    west, east = outline(0, 1), outline(0, 1)
    west["coordinates"] = [
        [[min(lon, middle), lat] for lon, lat in ring] for ring in west["coordinates"]
    ]
    east["coordinates"] = [
        [[max(lon, middle), lat] for lon, lat in ring] for ring in east["coordinates"]
    ]
    return (
        feature(A, "小桥子社区第1网格", 3, COMMUNITY, west),
        feature(f"{COMMUNITY}009", "小桥子社区第9网格", 3, COMMUNITY, east),
    )


def test_first_what_changes_then_written_from_today_on(cast, door):
    before = grids()
    seen = hand_in(door("officer"), collection(*halves())).json()
    assert [(one["sort"], one["words"]) for one in seen["changes"]] == [
        ("changed", f"小桥子社区第1网格（{A}）：边界"),
        ("new", f"小桥子社区第9网格（{COMMUNITY}009）"),
    ]
    assert (seen["problem_count"], seen["warnings"], seen["written"]) == (0, [], False)
    assert grids() == before
    assert hand_in(door("officer"), collection(*halves()), confirm=True).json()["written"]
    after = grids()
    assert after[f"{COMMUNITY}009"][1] == f"{COUNTY}/{STREET}/{COMMUNITY}/{COMMUNITY}009/"
    assert after[A][2] != before[A][2]
    with reading() as session:
        # Days before today keep the outline they had.
        (then,) = drawings_on(session, [cast.grids["a"]], date(2026, 11, 22)).values()
        assert then.outline == before[A][2]
        noted = session.exec(select(AuditEntry).where(AuditEntry.action == "import")).one()
        assert noted.person_id == cast.people["officer"]
    again = hand_in(door("officer"), collection(*halves()), confirm=True).json()
    assert (again["change_count"], again["same"]) == (0, 2)


@pytest.mark.parametrize("who", ["other_officer", "secretary", "member_a", "resident"])
def test_who_does_not_manage_the_grids_is_refused(cast, door, who):
    before = grids()
    assert hand_in(door(who), collection(*halves()), confirm=True).status_code == 403
    assert grids() == before


def test_grids_elsewhere_are_not_reached_from_here(cast, door):
    ring = outline(3, 4)
    file = collection(
        feature(f"{OTHER_STREET}001", "甲社区", 2, OTHER_STREET, ring),
        feature(COMMUNITY, "小桥子社区", 2, OTHER_STREET, outline(0, 2)),
        feature(OTHER_STREET, "中山路街道", 1, COUNTY, ring),
        feature(COUNTY, "永川区", 0, None, outline(0, 4)),
    )
    before = grids()
    answer = hand_in(door("officer"), file, confirm=True).json()
    assert answer["problem_count"] == 4
    assert set(reasons(answer)) == {"只能导入“南大街街道”以内的网格"}
    assert grids() == before
    # The same file is good for who manages the county.
    allowed = hand_in(door("administrator"), file, grid=COUNTY).json()
    assert allowed["problem_count"] == 0


def test_gaps_and_overlaps_it_would_make_are_told_before(cast, door):
    west, _ = halves()
    seen = hand_in(door("officer"), collection(west)).json()
    assert seen["problem_count"] == 0
    (warning,) = seen["warnings"]
    assert "1 处空白、重叠或越界" in warning
    assert "小桥子社区" in warning


def shifted(datum):
    rings = [
        [list(from_wgs84(lon, lat, datum)) for lon, lat in ring]
        for ring in outline(0, 1)["coordinates"]
    ]
    return feature(A, "小桥子社区第1网格", 3, COMMUNITY, {"type": "Polygon", "coordinates": rings})


@pytest.mark.parametrize(("datum", "name"), [(Datum.GCJ02, "GCJ-02"), (Datum.BD09, "BD-09")])
def test_a_file_that_looks_shifted_is_asked_about_and_can_be_named(cast, door, datum, name):
    file = collection(shifted(datum))
    asked = hand_in(door("officer"), file, confirm=True).json()
    assert not asked["written"]
    (reason,) = reasons(asked)
    assert f"像是 {name} 坐标" in reason
    named = hand_in(door("officer"), file, datum=datum).json()
    assert (named["problem_count"], named["change_count"], named["same"]) == (0, 0, 1)
    # Who says that it is WGS-84 is believed, and sees what comes of it.
    assert hand_in(door("officer"), file, datum="wgs84").json()["change_count"] == 1


def test_what_was_really_drawn_elsewhere_is_not_taken_for_shifted(cast, door):
    ring = outline(0, 1)["coordinates"][0]
    moved = {"type": "Polygon", "coordinates": [[[lon, lat + 0.004] for lon, lat in ring]]}
    answer = hand_in(door("officer"), collection(feature(A, "甲", 3, COMMUNITY, moved))).json()
    assert answer["problem_count"] == 0


def test_every_mistake_has_its_row_and_nothing_is_written(cast, door):
    ring = outline(0, 1)["coordinates"][0]
    swapped = {"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in ring]]}
    metres = {"type": "Polygon", "coordinates": [[[lon * 1e5, lat * 1e5] for lon, lat in ring]]}
    crossing = {"type": "Polygon", "coordinates": [[ring[0], ring[2], ring[1], ring[3], ring[0]]]}
    file = collection(
        feature("1", "一", 3, COMMUNITY, swapped),
        feature("2", "二", 3, COMMUNITY, metres),
        feature("3", "三", 3, COMMUNITY, crossing),
        feature("4", "四", 3, COMMUNITY, outline(0, 1)),
        feature("4", "又四", 3, COMMUNITY, outline(1, 2)),
        feature("5", "字" * 200, 3, COMMUNITY, None),
    )
    before = grids()
    answer = hand_in(door("officer"), file, confirm=True).json()
    told = {one["rows"]: one["reason"] for one in answer["problems"]}
    assert set(told) == {"1", "2", "3", "5", "6"}
    for row, words in {"1": "写反", "2": "以米为单位", "3": "交叉", "5": "第 4 行"}.items():
        assert words in told[row]
    assert grids() == before


def test_a_file_too_large_is_refused_before_it_is_read(cast, door, monkeypatch):
    monkeypatch.setattr(api, "MOST_OF_MAPS", 1000)
    answer = hand_in(door("officer"), b"x" * 2000)
    assert answer.status_code == 413
    assert hand_in(door("officer"), b"x", datum="mars").status_code == 422


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_taken_along_comes_back_as_it_was(cast, door, kind):
    with transaction() as session:
        session.get_one(Grid, cast.grids["b"]).name = "小桥子<社区>&“第2”网格"
        session.get_one(Grid, cast.grids["c"]).outline = None
    officer = door("officer")
    answer = officer.get(f"/api/grids/{STREET}/outlines", params={"kind": kind})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    back = hand_in(officer, answer.content).json()
    assert back["problems"] == []
    assert (back["rows"], back["change_count"], back["same"]) == (6, 0, 6)
    if kind == "shapefile":
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert sorted(name.split(".")[1] for name in names) == ["cpg", "dbf", "prj", "shp", "shx"]


def test_a_day_before_is_taken_along_as_it_was_drawn(cast, door):
    old = outline(0, 2)
    with transaction() as session:
        for key in ("street", "community", "a"):
            session.get_one(Grid, cast.grids[key]).valid_from = date(2026, 1, 1)
        session.add(PastOutline(grid_id=cast.grids["a"], ended_on=date(2026, 11, 20), outline=old))

    def on(day):
        answer = door("officer").get(f"/api/grids/{STREET}/outlines", params={"day": day})
        return {one["properties"]["code"]: one["geometry"] for one in answer.json()["features"]}

    assert on("2026-11-20")[A] == old
    assert on("2026-11-21")[A] == on("")[A] == outline(0, 1)
    assert on("")[B] == outline(1, 2)
    assert C in on("")


@pytest.mark.parametrize(
    ("params", "status"),
    [({"kind": "dwg"}, 422), ({"day": "2999-01-01"}, 422), ({"day": "soon"}, 422)],
)
def test_what_there_is_not_is_refused_in_words(cast, door, params, status):
    answer = door("officer").get(f"/api/grids/{STREET}/outlines", params=params)
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)


@pytest.mark.parametrize("who", ["other_officer", "member_b", "resident"])
def test_the_neighbour_takes_nothing_along(cast, door, who):
    assert door(who).get(f"/api/grids/{COMMUNITY}/outlines").status_code == 403
