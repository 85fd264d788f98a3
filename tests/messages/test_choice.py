"""One's own choice: a line that is set up, the digest on or off; nobody chooses for another."""

import pytest
from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.messages.outbox import ways_to
from firegrid_app.messages.tables import MessageChoice

PATH = "/api/messages/choice"


def put(client, **choice):
    return client.put(PATH, json={"digest": True, "channel": ""} | choice)


def test_who_has_not_chosen_gets_the_digest_by_the_usual_line(use, door, cast):
    use("wecom", "gateway")
    assert door("member_a").get(PATH).json() == {
        "digest": True,
        "channel": "",
        "channels": ["wecom", "sms"],
        "usual": "wecom",
        "hour": 9,
    }


def test_a_choice_is_kept_with_the_language_it_was_made_in(use, door, cast):
    use("wecom", "gateway")
    client = door("member_a")
    client.cookies.set("firegrid_language", "en")
    answer = put(client, digest=False, channel="sms")
    assert (answer.status_code, answer.json()["channel"], answer.json()["digest"]) == (
        200,
        "sms",
        False,
    )
    with reading() as session:
        (row,) = session.exec(select(MessageChoice))
        assert (row.person_id, row.language) == (cast.people["member_a"], "en")
    assert door("member_a").get(PATH).json()["channel"] == "sms"
    assert door("member_b").get(PATH).json()["channel"] == ""


@pytest.mark.parametrize(
    "choice",
    [{"channel": "wecom"}, {"channel": "pigeon"}, {"channel": "file "}],
    ids=str,
)
def test_a_line_that_is_not_set_up_is_refused(use, door, cast, choice):
    use("gateway")
    answer = put(door("member_a"), **choice)
    assert (answer.status_code, answer.json()["code"]) == (422, "messages.unknown_channel")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"digest": "perhaps", "channel": ""},
        {"digest": True},
        {"digest": True, "channel": "x" * 11},
        {"digest": True, "channel": "", "person_id": 1},
        [],
    ],
    ids=str,
)
def test_a_malformed_choice_is_refused(door, cast, body):
    answer = door("member_a").put(PATH, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_line_that_is_taken_out_of_the_settings_is_the_usual_one(use, door, cast, monkeypatch):
    use("wecom", "gateway")
    put(door("member_a"), channel="sms")
    monkeypatch.delenv("FIREGRID_SMS_GATEWAY_URL")
    use("wecom")
    member = cast.people["member_a"]
    with reading() as session:
        assert ways_to(session, [member])[member].channel == "wecom"
    assert door("member_a").get(PATH).json()["channel"] == ""
