"""Photos over HTTP: announced with a record, handed in, looked at by those who may."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.photos import store
from firegrid_app.photos.processing import MOST_BYTES
from firegrid_app.photos.service import file_of
from firegrid_app.photos.tables import Photo
from firegrid_app.settings import settings
from tests.factories import announced, hazard_body, item, send
from tests.photos.pictures import UPRIGHT, camera_jpeg, clean_jpeg, corners_of


def report_with(client, cast, *photos, who="member_a"):
    (answer,) = send(client, item(cast, who, "hazard.report", hazard_body(photos=list(photos))))
    assert answer["status"] == "created", answer


def hand_in(client, photo, data):
    return client.put(f"/api/photos/{photo['id']}", content=data)


@pytest.fixture
def kept(door, cast):
    """A photo of member_a in grid a, handed in."""
    data = clean_jpeg()
    photo = announced(data)
    report_with(door("member_a"), cast, photo)
    assert hand_in(door("member_a"), photo, data).json()["status"] == "created"
    return photo


def test_announced_bytes_are_kept_and_looked_at_in_two_sizes(door, cast, session):
    client, data = door("member_a"), camera_jpeg(6)
    photo = announced(data, purpose="before")
    report_with(client, cast, photo)
    answer = hand_in(client, photo, data)
    assert (answer.status_code, answer.json()) == (200, {"id": photo["id"], "status": "created"})
    for size in ("screen", "thumbnail"):
        looked = client.get(f"/api/photos/{photo['id']}/{size}")
        assert looked.headers["content-type"] == "image/jpeg"
        assert looked.headers["x-content-type-options"] == "nosniff"
        assert "private" in looked.headers["cache-control"]
        assert corners_of(looked.content) == UPRIGHT
    row = session.exec(select(Photo)).one()
    assert (row.purpose, row.width, row.height) == ("before", 480, 320)
    assert (row.sha256, row.lat) == (photo["sha256"], 29.351)
    assert row.kept_sha256 != row.sha256
    assert row.stored_at is not None


def test_the_same_bytes_again_are_already_there(door, kept):
    answer = hand_in(door("member_a"), kept, clean_jpeg())
    assert (answer.status_code, answer.json()["status"]) == (200, "already")


def test_a_clean_original_lies_in_the_store_under_its_own_hash(door, kept, session):
    row = session.exec(select(Photo)).one()
    assert row.kept_sha256 == row.sha256 == hashlib.sha256(clean_jpeg()).hexdigest()
    assert row.bytes == len(clean_jpeg())
    folder = settings().data_dir / "photos"
    assert {path.name for path in folder.rglob("*.jpg")} == {
        f"{row.sha256}-original.jpg",
        f"{row.sha256}-thumbnail.jpg",
        f"{row.shown_sha256}-shown.jpg",
    }
    assert store.fetch(row.sha256, "original") == clean_jpeg()


def test_a_photo_is_on_the_disk_with_its_folders_before_the_row_says_so(
    door, cast, session, monkeypatch
):
    """A power cut after the answer must find the files: writing alone leaves them in memory."""
    flushed = {}
    really = os.fsync

    def note(descriptor):
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        said = session.exec(select(Photo.stored_at)).one()
        flushed[path.name] = (path.is_dir() or path.stat().st_size, said)
        session.rollback()
        really(descriptor)

    client, data = door("member_a"), clean_jpeg()
    photo = announced(data)
    report_with(client, cast, photo)
    monkeypatch.setattr(os, "fsync", note)
    assert hand_in(client, photo, data).json()["status"] == "created"
    row = session.exec(select(Photo)).one()
    lying = [file_of(row, size) for size in store.SIZES]
    files = {f"{digest}-{size}.jpg" for digest, size in lying}
    assert set(flushed) == files | {digest[:2] for digest, _ in lying} | {"photos"}
    assert all(size and said is None for size, said in flushed.values())


def test_other_bytes_than_announced_are_refused_and_nothing_is_kept(door, cast, session):
    client = door("member_a")
    photo = announced(clean_jpeg())
    report_with(client, cast, photo)
    answer = hand_in(client, photo, clean_jpeg((100, 100)))
    assert (answer.status_code, answer.json()["code"]) == (409, "photos.other_bytes")
    assert session.exec(select(Photo)).one().stored_at is None
    assert client.get(f"/api/photos/{photo['id']}/screen").status_code == 404


def test_a_file_that_is_no_photo_is_refused_though_announced(door, cast):
    client = door("member_a")
    photo = announced(b"%!PS-Adobe-3.0 EPSF-3.0")
    report_with(client, cast, photo)
    answer = hand_in(client, photo, b"%!PS-Adobe-3.0 EPSF-3.0")
    assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo")


def test_too_many_bytes_are_refused_with_the_limit_in_words(door, kept):
    answer = hand_in(door("member_a"), kept, b"\0" * (MOST_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "photos.too_large")
    assert "15" in answer.json()["message"]


def test_a_photo_nobody_announced_is_unknown(door):
    answer = hand_in(door("member_a"), {"id": str(uuid4())}, clean_jpeg())
    assert (answer.status_code, answer.json()["code"]) == (404, "photos.unknown")


@pytest.mark.parametrize("who", ["member_b", "head_a", "officer"])
def test_nobody_hands_in_somebody_elses_photo(door, cast, who):
    photo = announced(clean_jpeg())
    report_with(door("member_a"), cast, photo)
    assert hand_in(door(who), photo, clean_jpeg()).status_code == 404


def test_not_logged_in_nothing_is_taken_or_shown(client, kept):
    assert hand_in(client, kept, clean_jpeg()).status_code == 401
    assert client.get(f"/api/photos/{kept['id']}/screen").status_code == 401


@pytest.mark.parametrize(
    "who", ["member_a", "head_a", "secretary", "officer", "administrator", "department"]
)
def test_the_maker_and_those_who_see_the_grid_look(door, kept, who):
    assert door(who).get(f"/api/photos/{kept['id']}/screen").status_code == 200


@pytest.mark.parametrize("who", ["member_b", "other_secretary", "other_officer", "leader_a"])
def test_the_neighbour_does_not(door, kept, who):
    answer = door(who).get(f"/api/photos/{kept['id']}/screen")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.outside_grid")


def test_a_building_leader_sees_the_photo_they_took(door, cast):
    client, data = door("leader_a"), clean_jpeg()
    photo = announced(data)
    report_with(client, cast, photo, who="leader_a")
    assert hand_in(client, photo, data).status_code == 200
    assert client.get(f"/api/photos/{photo['id']}/thumbnail").status_code == 200


def test_the_original_is_behind_no_route(door, kept):
    answer = door("member_a").get(f"/api/photos/{kept['id']}/original")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_an_id_that_is_none_is_refused_in_words(door):
    answer = door("member_a").put("/api/photos/xyz", content=b"x")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["fields"] == {"path.photo_id": "uuid_parsing"}


def test_bytes_lost_from_the_store_are_unknown_not_a_fault(door, kept):
    for file in (settings().data_dir / "photos").rglob("*-shown.jpg"):
        file.unlink()
    answer = door("member_a").get(f"/api/photos/{kept['id']}/screen")
    assert (answer.status_code, answer.json()["code"]) == (404, "photos.unknown")


def test_two_records_with_the_same_picture_share_its_file(door, cast, kept):
    client, again = door("member_a"), announced(clean_jpeg())
    report_with(client, cast, again)
    assert hand_in(client, again, clean_jpeg()).json()["status"] == "created"
    assert len(list((settings().data_dir / "photos").rglob("*.jpg"))) == 3


def test_the_store_can_be_another_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("FIREGRID_PHOTO_STORE", str(tmp_path / "elsewhere"))
    settings.cache_clear()
    store.store.cache_clear()
    store.keep("ab" * 32, {"screen": b"x"})
    assert store.fetch("ab" * 32, "screen") == b"x"
    assert store.fetch("cd" * 32, "screen") is None
    assert (tmp_path / "elsewhere" / "ab").is_dir()
