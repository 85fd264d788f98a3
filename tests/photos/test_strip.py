"""The strip of time, grid, place and member under a photo: on the screen size alone."""

import hashlib
import io
from base64 import b64encode

import pytest
from PIL import Image
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.equipment.tables import Equipment
from firegrid_app.hazards.papers import pictures_of
from firegrid_app.photos import store
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.orphans import look_through
from firegrid_app.photos.processing import process
from firegrid_app.photos.stamping import strip_of
from firegrid_app.photos.strip import with_strip
from firegrid_app.photos.tables import Photo
from firegrid_app.places.tables import Place
from firegrid_app.points.tables import CheckPoint
from firegrid_app.settings import settings
from tests.cast import STREET, A
from tests.factories import announced, hazard_body, item, send, shout_body, statuses
from tests.photos.pictures import SIZE, UPRIGHT, camera_jpeg, clean_jpeg, corners_of, picture, saved
from tests.photos.test_handing_in import hand_in
from tests.photos.test_orphans import LATER, files
from tests.sync.walks import piece_of

LINES = ("2026-11-23 10:00  小桥子社区第1网格  王晓明", "1栋1单元2层", "29.35100, 105.90100 ±12 m")


def size_of(data):
    return Image.open(io.BytesIO(data)).size


def test_the_strip_is_below_the_picture_and_in_no_other_size():
    data = clean_jpeg((1200, 900))
    bare, made = process(data), process(data, LINES)
    assert made.original == bare.original == data
    assert made.thumbnail == bare.thumbnail
    assert size_of(bare.screen) == (1200, 900)
    width, height = size_of(made.screen)
    assert width == 1200
    assert 900 + 3 * 20 < height < 900 + 3 * 60
    top = Image.open(io.BytesIO(made.screen)).crop((0, 0, 1200, 900))
    assert corners_of(saved(top)) == UPRIGHT
    assert made.shown_sha256 == hashlib.sha256(made.screen).hexdigest()
    assert bare.shown_sha256 == ""


def test_the_strip_shows_its_words_in_light_on_dark():
    made = with_strip(picture((1200, 900)), LINES)
    strip = made.crop((0, 900, *made.size)).convert("L")
    histogram = strip.histogram()
    assert sum(histogram[:64]) > 0.7 * strip.width * strip.height
    assert sum(histogram[200:]) > 500, "letters"
    other = with_strip(picture((1200, 900)), (LINES[0], "2栋", LINES[2]))
    assert made.tobytes() != other.tobytes()


@pytest.mark.parametrize(
    "line",
    ["字" * 400, "a" * 4000, "𠮷 🔥 \u200b‮ \x07 한글 ñ", "…", " "],
    ids=["long", "longer", "odd", "dots", "blank"],
)
def test_whatever_the_words_are_the_picture_keeps_its_width(line):
    assert with_strip(picture((1200, 900)), (line,)).width == 1200


def test_a_picture_too_small_for_letters_stays_as_it_is():
    small = picture((64, 48))
    assert with_strip(small, LINES) is small
    assert with_strip(picture((1200, 900)), ()).size == (1200, 900)


def test_the_process_apart_draws_the_same():
    assert process_apart(clean_jpeg((1200, 900)), LINES) == process(clean_jpeg((1200, 900)), LINES)


@pytest.fixture
def kept(door, cast):
    """A photo of member_a, large enough for letters, handed in."""
    data = clean_jpeg((1200, 900))
    photo = announced(data)
    (answer,) = send(
        door("member_a"), item(cast, "member_a", "hazard.report", hazard_body(photos=[photo]))
    )
    assert answer["status"] == "created"
    assert hand_in(door("member_a"), photo, data).json()["status"] == "created"
    return photo


def test_a_members_photo_is_shown_with_it_and_its_original_is_what_was_sent(door, kept, session):
    shown = door("member_a").get(f"/api/photos/{kept['id']}/screen").content
    assert size_of(shown)[1] > 900
    assert size_of(door("member_a").get(f"/api/photos/{kept['id']}/thumbnail").content) == (
        400,
        300,
    )
    row = session.exec(select(Photo)).one()
    assert store.fetch(row.kept_sha256, "original") == clean_jpeg((1200, 900))
    assert row.kept_sha256 == kept["sha256"]
    assert store.fetch(row.kept_sha256, "screen") is None
    # A paper goes to whom it is about: the picture alone, no member's name below it.
    (printed,) = pictures_of([row.kept_sha256]).values()
    assert size_of(printed) == (1200, 900)
    page = door("head_a").get(f"/hazards/{row.record_id}/paper").text
    assert b64encode(printed).decode() in page
    with transaction() as writing:
        writing.get(Photo, row.id).purpose = "after"
    assert "data:image/jpeg" not in door("head_a").get(f"/hazards/{row.record_id}/paper").text


def test_it_says_when_where_and_by_whom(kept, session, cast):
    row = session.exec(select(Photo)).one()
    first, second, third = strip_of(session, row)
    assert first.startswith("2026-11-23 ")
    assert "小桥子社区第1网格" in first
    assert first.endswith(cast_name(session, cast))
    assert second == "1栋1单元2层"
    assert third.startswith("29.351")


def cast_name(session, cast):
    return session.get(Person, cast.people["member_a"]).name


@pytest.mark.parametrize(
    ("where", "at_premises", "said"),
    [("广场东门", True, "广场东门"), ("", True, "阿里郎饭店"), ("", False, "")],
)
def test_a_shouts_says_where_it_was_called_out(door, cast, session, where, at_premises, said):
    place = cast.places["a"] if at_premises else None
    body = shout_body(photos=[announced(clean_jpeg())], where=where, place=place)
    made = item(cast, "member_a", "shout.log", body, version=4)
    assert statuses(door("member_a"), made) == ["created"]
    name_them(session, cast)
    assert place_on(session) == said


def name_them(session, cast):
    session.get_one(Place, cast.places["a"]).name = "阿里郎饭店"
    session.get_one(CheckPoint, cast.check_points["a1"]).name = "1栋1单元1层"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (lambda cast: {"where_words": "大堂东墙", "place_id": cast.places["a"]}, "大堂东墙"),
        (lambda cast: {"place_id": cast.places["a"]}, "阿里郎饭店"),
        (lambda cast: {"check_point_id": cast.check_points["a1"]}, "1栋1单元1层"),
        (lambda cast: {}, ""),
    ],
    ids=["words", "premises", "check_point", "nowhere"],
)
def test_a_pieces_says_where_it_hangs(door, cast, session, where, said):
    piece = piece_of(cast)
    body = {"piece": piece, "found": "fine", "photos": [announced(clean_jpeg())]}
    made = item(cast, "member_a", "equipment.checked", body)
    assert statuses(door("member_a"), made) == ["created"]
    name_them(session, cast)
    for column, value in where(cast).items():
        setattr(session.get_one(Equipment, piece), column, value)
    assert place_on(session) == said


def place_on(session):
    """The strip's line between who and the coordinates; empty for none."""
    _, *rest = strip_of(session, session.exec(select(Photo)).one())
    return "".join(rest[:-1])


def test_a_whistleblowers_name_stands_on_no_picture(door, cast, session):
    photo = announced(clean_jpeg())
    (answer,) = send(
        door("leader_a"), item(cast, "leader_a", "hazard.report", hazard_body(photos=[photo]))
    )
    assert answer["status"] == "created"
    row = session.exec(select(Photo)).one()
    assert "罗强" not in " ".join(strip_of(session, row))


@pytest.mark.parametrize("codes", [A, f"x,{STREET}", "*"])
def test_a_street_may_have_none_drawn(kept, session, monkeypatch, codes):
    monkeypatch.setenv("FIREGRID_NO_PHOTO_STRIP", codes)
    settings.cache_clear()
    try:
        assert strip_of(session, session.exec(select(Photo)).one()) == ()
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_no_sweep_takes_a_shown_picture_away(kept):
    assert [name.split("-")[1] for name in files()].count("shown.jpg") == 1
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.files, found.orphans, found.foreign, found.missing) == (3, 0, 0, 0)


def test_the_same_picture_of_two_records_keeps_each_ones_words(door, cast, session, kept):
    again = announced(clean_jpeg((1200, 900)))
    (answer,) = send(
        door("head_a"),
        item(cast, "head_a", "hazard.report", hazard_body(photos=[again], where="9栋")),
    )
    assert answer["status"] == "created"
    hand_in(door("head_a"), again, clean_jpeg((1200, 900)))
    rows = session.exec(select(Photo)).all()
    assert len({one.kept_sha256 for one in rows}) == 1
    assert len({one.shown_sha256 for one in rows}) == 2


def test_a_turned_camera_picture_gets_its_strip_upright():
    made = process(camera_jpeg(6, (900, 1200)), LINES)
    assert size_of(made.screen)[0] > 0
    assert made.shown_sha256
    assert size_of(made.screen) != SIZE
