"""One's own log-ins, listed and ended device by device."""

from sqlmodel import select

from firegrid_app.access.service import actor_for_token, note_seen
from firegrid_app.access.tables import LoginSession
from tests.cast import PASSWORD


def log_in(client, phone, agent):
    client.headers["user-agent"] = agent
    assert client.post("/api/session", json={"phone": phone, "password": PASSWORD}).is_success


def test_every_device_is_listed_with_its_kind_and_the_own_one_marked(door, make_client, cast):
    other = make_client(None)
    log_in(other, cast.phones["member_a"], "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
    listed = door("member_a").get("/api/sessions").json()
    assert sorted((one["device"], one["current"]) for one in listed) == [
        ("Android · Chrome", True),
        ("Android · WeChat", False),
    ]


def test_nobody_elses_devices_are_listed(door, cast):
    assert len(door("member_b").get("/api/sessions").json()) == 1


def test_ending_another_device_throws_it_out_and_keeps_the_own_one(door, make_client, cast):
    other = make_client(None)
    log_in(other, cast.phones["member_a"], "Firefox/130 (Windows)")
    client = door("member_a")
    ended = next(one for one in client.get("/api/sessions").json() if not one["current"])
    assert client.delete(f"/api/sessions/{ended['id']}").status_code == 204
    assert other.get("/api/me").status_code == 401
    assert client.get("/api/me").status_code == 200
    assert [one["current"] for one in client.get("/api/sessions").json()] == [True]


def test_the_neighbour_cannot_end_my_device(door, cast):
    mine = door("member_a").get("/api/sessions").json()[0]["id"]
    answer = door("member_b").delete(f"/api/sessions/{mine}")
    assert (answer.status_code, answer.json()["code"]) == (404, "access.unknown_session")
    assert door("member_a").get("/api/me").status_code == 200


def test_even_the_county_cannot_end_somebody_elses_device(door, cast):
    mine = door("member_a").get("/api/sessions").json()[0]["id"]
    assert door("administrator").delete(f"/api/sessions/{mine}").status_code == 404
    assert door("member_a").get("/api/me").status_code == 200


def test_an_id_that_is_none_is_refused_in_words(door):
    answer = door("member_a").delete("/api/sessions/abc")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_device_that_is_used_lives_on_and_writes_rarely(session, cast, clock):
    token, actor = cast.tokens["member_a"], cast.actor("member_a")
    row = session.exec(select(LoginSession).where(LoginSession.id == actor.session_id)).one()
    before = row.expires_at
    clock.forward(minutes=4)
    note_seen(session, actor_for_token(session, token, clock.now()), clock.now())
    session.refresh(row)
    assert row.expires_at == before
    clock.forward(minutes=2)
    note_seen(session, actor_for_token(session, token, clock.now()), clock.now())
    session.refresh(row)
    assert row.last_seen_at == clock.now()
    assert (row.expires_at - clock.now()).days == 30
