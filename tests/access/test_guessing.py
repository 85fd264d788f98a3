"""Guessing passwords gets slower and slower, by number and by address."""

import threading

from sqlmodel import select

from firegrid_app.access.tables import GuessGuard
from firegrid_app.settings import settings
from tests.cast import PASSWORD


def guess(client, phone, password="wrong-wrong-1", **headers):
    answer = client.post(
        "/api/session", json={"phone": phone, "password": password}, headers=headers
    )
    return answer.status_code


def test_after_five_wrong_guesses_even_the_right_password_waits(client, cast, clock):
    phone = cast.phones["member_a"]
    assert [guess(client, phone) for _ in range(5)] == [401] * 5
    answer = client.post("/api/session", json={"phone": phone, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "access.slow_down")
    seconds = int(answer.headers["retry-after"])
    assert 30 <= seconds <= 31
    assert str(seconds) in answer.json()["message"]
    clock.forward(seconds=31)
    assert guess(client, phone, PASSWORD) == 200


def test_each_further_failure_doubles_the_wait(client, cast, clock):
    phone = cast.phones["member_a"]
    for _ in range(5):
        guess(client, phone)
    for wait in (30, 60, 120):
        assert guess(client, phone) == 429
        clock.forward(seconds=wait - 1)
        assert guess(client, phone) == 429
        clock.forward(seconds=2)
        assert guess(client, phone) == 401


def test_a_right_password_wipes_the_failures_of_a_number(client, cast):
    phone = cast.phones["member_a"]
    for _ in range(4):
        guess(client, phone)
    assert guess(client, phone, PASSWORD) == 200
    assert [guess(client, phone) for _ in range(5)] == [401] * 5


def test_guessing_one_number_does_not_lock_out_another_at_the_same_address(client, cast):
    for _ in range(6):
        guess(client, cast.phones["member_a"])
    assert guess(client, cast.phones["member_b"], PASSWORD) == 200


def test_twenty_failures_over_many_numbers_lock_the_address(client, cast):
    for number in range(20):
        assert guess(client, f"138999999{number:02}") == 401
    assert guess(client, cast.phones["member_b"], PASSWORD) == 429


def test_an_address_locked_leaves_other_addresses_alone(client, cast, monkeypatch):
    monkeypatch.setenv("FIREGRID_TRUSTED_PROXIES", "1")
    settings.cache_clear()
    for number in range(20):
        guess(client, f"138999999{number:02}", **{"X-Forwarded-For": "192.0.2.7"})
    phone = cast.phones["member_b"]
    assert guess(client, phone, PASSWORD, **{"X-Forwarded-For": "192.0.2.7"}) == 429
    assert guess(client, phone, PASSWORD, **{"X-Forwarded-For": "192.0.2.8"}) == 200


def test_without_a_proxy_a_made_up_address_counts_for_nothing(client, cast):
    for number in range(20):
        guess(client, f"138999999{number:02}", **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert guess(client, cast.phones["member_b"], PASSWORD) == 429


def test_of_a_chain_only_the_trusted_hop_is_believed(client, cast, monkeypatch):
    monkeypatch.setenv("FIREGRID_TRUSTED_PROXIES", "1")
    settings.cache_clear()
    for number in range(20):
        forged = f"198.51.100.{number}, 192.0.2.7"
        guess(client, f"138999999{number:02}", **{"X-Forwarded-For": forged})
    headers = {"X-Forwarded-For": "198.51.100.99, 192.0.2.7"}
    assert guess(client, cast.phones["member_b"], PASSWORD, **headers) == 429


def test_failures_of_yesterday_are_forgotten(client, cast, clock):
    phone = cast.phones["member_a"]
    for _ in range(4):
        guess(client, phone)
    clock.forward(days=1, seconds=1)
    assert [guess(client, phone) for _ in range(5)] == [401] * 5


def test_the_counters_keep_neither_number_nor_address(client, cast, session):
    guess(client, cast.phones["member_a"])
    keys = session.exec(select(GuessGuard.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 64 and cast.phones["member_a"] not in key for key in keys)


def test_a_log_in_at_once_leaves_no_counter_behind(client, cast, session):
    assert guess(client, cast.phones["member_a"], PASSWORD) == 200
    assert session.exec(select(GuessGuard)).all() == []


def test_many_guesses_at_once_are_no_more_guesses(make_client, cast, session):
    phone, count = cast.phones["member_a"], 12
    together, found = threading.Barrier(count), []

    def one():
        client = make_client(None)
        together.wait(10)
        found.append(guess(client, phone))

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == [401] * 5 + [429] * (count - 5)
