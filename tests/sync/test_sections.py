"""The day pack in sections: the phone names what it has and is told what changed, no more."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import AuditEntry, Post
from firegrid_app.grids.tables import Grid
from firegrid_app.sync import pack as packs
from firegrid_app.sync.sections import difference, known_tags, section, whole, whole_tag
from tests.cast import A, B, outline
from tests.factories import NOW, hazard_body, item, report, send

CASE = json.loads(Path(__file__).with_name("pack_case.json").read_text(encoding="utf-8"))


class Phone:
    """A phone that keeps sections by name and applies what it is told."""

    def __init__(self, client):
        self.client = client
        self.kept, self.etag, self.bytes = {}, "", 0

    def refresh(self):
        """Ask once; gives (names changed, names dropped), or None for 304."""
        have = "".join(tag for tag, _ in self.kept.values())
        headers = {"FireGrid-Have": have} | ({"If-None-Match": self.etag} if self.etag else {})
        answer = self.client.get("/api/pack", headers=headers)
        self.bytes = len(answer.content)
        if answer.status_code == 304:
            return None
        assert answer.status_code == 200, answer.text
        said = answer.json()
        before = set(self.kept)
        self.kept = {k: v for k, v in self.kept.items() if v[0] not in said["gone"]}
        self.kept |= said["changed"]
        self.etag = answer.headers["etag"]
        assert len(self.kept) == said["count"]
        return set(said["changed"]), before - set(self.kept)

    def pack(self):
        return whole([section(name, data) for name, (_, data) in self.kept.items()])


@pytest.fixture
def phone(door):
    """`phone("member_a")`: that member's phone, with the first pack on it."""

    def make(who):
        made = Phone(door(who))
        made.refresh()
        return made

    return make


def test_the_pack_made_of_the_shared_case_is_the_one_the_phone_makes():
    sections = [section(name, data) for name, data in CASE["sections"].items()]
    assert whole(sections) == CASE["pack"]


@pytest.mark.parametrize("who", ["member_a", "secretary", "officer", "leader_a", "resident"])
def test_sections_together_are_the_pack_in_one_piece(phone, door, who):
    assert phone(who).pack() == door(who).get("/api/pack").json()


def test_unchanged_it_is_304_and_without_its_etag_an_empty_change(phone):
    of_member = phone("member_a")
    assert of_member.refresh() is None
    of_member.etag = ""
    assert of_member.refresh() == (set(), set())


def test_one_hazard_sends_the_hazards_of_its_grid_and_nothing_else(phone, session, cast):
    of_secretary = phone("secretary")
    first = of_secretary.bytes
    report(session, cast.actor("member_a"), words="楼道堆满纸箱")
    session.commit()
    assert of_secretary.refresh() == ({f"hazards:{A}"}, set())
    assert of_secretary.bytes < first / 5
    assert [one["words"] for one in of_secretary.pack()["hazards"]] == ["楼道堆满纸箱"]


def test_a_knock_sends_the_days_list_and_not_the_doors(phone, door, cast):
    of_head = phone("head_a")
    body = {"door": cast.doors["a1"], "outcome": "come_back"}
    send(door("member_a"), item(cast, "member_a", "visit.log", body))
    assert of_head.refresh() == ({f"list:{A}"}, set())


def test_a_redrawn_grid_sends_its_outline_and_a_renamed_one_its_name(phone, session, cast):
    of_member = phone("member_a")
    grid = session.get(Grid, cast.grids["a"])
    grid.outline = outline(0, 2)
    session.commit()
    assert of_member.refresh() == ({f"grid:{A}"}, set())
    grid.name = "小桥子社区新一网格"
    session.commit()
    assert of_member.refresh() == ({f"grid:{A}", "me"}, set())
    assert of_member.pack()["grids"][0]["name"] == "小桥子社区新一网格"


def test_a_grid_moved_away_leaves_the_phone_with_everything_in_it(phone, session, cast):
    of_secretary = phone("secretary")
    grid = session.get(Grid, cast.grids["b"])
    grid.parent_id = cast.grids["other_community"]
    grid.path = cast.paths["other_community"] + f"{B}/"
    session.commit()
    changed, dropped = of_secretary.refresh()
    assert changed == set()
    assert dropped == {
        f"{kind}:{B}" for kind in ("grid", "places", "check_points", "doors", "list")
    }
    assert B not in json.dumps(of_secretary.pack())
    assert phone("other_secretary").refresh() is None


def test_a_post_that_ended_takes_its_grid_off_the_phone(phone, session, cast):
    of_member = phone("member_a")
    post = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).one()
    post.ends_on = date(2026, 11, 22)
    session.commit()
    changed, dropped = of_member.refresh()
    assert changed == {"me", "day"}
    assert f"doors:{A}" in dropped
    assert of_member.pack()["grids"] == []


def test_tomorrow_only_the_day_and_its_lists_are_new(phone, door, session, cast, clock):
    of_member = phone("member_a")
    body = {"door": cast.doors["a1"], "outcome": "met"}
    send(door("member_a"), item(cast, "member_a", "visit.log", body))
    of_member.refresh()
    clock.forward(days=1)
    assert of_member.refresh() == ({"day", f"list:{A}"}, set())
    assert of_member.pack()["doors"][0]["done"]
    assert of_member.pack()["doors"][0]["last_outcome"] == ""


@pytest.mark.parametrize(
    "have", ["", "nonsense", "aaaaaaaa" * 40, "短", "\x00\x01", "a" * 7, "😀" * 3, "=" * 9000]
)
def test_tags_nobody_gave_bring_every_section(door, have):
    answer = door("member_a").get("/api/pack", headers={"FireGrid-Have": have.encode()})
    assert answer.status_code == 200
    said = answer.json()
    assert len(said["changed"]) == said["count"]
    assert set(said["gone"]) == set(known_tags(have))


def test_a_tag_of_somebody_elses_section_opens_nothing(phone, door):
    have = "".join(tag for tag, _ in phone("member_a").kept.values())
    answer = door("member_b").get("/api/pack", headers={"FireGrid-Have": have})
    text = json.dumps(answer.json()["changed"], ensure_ascii=False)
    assert f"grid:{B}" in text
    assert A not in text


def test_not_logged_in_no_sections(client, cast):
    assert client.get("/api/pack", headers={"FireGrid-Have": ""}).status_code == 401


def test_a_look_at_care_marks_is_logged_when_they_are_sent_and_only_then(phone, session, cast):
    def looks():
        session.rollback()
        return len(session.exec(select(AuditEntry).where(AuditEntry.action == "see_care")).all())

    of_member = phone("member_a")
    assert looks() == 1
    report(session, cast.actor("member_a"))
    session.commit()
    assert of_member.refresh() == ({f"hazards:{A}"}, set())
    assert looks() == 1


def test_two_requests_come_to_the_same_tags(door, cast):
    client = door("secretary")
    answers = [client.get("/api/pack", headers={"FireGrid-Have": ""}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["etag"] == answers[1].headers["etag"]


def test_who_answers_for_a_street_gets_names_to_report_in_and_is_told_so(phone, door, cast):
    pack = phone("officer").pack()
    codes = [grid["code"] for grid in pack["grids"]]
    assert codes[0] == A
    assert cast.codes["street"] in codes
    assert cast.codes["other_street"] not in codes
    assert all(grid["outline"] is None for grid in pack["grids"])
    assert pack["places"] == pack["doors"] == []
    assert (pack["by_name_only"], pack["left_out"]) == (len(codes), 0)
    (answer,) = send(door("officer"), item(cast, "officer", "hazard.report", hazard_body()))
    assert answer["status"] == "created"


def test_what_finds_no_room_is_counted_and_the_highest_grids_stay(phone, monkeypatch, cast):
    monkeypatch.setattr(packs, "MOST_NAMES", 3)
    pack = phone("administrator").pack()
    assert [grid["level"] for grid in pack["grids"]] == [1, 1, 0]
    assert (pack["by_name_only"], pack["left_out"]) == (3, 5)


def test_a_secretary_who_is_also_the_streets_officer_gets_the_own_grids_whole(phone, session, cast):
    session.add(
        Post(
            person_id=cast.people["secretary"],
            grid_id=cast.grids["street"],
            role=Role.STREET_OFFICER,
            starts_on=date(2026, 1, 1),
        )
    )
    session.commit()
    pack = phone("secretary").pack()
    by_code = {grid["code"]: grid for grid in pack["grids"]}
    assert len(by_code) == len(pack["grids"]) == 6
    assert by_code[A]["outline"] is not None
    assert by_code[cast.codes["c"]]["outline"] is None
    assert pack["by_name_only"] == 3


def test_more_grids_than_any_limit_are_all_there(phone, session, cast):
    above = session.get(Grid, cast.grids["community"])
    for number in range(80):
        code = f"{above.code}9{number:02d}"
        session.add(
            Grid(
                code=code,
                name=f"第{number}网格",
                level=3,
                parent_id=above.id,
                path=f"{above.path}{code}/",
                valid_from=NOW.date() - timedelta(days=1),
            )
        )
    session.commit()
    assert len(phone("secretary").pack()["grids"]) == 83


contents = some.dictionaries(
    some.sampled_from(["me", "day", "grid:1", "grid:2", "doors:1", "list:1", "hazards:2"]),
    some.lists(some.integers(0, 3), max_size=3),
    max_size=7,
)


@given(some.lists(contents, min_size=1, max_size=8))
def test_changes_one_after_the_other_make_what_the_whole_would_be(history):
    kept, etag = {}, ""
    for state in history:
        sections = [section(name, data) for name, data in state.items()]
        if whole_tag(sections) == etag:
            assert {name: data for name, (_, data) in kept.items()} == state
            continue
        body, sent = difference(sections, frozenset(tag for tag, _ in kept.values()))
        said = json.loads(body)
        assert set(said["changed"]) == {one.name for one in sent}
        kept = {k: v for k, v in kept.items() if v[0] not in said["gone"]} | said["changed"]
        etag = whole_tag(sections)
        assert {name: data for name, (_, data) in kept.items()} == state
        assert len(kept) == said["count"]
