"""Scripts as people of a grid speak them: checked, kept, brought to phones, taken off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.access.tables import AuditEntry
from firegrid_app.photos import store
from firegrid_app.photos.orphans import look_through
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.shouts import recordings, sound
from firegrid_app.shouts.tables import ShoutRecording
from tests.cast import COMMUNITY, STREET, A, B
from tests.shouts.sounds import hand_in, silence, spoken
from tests.shouts.test_scripts import add

LATER = timedelta(days=2)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def heard_by(door, who):
    return door(who).get("/api/pack").json().get("recordings", [])


def test_a_recording_is_as_long_as_it_says_and_nothing_else_is_one():
    assert sound.seconds_of(spoken(2.0)) == 2
    assert sound.seconds_of(spoken(2.01)) == 3
    for other in (b"", b"RIFF", spoken()[:-1], spoken() + b"x", b"OggS" + spoken()[4:]):
        with refused("shouts.not_a_sound"):
            sound.seconds_of(other)
    with_a_name = spoken()[:38] + b"LIST\x04\x00\x00\x00INFO" + spoken()[38:]
    with refused("shouts.not_a_sound"):
        sound.seconds_of(with_a_name)
    with refused("shouts.sound_length"):
        sound.seconds_of(spoken(0.5))
    with refused("shouts.sound_too_large"):
        sound.seconds_of(spoken(61))
    with refused("shouts.nothing_heard"):
        sound.seconds_of(silence())


def test_a_grid_heads_recording_is_on_phones_of_that_grid_and_no_other(cast, door):
    data = spoken()
    answer = hand_in(door("head_a"), data, grid=A)
    assert (answer.status_code, answer.json()["status"]) == (200, "created")
    (card,) = heard_by(door, "member_a")
    assert (card["script"], card["dialect"], card["grid"]) == ("ebike", "延边话", A)
    assert (card["bytes"], card["seconds"]) == (len(data), 2)
    played = door("member_a").get(f"/api/recordings/{card['id']}")
    assert (played.status_code, played.headers["content-type"]) == (200, "audio/wav")
    assert played.content == data
    assert heard_by(door, "member_b") == []
    assert door("member_b").get(f"/api/recordings/{card['id']}").status_code == 403


def test_a_streets_recording_is_on_all_its_phones(cast, door):
    assert hand_in(door("officer"), spoken(), grid=STREET).status_code == 200
    assert len(heard_by(door, "member_a")) == len(heard_by(door, "member_b")) == 1
    assert heard_by(door, "other_officer") == []


def test_handed_in_twice_it_is_one_and_other_bytes_are_refused(cast, door, session):
    key = uuid4()
    first = hand_in(door("head_a"), spoken(), grid=A, id=key)
    again = hand_in(door("head_a"), spoken(), grid=A, id=key)
    assert [first.json()["status"], again.json()["status"]] == ["created", "already"]
    other = hand_in(door("head_a"), spoken(3), grid=A, id=key)
    assert (other.status_code, other.json()["code"]) == (409, "shouts.other_sound")
    assert len(session.exec(select(ShoutRecording)).all()) == 1


def test_who_does_not_lead_the_grid_is_refused(cast, door):
    for who, grid in (("member_a", A), ("head_a", B), ("head_a", STREET), ("other_officer", A)):
        answer = hand_in(door(who), spoken(), grid=grid)
        assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid"), who
        assert door(who).get(f"/api/recordings?grid={grid}").status_code == 403


@pytest.mark.parametrize("data", [b"", b"<script>", silence(), spoken()[:-9]])
def test_what_is_no_recording_is_kept_nowhere(cast, door, session, data):
    answer = hand_in(door("head_a"), data, grid=A)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert session.exec(select(ShoutRecording)).all() == []
    assert list((settings().data_dir / "photos").rglob("*.wav")) == []


def test_too_long_a_recording_is_refused_before_it_is_read(cast, door):
    answer = hand_in(door("head_a"), b"x" * (sound.MOST_BYTES + 1), grid=A)
    assert (answer.status_code, answer.json()["code"]) == (413, "shouts.sound_too_large")
    assert "60" in answer.json()["message"]


def test_a_script_of_nobody_or_of_another_street_is_refused(session, cast, door):
    own = add(session, cast)
    session.commit()
    assert hand_in(door("head_a"), spoken(), grid=A, script=f"own_{own.id}").status_code == 200
    for script in ("nothing", "own_999", ""):
        answer = hand_in(door("head_a"), spoken(), grid=A, script=script)
        assert answer.json()["code"] == "shouts.unknown_script"
    foreign = hand_in(door("administrator"), spoken(), grid="500118004", script=f"own_{own.id}")
    assert foreign.json()["code"] == "shouts.unknown_script"


def test_too_long_a_name_of_a_dialect_is_told_and_never_cut(cast, door, session):
    answer = hand_in(door("head_a"), spoken(), grid=A, dialect="话" * 21)
    assert (answer.status_code, answer.json()["code"]) == (422, "places.too_long")
    assert "21" in answer.json()["message"]
    assert session.exec(select(ShoutRecording)).all() == []


def test_three_ways_of_speaking_a_script_are_enough(cast, door, monkeypatch):
    for pitch in (300, 400, 500):
        assert hand_in(door("head_a"), spoken(2, pitch), grid=A).status_code == 200
    fourth = hand_in(door("head_a"), spoken(2, 600), grid=A)
    assert (fourth.status_code, fourth.json()["code"]) == (409, "shouts.too_many_recordings")
    assert hand_in(door("head_a"), spoken(2, 600), grid=A, script="exits").status_code == 200
    monkeypatch.setattr(recordings, "MOST_BYTES_OF_A_GRID", 4 * len(spoken()) + 1)
    full = hand_in(door("head_a"), spoken(2, 700), grid=A, script="fireworks")
    assert (full.status_code, full.json()["code"]) == (409, "shouts.sounds_full")


def test_taken_off_it_leaves_phones_and_its_file_goes_with_the_clean_up(cast, door, session):
    hand_in(door("head_a"), spoken(), grid=A)
    (card,) = heard_by(door, "member_a")
    assert look_through(clock.now() + LATER, remove=True).removed == 0
    address = f"/api/recordings/{card['id']}"
    assert door("member_a").delete(address).status_code == 403
    assert door("secretary").delete(address).status_code == 204
    gone = door("secretary").delete(address)
    assert (gone.status_code, gone.json()["code"]) == (404, "shouts.unknown_recording")
    assert heard_by(door, "member_a") == []
    assert door("member_a").get(address).status_code == 404
    assert look_through(clock.now() + LATER, remove=True).removed == 1
    assert store.fetch(card["sha256"], store.SOUND) is None
    noted = session.exec(select(AuditEntry.action)).all()
    assert {"add_recording", "end_recording"} <= set(noted)


def test_a_recording_of_a_script_that_ended_is_not_brought_along(session, cast, door):
    from firegrid_app.shouts.rules import own_id
    from firegrid_app.shouts.scripts import end_script

    own = f"own_{add(session, cast).id}"
    session.commit()
    hand_in(door("officer"), spoken(), grid=STREET, script=own)
    assert len(heard_by(door, "member_a")) == 1
    end_script(session, cast.actor("officer"), own_id(own), clock.now())
    session.commit()
    assert heard_by(door, "member_a") == []


def test_the_desk_lists_what_is_heard_in_a_grid_and_who_may_take_it_off(cast, door):
    hand_in(door("officer"), spoken(), grid=STREET)
    hand_in(door("head_a"), spoken(), grid=A, script="exits")
    at_a = door("head_a").get(f"/api/recordings?grid={A}").json()
    assert {(one["grid"], one["yours"]) for one in at_a} == {(A, True), (STREET, False)}
    assert len(door("secretary").get(f"/api/recordings?grid={COMMUNITY}").json()) == 2


def test_a_server_that_died_before_the_bytes_were_there_blocks_nobody(cast, door, session):
    key, data = uuid4(), spoken()
    given = recordings.Spoken(key, A, "ebike", "")
    recordings.name(session, cast.actor("head_a"), given, data, clock.now())
    session.commit()
    assert heard_by(door, "member_a") == []
    assert hand_in(door("head_a"), data, grid=A, id=key, dialect="").json()["status"] == "created"
    assert len(heard_by(door, "member_a")) == 1
