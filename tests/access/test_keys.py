"""A person's key: theirs alone, the same at every log-in, out of reach of whoever is shut out."""

import json
from concurrent.futures import ThreadPoolExecutor

import structlog
from sqlmodel import select

from firegrid_app import clock as app_clock
from firegrid_app.access.keys import is_signed_by, own_key, signature_of
from firegrid_app.access.people import invite_again, switch_off, switch_on
from firegrid_app.access.tables import AuditEntry, PersonKey
from firegrid_app.database import transaction
from tests.access.test_log_in import log_in
from tests.cast import PASSWORD


def key_at_log_in(client, cast, who, password=PASSWORD):
    return log_in(client, cast.phones[who], password).json()["key"]


def test_a_log_in_brings_the_key_and_the_next_one_the_same(client, cast):
    key = key_at_log_in(client, cast, "member_a")
    assert len(bytes.fromhex(key)) == 32
    client.delete("/api/session")
    assert key_at_log_in(client, cast, "member_a") == key


def test_everybody_has_a_key_of_their_own(make_client, cast):
    keys = {key_at_log_in(make_client(None), cast, who) for who in ("member_a", "member_b")}
    assert len(keys) == 2


def test_a_phone_logged_in_before_there_were_keys_asks_for_its_own(door, cast, session):
    answer = door("member_a").get("/api/key")
    assert answer.json()["person_id"] == cast.people["member_a"]
    assert answer.json()["key"] == key_at_log_in(door("member_a"), cast, "member_a")
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "key_given")).one()
    assert noted.person_id == cast.people["member_a"]
    assert answer.json()["key"] not in noted.subject


def test_nobody_else_is_told(make_client, door, cast):
    assert make_client(None).get("/api/key").status_code == 401
    own = door("member_a").get("/api/key").json()["key"]
    for who in ("secretary", "administrator", "member_b"):
        assert door(who).get("/api/key").json()["key"] != own
        for path in ("/api/me", "/api/pack", "/api/sessions"):
            assert own not in door(who).get(path).text
    for path in ("/api/me", "/api/pack", "/api/sessions"):
        assert own not in door("member_a").get(path).text, "it is not in what phones keep in caches"


def test_whoever_is_switched_off_gets_no_key_until_switched_on_again(client, door, cast):
    key = key_at_log_in(client, cast, "member_a")
    with transaction() as session:
        switch_off(session, cast.actor("secretary"), cast.people["member_a"], app_clock.now())
    assert client.get("/api/key").status_code in (401, 403)
    refused = log_in(client, cast.phones["member_a"])
    assert (refused.status_code, refused.json()["code"]) == (403, "access.switched_off")
    assert key not in refused.text
    with transaction() as session:
        switch_on(session, cast.actor("secretary"), cast.people["member_a"], app_clock.now())
    assert key_at_log_in(client, cast, "member_a") == key


def test_a_new_password_opens_what_was_sealed_under_the_old_one(client, cast):
    key = key_at_log_in(client, cast, "member_a")
    with transaction() as session:
        token = invite_again(
            session, cast.actor("secretary"), cast.people["member_a"], app_clock.now()
        )
    answer = client.post(
        "/api/invitation/accept", json={"token": token, "password": "Another-2027"}
    )
    assert answer.json()["key"] == key
    assert key_at_log_in(client, cast, "member_a", "Another-2027") == key


def test_two_devices_that_ask_at_once_get_one_key(cast):
    def ask(_):
        with transaction() as session:
            return own_key(session, cast.actor("member_a"), app_clock.now())

    with ThreadPoolExecutor(4) as several:
        assert len(set(several.map(ask, range(8)))) == 1


def test_a_key_is_in_no_log_and_in_no_printed_row(client, cast, session):
    with structlog.testing.capture_logs() as lines:
        key = key_at_log_in(client, cast, "member_a")
        client.get("/api/key")
    assert key not in json.dumps(lines, default=str)
    row = session.get(PersonKey, cast.people["member_a"])
    assert row.key == key
    assert key not in repr(row)


def test_a_signature_holds_for_one_person_and_one_text(cast):
    with transaction() as session:
        key = own_key(session, cast.actor("member_a"), app_clock.now())
        own_key(session, cast.actor("member_b"), app_clock.now())
        signature = signature_of(key, "楼道堆满纸箱")
        first, second = cast.people["member_a"], cast.people["member_b"]
        assert is_signed_by(session, first, "楼道堆满纸箱", signature)
        assert not is_signed_by(session, first, "楼道堆满纸箱。", signature)
        assert not is_signed_by(session, second, "楼道堆满纸箱", signature)
        assert not is_signed_by(session, cast.people["leader_a"], "楼道堆满纸箱", signature)
        assert not is_signed_by(session, first, "楼道堆满纸箱", "ü")


def test_a_signature_is_what_every_phone_makes():
    """The same values stand in phone/person/seal.test.js."""
    assert (
        signature_of("07" * 32, "楼道堆满纸箱")
        == "4c5f9f4dc739804bff30e3d8c6b3570c0c06d0b4e3b3b48db048be104a4b2473"
    )
