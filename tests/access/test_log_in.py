"""Entering by phone and password; leaving again."""

from sqlmodel import select

from firegrid_app.access import passwords
from firegrid_app.access.session import COOKIE
from firegrid_app.access.tables import AuditEntry, LoginSession
from firegrid_app.settings import settings
from tests.cast import PASSWORD, PHONE_NUMBER


def log_in(client, phone, password=PASSWORD, **headers):
    return client.post("/api/session", json={"phone": phone, "password": password}, headers=headers)


def test_the_right_password_logs_in_and_says_who_one_is(client, cast):
    answer = log_in(client, cast.phones["member_a"])
    assert answer.status_code == 200
    card = answer.json()
    assert card.pop("key")
    assert card["name"] == "姜龙"
    assert [(post["role"], post["grid_code"]) for post in card["posts"]] == [
        ("grid_member", cast.codes["a"])
    ]
    assert (card["can_record"], card["can_lead"], card["can_invite"]) == (True, True, False)
    assert client.get("/api/me").json() == card


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, cast):
    cookie = log_in(client, cast.phones["member_a"]).headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_in_production_the_cookie_goes_over_https_only(client, cast, monkeypatch):
    monkeypatch.setenv("FIREGRID_MODE", "production")
    monkeypatch.setenv("FIREGRID_PUBLIC_URL", "https://firegrid.example.cn")
    settings.cache_clear()
    assert "secure" in log_in(client, cast.phones["member_a"]).headers["set-cookie"].lower()


def test_the_database_keeps_no_token(client, cast, session):
    log_in(client, cast.phones["member_a"])
    token = client.cookies[COOKIE]
    kept = session.exec(select(LoginSession.token_hash)).all()
    assert passwords.hash_token(token) in kept
    assert token not in kept


def test_blanks_and_hyphens_people_type_into_a_number_are_dropped(client, cast):
    assert log_in(client, "+86 138-0000-0008").status_code == 200


def test_a_wrong_password_and_an_unknown_number_get_the_same_answer(client, cast):
    wrong = log_in(client, cast.phones["member_a"], "Nandajie-2027")
    unknown = log_in(client, "13899999999")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "access.wrong_password"
    assert "set-cookie" not in wrong.headers


def test_an_unknown_number_costs_the_same_hashing(client, cast, monkeypatch):
    hashed = []
    real = passwords._hasher()

    class Counting:
        def hash(self, password):
            return real.hash(password)

        def verify(self, password, kept):
            hashed.append(password)
            return real.verify(password, kept)

    monkeypatch.setattr(passwords, "_hasher", Counting)
    log_in(client, "13899999999")
    assert hashed == [PASSWORD]


def test_somebody_switched_off_is_told_so_only_with_the_right_password(client, cast):
    right = log_in(client, cast.phones["switched_off"])
    assert (right.status_code, right.json()["code"]) == (403, "access.switched_off")
    wrong = log_in(client, cast.phones["switched_off"], "Nandajie-2027")
    assert wrong.json()["code"] == "access.wrong_password"


def test_a_number_that_is_none_is_refused_by_its_own_code(client, cast):
    answer = log_in(client, "12345")
    assert (answer.status_code, answer.json()["code"]) == (422, "access.bad_phone")


def test_missing_unknown_and_overlong_fields_are_named(client, database):
    answer = client.post("/api/session", json={"phone": "1" * 201, "pass": "x"})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {
        "phone": "string_too_long",
        "password": "missing",
        "pass": "extra_forbidden",
    }


def test_log_in_and_failure_are_in_the_audit_log(client, cast, session):
    log_in(client, cast.phones["member_a"], "Nandajie-2027")
    log_in(client, "13899999999")
    log_in(client, cast.phones["member_a"])
    rows = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
    member = cast.people["member_a"]
    assert [(row.person_id, row.action) for row in rows] == [
        (member, "login_failed"),
        (None, "login_failed"),
        (member, "login"),
    ]
    assert not any(PHONE_NUMBER.search(row.subject) for row in rows)


def test_without_a_cookie_nobody_is_logged_in(client, cast):
    answer = client.get("/api/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "access.not_logged_in")


def test_a_made_up_cookie_is_nobody(make_client, cast):
    for token in ("x", "x" * 5000, passwords.hash_token("token-of-member_a")):
        assert make_client(token).get("/api/me").status_code == 401


def test_logging_out_ends_the_log_in_on_the_server_too(door, make_client, cast):
    client = door("member_a")
    assert client.delete("/api/session").status_code == 204
    assert client.get("/api/me").status_code == 401
    assert make_client(cast.tokens["member_a"]).get("/api/me").status_code == 401


def test_logging_out_twice_is_no_fault(door):
    client = door("member_a")
    assert client.delete("/api/session").status_code == 204
    assert client.delete("/api/session").status_code == 204


def test_a_log_in_unused_for_its_days_has_ended(door, clock):
    client = door("member_a")
    clock.forward(days=29, hours=23)
    assert client.get("/api/me").status_code == 200
    clock.forward(hours=2)
    assert client.get("/api/me").status_code == 401
