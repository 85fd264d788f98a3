"""Phone numbers of a board: masked, one at a time on asking, not by the hundred; in full on paper
for those who may print it."""

import os
from datetime import date, timedelta
from uuid import uuid4

import pytest
import services
from sqlmodel import select

from firegrid_app.boards.api import NUMBERS
from firegrid_app.boards.limiter import Limiter
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.settings import settings
from tests.cast import COMMUNITY, PHONE_NUMBER, A, B
from tests.factories import NOW


@pytest.fixture(autouse=True)
def _fresh_limiter():
    NUMBERS.forget()
    yield
    NUMBERS.forget()


@pytest.fixture
def contacts(cast):
    """Ids by name."""
    with transaction() as session:
        return {row.display_name: row.id for row in session.exec(select(PublicContact))}


def call(client, contact_id, code=A, **headers):
    return client.get(f"/g/{code}/call/{contact_id}", headers=headers)


def test_the_board_shows_the_ends_of_a_number_and_the_way_to_it(client, contacts):
    page = client.get(f"/g/{A}").text
    assert "023****0001" in page
    assert f'href="/g/{A}/call/{contacts["龚丽"]}"' in page
    assert f'/call/{contacts["姜龙"]}"' not in page


def test_asking_shows_one_number_to_call(client, contacts):
    page = call(client, contacts["龚丽"])
    assert page.status_code == 200
    assert 'href="tel:02349800001"' in page.text
    assert "龚丽" in page.text
    assert "姜龙" not in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "noindex" in page.headers["x-robots-tag"]


def test_the_way_back_keeps_the_language(client, contacts):
    page = client.get(f"/g/{A}/call/{contacts['龚丽']}", params={"lang": "en"}).text
    assert f'href="/g/{A}?lang=en"' in page
    assert "Back to the board" in page


@pytest.mark.parametrize("who", ["姜龙", "前任员"])
def test_a_number_that_is_not_posted_is_not_given(client, contacts, who):
    page = call(client, contacts[who])
    assert page.status_code == 404
    assert not PHONE_NUMBER.search(page.text)
    assert "0234980" not in page.text


@pytest.mark.parametrize("code", [B, COMMUNITY, "nowhere"])
def test_a_number_is_given_at_its_own_grid_only(client, contacts, code):
    assert call(client, contacts["龚丽"], code).status_code == 404


@pytest.mark.parametrize("contact_id", ["0", "-1", "x", "9" * 30, "1e3", "%31%00", "¹"])
def test_nonsense_is_a_page_that_says_so(client, contacts, contact_id):
    page = call(client, contact_id)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith(("text/html", "application/json"))


def test_who_asks_for_one_after_another_is_held_back(client, contacts, clock):
    answers = [call(client, contacts["龚丽"]).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    held = call(client, contacts["龚丽"])
    assert held.headers["content-type"].startswith("text/html")
    assert "秒后再试" in held.text
    assert 0 < int(held.headers["retry-after"]) <= 600
    clock.forward(minutes=11)
    assert call(client, contacts["龚丽"]).status_code == 200


def test_guessing_is_counted_too(client, contacts):
    for guess in range(1000, 1010):
        call(client, guess)
    assert call(client, contacts["龚丽"]).status_code == 429


def test_the_board_itself_is_not_held_back(client, contacts):
    assert {client.get(f"/g/{A}").status_code for _ in range(20)} == {200}


def test_addresses_are_held_back_apart_and_an_ipv6_home_as_one():
    limiter = Limiter(looks=2, within=timedelta(minutes=10))
    home = [f"2001:db8:1:2::{n}" for n in range(3)]
    assert [limiter.seconds_to_wait(address, NOW) > 0 for address in home] == [False, False, True]
    assert limiter.seconds_to_wait("2001:db8:1:3::1", NOW) == 0
    assert limiter.seconds_to_wait("192.0.2.1", NOW) == 0
    assert limiter.seconds_to_wait("::ffff:192.0.2.1", NOW) == 0
    assert limiter.seconds_to_wait("192.0.2.1", NOW) > 0
    assert limiter.seconds_to_wait("?", NOW) == 0


@pytest.fixture
def shared(monkeypatch):
    """The address of a Redis server, set; every test has numbers of its own."""
    try:
        with services.redis_server() as url:
            monkeypatch.setenv("FIREGRID_REDIS_URL", url)
            settings.cache_clear()
            yield f"test-{uuid4().hex}"
    except services.Missing:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Redis")
    finally:
        settings.cache_clear()


def test_two_workers_count_together_where_there_is_redis(shared):
    one, other = (Limiter(2, timedelta(minutes=10), shared) for _ in range(2))
    assert one.seconds_to_wait("192.0.2.1", NOW) == 0
    assert other.seconds_to_wait("192.0.2.1", NOW + timedelta(minutes=1)) == 0
    assert one.seconds_to_wait("192.0.2.1", NOW + timedelta(minutes=2)) == 480
    assert other.seconds_to_wait("192.0.2.2", NOW) == 0
    assert other.seconds_to_wait("192.0.2.1", NOW + timedelta(minutes=10, seconds=1)) == 0
    assert one._seen == {}
    # One without a name counts for itself.
    alone = Limiter(1, timedelta(minutes=10))
    assert [alone.seconds_to_wait("192.0.2.1", NOW) > 0 for _ in range(2)] == [False, True]


def test_while_redis_is_away_each_worker_counts_for_itself(monkeypatch):
    monkeypatch.setenv("FIREGRID_REDIS_URL", "redis://127.0.0.1:1/0")
    settings.cache_clear()
    limiter = Limiter(1, timedelta(minutes=10), "away")
    assert [limiter.seconds_to_wait("192.0.2.1", NOW) > 0 for _ in range(2)] == [False, True]


def test_a_crowd_of_addresses_does_not_fill_the_memory():
    limiter = Limiter(looks=1, within=timedelta(minutes=10))
    for number in range(10_050):
        limiter.seconds_to_wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", NOW)
    assert len(limiter._seen) == 10_000


def printed(client):
    return client.get(f"/g/{A}", params={"print": "1"})


def test_on_paper_the_number_is_whole_for_who_may_see_it(door, contacts):
    page = printed(door("secretary"))
    assert "02349800001" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "13800000008" not in page.text, "not published, so not on paper either"


@pytest.mark.parametrize("who", ["other_secretary", "member_a", "leader_a", "department"])
def test_on_paper_it_stays_masked_for_everybody_else(door, contacts, who):
    page = printed(door(who)).text
    assert "02349800001" not in page
    assert "023****0001" in page


def test_a_visitor_may_print_the_masked_board_with_its_code(client, contacts):
    page = printed(client)
    assert page.status_code == 200
    assert "02349800001" not in page.text
    assert page.text.count("<svg") == 2
    assert f"/g/{A}" in page.text


def test_a_contact_that_ended_yesterday_has_no_number_today(client, contacts):
    with transaction() as session:
        session.get_one(PublicContact, contacts["龚丽"]).ends_on = date(2026, 11, 22)
    assert call(client, contacts["龚丽"]).status_code == 404
