"""Every harmful file at every door where photo bytes come in: a clear answer, nothing kept."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlmodel import select

from firegrid_app.boards.limiter import Limiter
from firegrid_app.database import transaction
from firegrid_app.photos import apart, store
from firegrid_app.photos.apart import process_apart
from firegrid_app.photos.service import file_of
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.residents import api as residents
from firegrid_app.residents.tables import ResidentReport
from firegrid_app.settings import settings
from tests.cast import A
from tests.factories import announced
from tests.meetings.days import held
from tests.photos.hostile import HARMLESS, HOSTILE, SECRET, heic
from tests.photos.pictures import SECRETS, UPRIGHT, clean_jpeg, corners_of, picture
from tests.photos.test_handing_in import report_with
from tests.residents.sending import with_photos

HIDDEN = (SECRET, *SECRETS, b"<script", b"PK\x03\x04", b"MAKER", b"ICC_PROFILE", b"Exif")


def whole(client, photo, data):
    return client.put(f"/api/photos/{photo['id']}", content=data)


def in_parts(client, photo, data):
    query = {"start": 0, "of": max(1, len(data))}
    return client.patch(f"/api/photos/{photo['id']}", params=query, content=data)


DOORS = {"whole": whole, "in parts": in_parts}


@pytest.fixture
def announce_photo(door, cast):
    def announce(data):
        photo = announced(data)
        report_with(door("member_a"), cast, photo)
        return photo

    return announce


def files():
    return sorted((settings().data_dir / "photos").rglob("*.jpg"))


@pytest.mark.parametrize("door_name", DOORS)
def test_no_harmful_file_is_kept_at_any_door(door, announce_photo, session, door_name):
    """One test for all files: each costs a process, the database and the people are made once."""
    client = door("member_a")
    for name, make in HOSTILE.items():
        data = make()
        answer = DOORS[door_name](client, announce_photo(data), data)
        if not data and door_name == "in parts":
            # No byte of it came: nothing to say about the photo yet.
            assert answer.json()["status"] == "partial", name
            continue
        assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo"), name
        assert "照片" in answer.json()["message"], name
    assert files() == []
    assert all(one.stored_at is None for one in session.exec(select(Photo)))
    data = clean_jpeg()
    assert whole(client, announce_photo(data), data).json()["status"] == "created"


def test_nor_at_the_doors_of_residents_and_of_accounts(
    cast, door, make_client, monkeypatch, session
):
    for name in ("TRIES", "REPORTS"):
        monkeypatch.setattr(residents, name, Limiter(looks=1000, within=timedelta(hours=1)))
    with transaction() as writing:
        meeting = held(writing, cast.actor("officer"), [cast.people["officer"]]).id
    stranger, officer = make_client(), door("officer")
    for name, make in HOSTILE.items():
        data = make()
        if data:
            answer = stranger.post(f"/g/{A}/report", files=with_photos(clean_jpeg(), data))
            assert (answer.status_code, "照片" in answer.text) == (422, True), name
            assert "楼梯口堆满旧家具" in answer.text, name
        answer = officer.post(f"/api/photos/of/meeting/{meeting}", content=data)
        assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo"), name
    assert session.exec(select(Photo)).all() == []
    assert session.exec(select(ResidentReport)).all() == []


def test_of_a_picture_with_something_more_only_the_picture_is_kept(door, announce_photo, session):
    client = door("member_a")
    for name, make in HARMLESS.items():
        data = make()
        photo = announce_photo(data)
        assert whole(client, photo, data).json()["status"] == "created", name
        row = session.exec(select(Photo).order_by(Photo.stored_at.desc())).first()
        for size in store.SIZES:
            kept = store.fetch(*file_of(row, size))
            assert Image.open(io.BytesIO(kept)).format == "JPEG", name
            assert not [one for one in HIDDEN if one in kept], (name, size)
        session.rollback()


def test_a_heic_of_an_iphone_is_a_photo():
    processed = process_apart(heic(picture((1200, 800))))
    assert (processed.width, processed.height) == (1200, 800)
    assert corners_of(processed.screen) == corners_of(processed.original) == UPRIGHT


def test_the_process_apart_makes_what_the_maker_makes():
    processed = process_apart(clean_jpeg())
    assert processed.original == clean_jpeg()
    assert corners_of(processed.thumbnail) == UPRIGHT
    with pytest.raises(Refused, match=r"^photos\.not_a_photo$"):
        process_apart(b"x")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("import os; os.kill(os.getpid(), 11)", "photos.not_a_photo"),  # the reader crashed
        ("import os; os.kill(os.getpid(), 9)", "busy"),  # the machine had no memory left
        ("raise SystemExit(1)", "photos.not_a_photo"),
        ("import time; time.sleep(60)", "photos.not_a_photo"),
    ],
)
def test_a_reader_that_dies_takes_nothing_along(monkeypatch, tmp_path, end, code):
    (tmp_path / "stand_in.py").write_text(end)
    monkeypatch.setattr(apart, "__name__", "stand_in")
    monkeypatch.setattr(apart, "_HOUSE", tmp_path)
    monkeypatch.setattr(apart, "LONGEST", 2)
    for _ in range(apart.AT_ONCE + 1):  # its place is free again each time
        with pytest.raises(Refused, match=f"^{code}$".replace(".", r"\.")):
            process_apart(clean_jpeg())


def test_who_finds_no_place_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.05)
    for _ in range(apart.AT_ONCE):
        apart._places.acquire()
    try:
        with pytest.raises(Refused, match=r"^busy$"):
            process_apart(clean_jpeg())
    finally:
        for _ in range(apart.AT_ONCE):
            apart._places.release()
