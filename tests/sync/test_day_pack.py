"""The day pack: one's own grids and nothing of the neighbour's; unchanged, it costs nothing."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.tables import AuditEntry
from firegrid_app.hazards.rules.kinds import CATEGORIES
from firegrid_app.settings import settings
from tests.cast import A, B, C
from tests.factories import NOW, hazard_body, item, report, send, walk


def pack(client, **headers):
    answer = client.get("/api/pack", headers=headers)
    assert answer.status_code == 200
    return answer.json()


def looks_logged(session):
    session.rollback()
    return session.exec(select(AuditEntry).where(AuditEntry.action == "see_care")).all()


def test_a_member_gets_the_own_grid_whole(door, cast):
    found = pack(door("member_a"))
    assert [grid["code"] for grid in found["grids"]] == [A]
    assert found["grids"][0]["outline"]["type"] == "Polygon"
    assert found["grids"][0]["parent_name"] == "小桥子社区"
    assert found["grids"][0]["supervision_phone"] == "12345"
    assert [one["id"] for one in found["check_points"]] == [
        cast.check_points["a1"],
        cast.check_points["a2"],
    ]
    assert [one["id"] for one in found["places"]] == [cast.places["a"]]
    assert [one["room"] for one in found["doors"]] == ["101", "102", "201", "202", "301", "302"]
    assert len(found["categories"]) == len(CATEGORIES)
    assert found["scripts"][0] == "gas_power"
    assert found["me"]["name"] == "姜龙"


def test_nothing_of_the_neighbours_is_in_it(door, cast, session):
    report(session, cast.actor("member_b"), grid_code=B, words="邻格的隐患")
    walk(session, cast.actor("member_b"), NOW, 30, grid_code=B)
    session.commit()
    text = json.dumps(pack(door("member_a")), ensure_ascii=False)
    for foreign in (B, C, "第2网格", "邻格的隐患", "何芳", "泸州街"):
        assert foreign not in text


def test_no_number_and_no_name_of_a_household_is_in_it(door, cast):
    text = json.dumps(pack(door("secretary")), ensure_ascii=False)
    assert "1380000" not in text
    assert "139000" not in text


def test_a_secretary_gets_the_community_and_not_the_other(door, cast):
    found = pack(door("secretary"))
    assert [grid["code"] for grid in found["grids"]] == [A, B, cast.codes["community"]]
    assert {one["grid"] for one in found["doors"]} == {A, B}


def test_a_building_leader_gets_the_grid_but_no_door_and_no_point(door, cast, session):
    report(session, cast.actor("member_a"))
    session.commit()
    found = pack(door("leader_a"))
    assert [grid["code"] for grid in found["grids"]] == [A]
    assert found["doors"] == found["check_points"] == found["hazards"] == []


def test_who_has_no_post_gets_an_empty_pack(door, cast):
    found = pack(door("resident"))
    for name in ("grids", "doors", "check_points", "hazards", "places", "walks"):
        assert found[name] == [], name
    assert found["target_minutes"] == 0


def test_not_logged_in_no_pack(client, cast):
    assert client.get("/api/pack").status_code == 401


def test_todays_minutes_walks_and_open_hazards(door, cast, session):
    member = cast.actor("member_a")
    walk(session, member, NOW - timedelta(hours=1), 25)
    walk(session, member, NOW - timedelta(days=1), 60)
    report(session, member, words="今天")
    report(session, member, fixed_on_spot=True)
    session.commit()
    found = pack(door("member_a"))
    assert (found["day"], found["minutes"], found["target_minutes"]) == ("2026-11-23", 25, 120)
    assert [one["grid"] for one in found["walks"]] == [A]
    assert [one["words"] for one in found["hazards"]] == ["今天"]
    assert (found["is_workday"], found["calendar_known"]) == (True, True)
    assert found["timezone"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("who", "minutes"), [("member_a", 120), ("head_a", 120), ("secretary", 60), ("officer", 0)]
)
def test_each_post_has_its_target(door, cast, who, minutes):
    assert pack(door(who))["target_minutes"] == minutes


@pytest.mark.parametrize(
    ("month", "day", "workday", "target"),
    [(10, 1, False, 0), (10, 10, True, 120), (11, 22, False, 0)],
    ids=["national day", "make-up Saturday", "Sunday"],
)
def test_on_a_day_of_rest_nothing_is_asked_for(door, cast, clock, month, day, workday, target):
    clock.moment = NOW.replace(month=month, day=day)
    found = pack(door("member_a"))
    assert (found["is_workday"], found["target_minutes"]) == (workday, target)


def test_a_year_without_calendar_says_so(door, cast, clock):
    client = door("member_a")
    clock.forward(days=20)
    assert pack(client)["calendar_known"]
    clock.forward(days=9)
    assert pack(client)["calendar_known"]
    clock.moment = NOW.replace(year=2025)
    assert not pack(client)["calendar_known"]


@pytest.mark.parametrize("who", ["member_a", "head_a", "secretary"])
def test_care_marks_go_to_those_who_may_and_the_look_is_logged(door, cast, session, who):
    found = pack(door(who))
    assert "elderly_alone" in {one["care_mark"] for one in found["doors"]}
    (look,) = looks_logged(session)
    assert (look.person_id, look.subject) == (cast.people[who], "pack:2026-11-23")


@pytest.mark.parametrize("who", ["officer", "administrator", "leader_a", "department"])
def test_care_marks_go_to_nobody_else_and_nothing_is_logged(door, cast, session, who):
    assert {one["care_mark"] for one in pack(door(who))["doors"]} <= {""}
    assert looks_logged(session) == []


def test_unchanged_it_costs_304_and_no_body(door, cast, session):
    client = door("member_a")
    first = client.get("/api/pack")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for sent in (tag, f"W/{tag}"):
        again = client.get("/api/pack", headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert len(looks_logged(session)) == 1


def test_changed_it_comes_whole_with_another_tag(door, cast):
    client = door("member_a")
    tag = client.get("/api/pack").headers["etag"]
    send(client, item(cast, "member_a", "hazard.report", hazard_body()))
    again = client.get("/api/pack", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag
    assert len(again.json()["hazards"]) == 1


def test_somebody_elses_tag_opens_nothing(door, cast):
    tag = door("member_a").get("/api/pack").headers["etag"]
    other = door("member_b").get("/api/pack", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.json()["me"]["name"] == "何芳"


def test_the_posted_supervision_line_of_the_setting_is_used(door, cast, monkeypatch):
    monkeypatch.setenv("FIREGRID_SUPERVISION_PHONE", "023-12345")
    settings.cache_clear()
    assert pack(door("member_a"))["grids"][0]["supervision_phone"] == "023-12345"
