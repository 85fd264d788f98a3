"""An invitation sets the first password, once; it lifts nobody above the one who gives it."""

import threading
from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.people import invite, invite_again, switch_off
from firegrid_app.access.tables import AuditEntry, Invitation, Person, Post
from firegrid_app.database import transaction
from firegrid_app.refusals import Refused
from tests.cast import MONDAY_MORNING, OTHER_COMMUNITY, PASSWORD, STREET, A, B

NEW_PHONE = "13800000099"
STRONG = "new-Password-1"


def link(cast, who="head_a", **changes):
    """The token of an invitation that `who` gives."""
    values = {"phone": NEW_PHONE, "name": "林燕", "role": "grid_member", "grid_code": A}
    with transaction() as session:
        return invite(session, cast.actor(who), now=MONDAY_MORNING, **(values | changes))


def link_again(cast, who, whom):
    with transaction() as session:
        return invite_again(session, cast.actor(who), cast.people[whom], MONDAY_MORNING)


def accept(client, token, password=STRONG):
    return client.post("/api/invitation/accept", json={"token": token, "password": password})


def look(client, token):
    return client.post("/api/invitation/look", json={"token": token})


def refused(expected):
    return pytest.raises(Refused, match=f"^{expected}$")


def test_the_link_greets_sets_the_password_and_logs_in(client, cast):
    token = link(cast)
    assert look(client, token).json() == {"name": "林燕", "phone": "138****0099"}
    answer = accept(client, token)
    assert answer.status_code == 200
    assert client.get("/api/me").json()["posts"][0]["grid_code"] == A
    entered = client.post("/api/session", json={"phone": NEW_PHONE, "password": STRONG})
    assert entered.status_code == 200


def test_the_link_works_once(client, cast):
    token = link(cast)
    assert accept(client, token).status_code == 200
    again = accept(client, token, "other-Password-2")
    assert (again.status_code, again.json()["code"]) == (410, "access.invitation_gone")
    entered = client.post("/api/session", json={"phone": NEW_PHONE, "password": STRONG})
    assert entered.status_code == 200


def test_of_two_who_use_the_link_at_once_one_gets_in(make_client, cast):
    token, together, found = link(cast), threading.Barrier(2), []

    def one(password):
        client = make_client(None)
        together.wait(10)
        found.append(accept(client, token, password).status_code)

    threads = [threading.Thread(target=one, args=(f"new-Password-{n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [200, 410]


def test_the_link_expires_after_seven_days(client, cast, clock):
    token = link(cast)
    clock.forward(days=6, hours=23)
    assert look(client, token).status_code == 200
    clock.forward(hours=1)
    assert look(client, token).status_code == 410
    assert accept(client, token).status_code == 410


def test_a_made_up_link_is_gone(client, cast):
    assert look(client, "x").json()["code"] == "access.invitation_gone"
    assert accept(client, "x" * 200).json()["code"] == "access.invitation_gone"


def test_a_weak_password_is_refused_and_the_link_stays_good(client, cast):
    token = link(cast)
    answer = accept(client, token, "12345678")
    assert (answer.status_code, answer.json()["code"]) == (422, "access.weak_password")
    assert client.get("/api/me").status_code == 401
    assert accept(client, token).status_code == 200


def test_the_own_number_is_no_password(client, cast):
    assert accept(client, link(cast), f"a-{NEW_PHONE}").json()["code"] == "access.weak_password"


def test_a_new_link_kills_the_old_one(client, cast):
    old, new = link(cast), link(cast)
    assert look(client, old).status_code == 410
    assert accept(client, new).status_code == 200


def test_a_new_password_ends_every_log_in_made_with_the_old_one(client, door, cast):
    old_device = door("member_a")
    token = link_again(cast, "head_a", "member_a")
    assert old_device.get("/api/me").status_code == 200
    assert accept(client, token).status_code == 200
    assert old_device.get("/api/me").status_code == 401
    entered = client.post(
        "/api/session", json={"phone": cast.phones["member_a"], "password": PASSWORD}
    )
    assert entered.status_code == 401


def test_the_database_keeps_no_link(cast, session):
    token = link(cast)
    assert token not in session.exec(select(Invitation.token_hash)).all()


def test_invitations_are_in_the_audit_log_without_number_and_token(client, cast, session):
    token = link(cast)
    accept(client, token)
    rows = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [row.action for row in rows] == ["invite", "invitation_used", "login"]
    assert rows[0].person_id == cast.people["head_a"]
    assert all(NEW_PHONE not in row.subject and token not in row.subject for row in rows)


def test_somebody_switched_off_cannot_come_back_by_a_link(client, cast):
    token = link(cast)
    with transaction() as session:
        person = session.exec(select(Person).where(Person.phone == NEW_PHONE)).one()
        switch_off(session, cast.actor("head_a"), person.id, MONDAY_MORNING)
    assert look(client, token).status_code == 410
    assert accept(client, token).status_code == 410


def test_a_second_post_for_somebody_known_gives_no_link(cast, session):
    assert link(cast, "secretary", phone=cast.phones["member_a"], name="姜龙", grid_code=B) == ""
    posts = session.exec(select(Post).where(Post.person_id == cast.people["member_a"])).all()
    assert {post.grid_id for post in posts} == {cast.grids["a"], cast.grids["b"]}


def test_the_same_post_is_not_given_twice(cast, session):
    link(cast)
    link(cast)
    person = session.exec(select(Person).where(Person.phone == NEW_PHONE)).one()
    assert len(session.exec(select(Post).where(Post.person_id == person.id)).all()) == 1


def test_the_same_post_of_a_later_day_is_not_given_twice(cast, session):
    later = MONDAY_MORNING.date() + timedelta(days=7)
    link(cast, starts_on=later)
    link(cast, starts_on=later)
    person = session.exec(select(Person).where(Person.phone == NEW_PHONE)).one()
    assert len(session.exec(select(Post).where(Post.person_id == person.id)).all()) == 1


def test_a_head_cannot_take_over_an_officers_account(cast, session):
    """Inviting the officer's number as a member must give no way into the account."""
    officer = session.get(Person, cast.people["officer"])
    officer.password_hash = None
    session.commit()
    assert link(cast, "head_a", phone=cast.phones["officer"], name="曹英") == ""
    assert session.exec(select(Invitation)).all() == []
    with refused("access.outside_grid"):
        link_again(cast, "head_a", "officer")


def test_a_head_cannot_take_over_an_account_whose_officers_post_begins_later(cast, session):
    session.add(
        Post(
            person_id=cast.people["member_a"],
            grid_id=cast.grids["street"],
            role="street_officer",
            starts_on=date(2026, 12, 1),
        )
    )
    session.commit()
    with refused("access.outside_grid"):
        link_again(cast, "head_a", "member_a")


@pytest.mark.parametrize(
    ("who", "role", "grid"),
    [
        ("head_a", "grid_head", A),
        ("head_a", "community_secretary", "500118003001"),
        ("secretary", "community_secretary", "500118003001"),
        ("secretary", "street_officer", STREET),
        ("officer", "street_officer", STREET),
        ("officer", "county_administrator", "500118"),
        ("member_a", "grid_member", A),
        ("leader_a", "building_leader", A),
        ("department", "grid_member", A),
        ("resident", "grid_member", A),
    ],
)
def test_nobody_fills_a_post_like_their_own_or_above(cast, session, who, role, grid):
    with refused("access.outside_grid"):
        link(cast, who, role=role, grid_code=grid)
    assert session.exec(select(Person).where(Person.phone == NEW_PHONE)).first() is None


@pytest.mark.parametrize(
    ("who", "grid"),
    [
        ("head_a", B),
        ("secretary", "500118003002001"),
        ("other_secretary", A),
        ("other_officer", A),
    ],
)
def test_the_neighbour_fills_no_post_in_our_grid(cast, session, who, grid):
    with refused("access.outside_grid"):
        link(cast, who, grid_code=grid)
    assert session.exec(select(Person).where(Person.phone == NEW_PHONE)).first() is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"phone": "12345"}, "access.bad_phone"),
        ({"name": " 林 "}, "access.bad_name"),
        ({"name": "林" * 41}, "access.bad_name"),
        ({"name": "林\u202e燕"}, "access.bad_name"),
        ({"role": "emperor"}, "access.unknown_role"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
        ({"role": "grid_head", "grid_code": OTHER_COMMUNITY}, "grids.wrong_level"),
        ({"phone": "13800000008", "name": "另一人"}, "access.phone_taken"),
    ],
)
def test_wrong_input_is_told_apart_and_nothing_is_written(cast, session, changes, code):
    people = len(session.exec(select(Person)).all())
    session.rollback()
    with refused(code):
        link(cast, "officer", **changes)
    assert len(session.exec(select(Person)).all()) == people
    assert session.exec(select(AuditEntry)).all() == []
