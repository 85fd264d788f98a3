"""Looking after people: listed by those who manage them, switched off and out at the next click."""

import pytest
from sqlmodel import select

from firegrid_app.access.people import managed_person, people_in, switch_off, switch_on
from firegrid_app.access.tables import AuditEntry, Person
from firegrid_app.database import transaction
from firegrid_app.refusals import Refused
from tests.cast import MONDAY_MORNING, NAMES


def names(session, cast, who, words=""):
    return {card.name for card in people_in(session, cast.actor(who), MONDAY_MORNING, words)}


def test_a_head_sees_the_people_of_the_own_grid_only(session, cast):
    assert names(session, cast, "head_a") == {"龚丽", "姜龙", "罗强", "吴刚"}


def test_a_secretary_sees_the_community(session, cast):
    assert names(session, cast, "secretary") == {"石珍", "龚丽", "姜龙", "何芳", "罗强", "吴刚"}


def test_an_officer_does_not_see_the_other_street(session, cast):
    seen = names(session, cast, "officer")
    assert "汪洋" in seen
    assert "邓波" not in seen


@pytest.mark.parametrize("who", ["member_a", "member_b", "leader_a", "department", "resident"])
def test_who_manages_nobody_gets_no_list(session, cast, who):
    with pytest.raises(Refused, match=r"^access\.not_allowed$"):
        people_in(session, cast.actor(who), MONDAY_MORNING)


def test_the_list_can_be_searched_and_signs_are_taken_literally(session, cast):
    assert names(session, cast, "secretary", "姜") == {"姜龙"}
    assert names(session, cast, "secretary", "%") == set()
    assert names(session, cast, "secretary", "_") == set()


def test_switched_off_is_out_at_the_next_click(cast, door):
    client = door("member_a")
    assert client.get("/api/me").status_code == 200
    with transaction() as session:
        switch_off(session, cast.actor("head_a"), cast.people["member_a"], MONDAY_MORNING)
    assert client.get("/api/me").status_code == 401
    assert client.get("/api/pack").status_code == 401
    assert client.post("/api/sync", json={}).status_code in (401, 422)


def test_switched_off_holds_even_for_a_log_in_that_was_not_ended(session, cast, door):
    person = session.get(Person, cast.people["member_a"])
    person.switched_off_at = MONDAY_MORNING
    session.commit()
    answer = door("member_a").get("/api/me")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.switched_off")


def test_switched_on_again_one_logs_in_anew(cast, door, client):
    head, member = cast.actor("head_a"), cast.people["member_a"]
    with transaction() as session:
        switch_off(session, head, member, MONDAY_MORNING)
        switch_on(session, head, member, MONDAY_MORNING)
    assert door("member_a").get("/api/me").status_code == 401
    entered = client.post(
        "/api/session", json={"phone": cast.phones["member_a"], "password": "Nandajie-2026"}
    )
    assert entered.status_code == 200


def test_switching_off_is_in_the_audit_log(session, cast):
    switch_off(session, cast.actor("head_a"), cast.people["member_a"], MONDAY_MORNING)
    session.flush()
    row = session.exec(select(AuditEntry)).one()
    assert (row.person_id, row.action, row.subject) == (
        cast.people["head_a"],
        "switch_off",
        f"person:{cast.people['member_a']}",
    )


MANAGED = {
    "administrator": set(NAMES) - {"resident"},
    "officer": {
        "department", "secretary", "other_secretary", "head_a", "member_a", "member_b", "leader_a",
        "switched_off",
    },
    "secretary": {"head_a", "member_a", "member_b", "leader_a", "switched_off"},
    "head_a": {"member_a", "leader_a", "switched_off"},
}  # fmt: skip


@pytest.mark.parametrize("who", NAMES)
def test_each_manages_exactly_those_below(session, cast, who):
    verdicts = {}
    for name in NAMES:
        try:
            managed_person(session, cast.actor(who), cast.people[name], MONDAY_MORNING)
            verdicts[name] = "managed"
        except Refused as refused:
            verdicts[name] = refused.code
    below = MANAGED.get(who, set())
    assert verdicts == {n: "managed" if n in below else "access.outside_grid" for n in NAMES}


def test_an_unknown_person_is_unknown(session, cast):
    with pytest.raises(Refused, match=r"^access\.unknown_person$"):
        switch_off(session, cast.actor("administrator"), 999_999, MONDAY_MORNING)
