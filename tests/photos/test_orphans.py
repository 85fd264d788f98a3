"""The photo store held against the records: nothing a record names ever goes."""

import os
import time
from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.cli.photos import sweep
from firegrid_app.photos import orphans, service, store
from firegrid_app.photos.orphans import look_through
from firegrid_app.photos.processing import process
from firegrid_app.photos.tables import Photo
from firegrid_app.settings import settings
from tests.factories import announced
from tests.photos.pictures import camera_jpeg, clean_jpeg
from tests.photos.test_handing_in import hand_in, report_with

ORPHAN = process(clean_jpeg((64, 48)))
LATER = timedelta(days=2)


def files():
    return sorted(path.name for path in (settings().data_dir / "photos").rglob("*.jpg"))


@pytest.fixture
def kept(door, cast):
    """Two photos of records: one as it came, one that had to be stripped. Their six files."""
    for data in (clean_jpeg(), camera_jpeg(6)):
        photo = announced(data)
        report_with(door("member_a"), cast, photo)
        assert hand_in(door("member_a"), photo, data).json()["status"] == "created"
    return files()


def test_only_what_nobody_names_is_removed(kept, session):
    service.put_away(ORPHAN)
    found = look_through(clock.now() + LATER, remove=False)
    assert (found.files, found.orphans, found.removed, found.missing) == (9, 3, 0, 0)
    assert found.orphan_bytes == sum(map(len, (ORPHAN.original, ORPHAN.screen, ORPHAN.thumbnail)))
    assert len(files()) == 9
    assert look_through(clock.now() + LATER, remove=True).removed == 3
    assert files() == kept
    assert look_through(clock.now() + LATER, remove=True).orphans == 0


def test_a_young_file_is_left_alone(kept):
    service.put_away(ORPHAN)
    assert look_through(clock.now(), remove=True).removed == 0
    assert len(files()) == 9


def test_a_photo_named_and_not_yet_said_to_be_kept_stays(door, cast, session):
    """The server died between the files and the row: the phone comes again, the files may stay."""
    photo = announced(clean_jpeg())
    report_with(door("member_a"), cast, photo)
    row = session.exec(select(Photo)).one()
    service.name(session, row, process(clean_jpeg()))
    session.commit()
    service.put_away(process(clean_jpeg()))
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.orphans, found.missing, len(files())) == (0, 0, 3)


def test_what_is_named_between_looking_and_removing_stays(door, cast, session, monkeypatch):
    """Somebody hands in the very picture while the sweep runs."""
    photo = announced(clean_jpeg())
    report_with(door("member_a"), cast, photo)
    service.put_away(process(clean_jpeg()))
    really = orphans._remove

    def hand_in_first(some):
        assert len(some) == 3
        assert hand_in(door("member_a"), photo, clean_jpeg()).json()["status"] == "created"
        return really(some)

    monkeypatch.setattr(orphans, "_remove", hand_in_first)
    assert look_through(clock.now() + LATER, remove=True).removed == 0
    # The bare screen size stays beside the one with words: its hash is named.
    assert len(files()) == 4


def test_what_is_written_anew_between_looking_and_removing_stays(door, monkeypatch):
    """A resident's photo has its files before its row."""
    service.put_away(ORPHAN)
    really = orphans._remove

    def write_again(some):
        for one in (settings().data_dir / "photos").rglob("*.jpg"):
            os.utime(one, (time.time() + 5, time.time() + 5))
        return really(some)

    monkeypatch.setattr(orphans, "_remove", write_again)
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.orphans, found.removed, len(files())) == (3, 0, 3)


def test_files_of_another_make_are_counted_and_never_removed(kept):
    folder = settings().data_dir / "photos"
    (folder / "notes.txt").write_text("mine")
    (folder / "aa").mkdir(exist_ok=True)
    (folder / "aa" / "photo.jpg").write_bytes(b"mine")
    said = []
    assert sweep(said.append, remove=True)
    found = look_through(clock.now() + LATER, remove=True)
    assert (found.foreign, found.files, found.removed) == (2, 6, 0)
    assert (folder / "notes.txt").read_text() == "mine"
    assert any("2 files are none of ours" in one for one in said)


def test_a_lost_original_is_told(kept):
    lost = next(path for path in (settings().data_dir / "photos").rglob("*-original.jpg"))
    lost.unlink()
    said = []
    assert not sweep(said.append, remove=False)
    assert any("The originals of 1 photos" in one for one in said)


def test_two_records_with_one_picture_are_one_original(door, cast, kept):
    again = announced(clean_jpeg())
    report_with(door("member_a"), cast, again)
    hand_in(door("member_a"), again, clean_jpeg())
    assert store.fetch(process(clean_jpeg()).original_sha256, "original") == clean_jpeg()
    assert look_through(clock.now(), remove=False).missing == 0
