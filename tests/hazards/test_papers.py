"""Handed over and still followed; papers for A4 that name no finder."""

from uuid import UUID

import pytest

from firegrid_app.database import transaction
from firegrid_app.hazards.papers import transfer
from firegrid_app.hazards.tables import Hazard
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.refusals import Refused
from tests.factories import NOW, report


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_handed_over_it_stays_open_with_its_deadline(session, cast):
    made = report(session, cast.actor("member_a"))
    before = (made.status, made.due_on, made.look_on, made.owner_id)
    transfer(session, cast.actor("head_a"), made.id, " 南大街 派出所 ", "拒不整改", NOW)
    assert made.transferred_to == "南大街 派出所"
    assert (made.status, made.due_on, made.look_on, made.owner_id) == before
    assert faults(made, trail(session, made.id)) == ()


@pytest.mark.parametrize(
    ("who", "to", "note", "code"),
    [
        ("member_a", "派出所", "x", r"access\.outside_grid"),
        ("member_b", "派出所", "x", r"access\.outside_grid"),
        ("other_secretary", "派出所", "x", r"access\.outside_grid"),
        ("department", "派出所", "x", r"access\.outside_grid"),
        ("head_a", " ", "x", r"hazards\.no_body"),
        ("head_a", "派出所", " ", r"hazards\.say_why"),
    ],
)
def test_who_may_not_and_what_is_not_whole(session, cast, who, to, note, code):
    made = report(session, cast.actor("member_a"))
    with refused(code):
        transfer(session, cast.actor(who), made.id, to, note, NOW)
    assert made.steps == 1


@pytest.fixture
def hazard(cast) -> str:
    """Reported by a building leader, with words that would like to be code."""
    with transaction() as session:
        made = report(session, cast.actor("leader_a"), words="<script>alert(1)</script>纸箱")
        return str(made.id)


def test_the_notice_says_where_what_and_by_when_and_nobodys_name(cast, door, hazard):
    answer = door("head_a").get(f"/hazards/{hazard}/paper")
    assert answer.status_code == 200
    for words in (
        "整改告知书",
        "小桥子社区第1网格",
        "2026-11-30",
        "占用、堵塞",
        "《中华人民共和国消防法》第28条",
    ):
        assert words in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    assert "罗强" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert "<svg" in answer.text


def test_the_letter_is_there_once_it_was_handed_over(cast, door, hazard):
    head = door("head_a")
    assert head.get(f"/hazards/{hazard}/paper?kind=transfer").status_code == 409
    with transaction() as session:
        made = session.get(Hazard, UUID(hazard))
        transfer(session, cast.actor("head_a"), made.id, "消防救援大队", "多次劝导无效", NOW)
    letter = head.get(f"/hazards/{hazard}/paper?kind=transfer").text
    assert "移送函" in letter
    # A resident or a visit may have found it as well as a walk.
    assert "巡查" not in letter
    assert "消防救援大队：" in letter
    assert "多次劝导无效" in letter
    assert head.get(f"/hazards/{hazard}/paper?kind=other").status_code == 404


@pytest.mark.parametrize("who", ["member_a", "member_b", "other_officer", "department", "leader_a"])
def test_who_does_not_lead_there_prints_nothing(door, hazard, who):
    assert door(who).get(f"/hazards/{hazard}/paper").status_code == 403


def test_an_unknown_hazard_and_a_stranger(client, door, cast):
    assert door("head_a").get(f"/hazards/{'0' * 32}/paper").status_code == 404
    assert client.get(f"/hazards/{'0' * 32}/paper").status_code in (401, 404)
