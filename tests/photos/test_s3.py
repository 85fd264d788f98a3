"""Photos in a bucket of a real S3 server: as in a folder, and a clear end where it is away."""

import os
import time
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.photos import service, store
from firegrid_app.photos.orphans import YOUNG, look_through
from firegrid_app.photos.processing import process
from firegrid_app.photos.tables import Photo
from firegrid_app.settings import settings
from tests.factories import announced
from tests.photos.pictures import UPRIGHT, camera_jpeg, clean_jpeg, corners_of
from tests.photos.test_handing_in import hand_in, report_with


@pytest.fixture
def bucket(monkeypatch):
    """Settings for a folder of its own in a bucket; gives a way to say them otherwise."""
    url = os.environ.get("FIREGRID_TEST_S3_URL")
    if not url:
        pytest.skip("no S3 server (make test starts one)")
    server, folder = urlsplit(url), uuid4().hex

    def use(address=f"http://{server.hostname}:{server.port}", secret=server.password):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", server.username)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
        monkeypatch.setenv("FIREGRID_PHOTO_STORE", f"s3://photos/{folder}")
        settings.cache_clear()
        store.store.cache_clear()

    use()
    yield use
    settings.cache_clear()
    store.store.cache_clear()


def test_a_photo_is_kept_and_looked_at(door, cast, session, bucket):
    client, data = door("member_a"), camera_jpeg(6)
    photo = announced(data)
    report_with(client, cast, photo)
    assert hand_in(client, photo, data).json()["status"] == "created"
    assert hand_in(client, photo, data).json()["status"] == "already"
    for size in ("screen", "thumbnail"):
        assert corners_of(client.get(f"/api/photos/{photo['id']}/{size}").content) == UPRIGHT
    digest = session.exec(select(Photo.kept_sha256)).one()
    assert store.fetch(digest, "original") == process(data).original
    assert not (settings().data_dir / "photos").exists()


def test_what_is_not_there_is_none(bucket):
    assert store.fetch("cd" * 32, "screen") is None


def test_orphans_are_found_and_removed_there_too(door, cast, bucket):
    client, data = door("member_a"), clean_jpeg()
    photo = announced(data)
    report_with(client, cast, photo)
    hand_in(client, photo, data)
    service.put_away(process(clean_jpeg((64, 48))))
    found = look_through(clock.now() + 2 * YOUNG, remove=True)
    assert (found.files, found.removed, found.missing) == (6, 3, 0)
    assert look_through(clock.now() + 2 * YOUNG, remove=True).files == 3


def test_a_bucket_that_is_away_leaves_the_photo_on_the_phone(
    door, cast, session, bucket, monkeypatch
):
    monkeypatch.setattr(store, "_PATIENCE", store._PATIENCE / 10)
    bucket(address="http://127.0.0.1:9")
    photo = announced(clean_jpeg())
    report_with(door("member_a"), cast, photo)
    began = time.monotonic()
    answer = hand_in(door("member_a"), photo, clean_jpeg())
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert time.monotonic() - began < 30
    assert session.exec(select(Photo.stored_at)).one() is None


def test_a_wrong_key_is_told_in_the_log_and_not_to_the_phone(door, cast, bucket):
    bucket(secret="another")
    photo = announced(clean_jpeg())
    report_with(door("member_a"), cast, photo)
    answer = hand_in(door("member_a"), photo, clean_jpeg())
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert "another" not in answer.text
