"""A member's own voice with a shout, where they recorded it: kept, heard by whom, refused when."""

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.photos import store
from firegrid_app.photos.orphans import look_through
from firegrid_app.photos.tables import SOUND, Photo
from firegrid_app.settings import settings
from tests.factories import announced, item, send, shout_body, statuses
from tests.photos.pictures import clean_jpeg
from tests.photos.test_in_parts import go_on
from tests.photos.test_orphans import LATER
from tests.shouts.sounds import silence, spoken
from tests.shouts.test_photos import cards

VOICE = spoken(2)


def voice(data=VOICE):
    """A recording as a shout announces it."""
    return announced(data, kind="sound")


def shout(cast, *attached, who="member_a"):
    return item(cast, who, "shout.log", shout_body(photos=list(attached)), version=5)


def hand_in(client, one, data=VOICE):
    return client.put(f"/api/photos/{one['id']}", content=data)


@pytest.fixture
def kept(door, cast):
    """A shout of grid a with a recording that has come: the recording's id."""
    one = voice()
    assert statuses(door("member_a"), shout(cast, one)) == ["created"]
    assert hand_in(door("member_a"), one).json()["status"] == "created"
    return one["id"]


def test_it_stands_with_its_shout_once_it_has_come_byte_for_byte(door, cast, session):
    picture, one = announced(clean_jpeg()), voice()
    member = door("member_a")
    assert statuses(member, shout(cast, picture, one)) == ["created"]
    assert [(card.photos, card.sounds) for card in cards(session, cast)] == [((), ())]
    assert hand_in(member, one).json() == {"id": one["id"], "status": "created"}
    assert hand_in(member, one).json()["status"] == "already"
    assert hand_in(member, picture, clean_jpeg()).json()["status"] == "created"
    (card,) = cards(session, cast)
    assert (card.photos, card.sounds) == ((picture["id"],), (one["id"],))
    row = session.exec(select(Photo).where(Photo.kind == SOUND)).one()
    assert store.fetch(row.kept_sha256, store.SOUND) == VOICE
    assert row.bytes == len(VOICE)


def test_it_comes_in_parts_over_a_line_that_breaks(door, cast, session):
    one = voice()
    member = door("member_a")
    assert statuses(member, shout(cast, one)) == ["created"]
    assert go_on(member, one, VOICE).json()["status"] == "created"
    assert member.get(f"/api/photos/{one['id']}/sound").content == VOICE


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member_a", 200),
        ("head_a", 200),
        ("secretary", 200),
        ("officer", 200),
        ("member_b", 403),
        ("other_secretary", 403),
        ("resident", 403),
    ],
)
def test_it_is_heard_by_who_sees_the_grid(door, kept, who, status):
    answer = door(who).get(f"/api/photos/{kept}/sound")
    assert answer.status_code == status
    if status == 200:
        assert answer.content == VOICE
        assert answer.headers["content-type"] == "audio/wav"
        assert answer.headers["cache-control"] == "private, no-store"


def test_nobody_sees_a_recording_or_hears_a_photo(door, cast, kept):
    picture = announced(clean_jpeg())
    member = door("member_a")
    assert statuses(member, shout(cast, picture)) == ["created"]
    assert hand_in(member, picture, clean_jpeg()).json()["status"] == "created"
    for address in (f"{kept}/thumbnail", f"{kept}/screen", f"{picture['id']}/sound"):
        answer = member.get(f"/api/photos/{address}")
        assert (answer.status_code, answer.json()["code"]) == (404, "photos.unknown")


@pytest.mark.parametrize(
    ("kind", "data", "status", "code"),
    [
        ("sound", silence(), 422, "shouts.nothing_heard"),
        ("sound", clean_jpeg(), 422, "shouts.not_a_sound"),
        ("sound", spoken(0.5), 422, "shouts.sound_length"),
        ("sound", spoken(61), 413, "shouts.sound_too_large"),
        ("picture", VOICE, 422, "photos.not_a_photo"),
    ],
)
def test_what_is_not_what_was_announced_is_refused(door, cast, session, kind, data, status, code):
    one = announced(data, kind=kind)
    member = door("member_a")
    assert statuses(member, shout(cast, one)) == ["created"]
    answer = hand_in(member, one, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert session.exec(select(Photo)).one().stored_at is None


def test_one_is_taken_beside_three_photos_two_are_not(door, cast):
    pictures = [announced(clean_jpeg()) for _ in range(4)]
    client = door("member_a")
    for attached in (pictures, [voice(), voice()], [voice(), *pictures[:2], voice()]):
        (answer,) = send(client, shout(cast, *attached))
        assert (answer["status"], answer["fields"]) == ("rejected", {"item": "too_long"})
    assert statuses(client, shout(cast, *pictures[:3], voice())) == ["created"]


def test_one_in_a_hand_over_file_comes_in_by_the_desk(door, cast):
    one = voice()
    assert statuses(door("member_a"), shout(cast, one)) == ["created"]
    desk = door("secretary")
    answer = desk.put(f"/api/handover/photos/{one['id']}", content=VOICE)
    assert answer.json() == {"id": one["id"], "status": "created"}
    assert door("member_a").get(f"/api/photos/{one['id']}/sound").content == VOICE
    stranger = door("other_secretary").put(f"/api/handover/photos/{one['id']}", content=VOICE)
    assert stranger.json()["code"] == "access.outside_grid"


def test_no_sweep_takes_it_away_and_one_that_is_gone_is_told(kept):
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.files, found.orphans, found.foreign, found.missing) == (1, 0, 0, 0)
    (file,) = (settings().data_dir / "photos").rglob("*-sound.wav")
    file.unlink()
    assert look_through(clock.now() + LATER, remove=True).missing == 1
