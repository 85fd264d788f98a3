"""Entering: phone and password."""


def test_right_password_logs_in(client, cast):
    answer = client.post("/api/session", json={"phone": "13800000008", "password": "Nandajie-2026"})
    assert answer.status_code == 200
    assert answer.json()["name"] == "姜龙"
    assert client.get("/api/me").status_code == 200


def test_cast_member_is_logged_in(door):
    assert door("member_a").get("/api/me").json()["posts"][0]["grid_code"] == "500118003001001"
