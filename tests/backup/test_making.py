"""Backups as they are made: whole or not there, photos once, old ones let go."""

import gzip
import os
import stat
from datetime import timedelta

import pytest
from sqlmodel import select

from firegrid_app import clock
from firegrid_app.backup import files, making
from firegrid_app.backup.lines import revision_of
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.photos import store
from tests.backup.test_restoring import back_up
from tests.factories import announced
from tests.photos.pictures import camera_jpeg, clean_jpeg
from tests.photos.test_handing_in import hand_in, report_with


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def photographed(door, cast, data):
    photo = announced(data)
    report_with(door("member_a"), cast, photo)
    assert hand_in(door("member_a"), photo, data).json()["status"] == "created"


def kept(folder):
    """The addresses of all photos in the folder."""
    return {one["path"] for some in files.photos_in(folder).list() for one in some}


def listed(folder, name):
    return {key for key, _ in files.read_photos(files.photos_file(folder, name))}


def test_a_backup_says_its_revision_and_is_for_our_eyes_only(folder, cast):
    made = back_up(folder, revision="abc")
    file = files.records_file(folder, made.name)
    with gzip.open(file) as lines:
        assert revision_of(lines) == "abc"
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert files.moment_of(made.name) == clock.now()


def test_a_photo_is_copied_once(folder, door, cast, clock):
    photographed(door, cast, camera_jpeg(6))
    first = back_up(folder)
    photographed(door, cast, clean_jpeg())
    clock.forward(days=1)
    second = back_up(folder)
    assert (first.photos, first.copied) == (3, 3)
    assert (second.photos, second.copied) == (6, 3)
    assert listed(folder, second.name) == kept(folder)


def test_without_photos_only_records_are_kept(folder, door, cast):
    photographed(door, cast, camera_jpeg(6))
    made = back_up(folder, with_photos=False)
    assert (made.photos, listed(folder, made.name), kept(folder)) == (0, set(), set())


def test_the_oldest_leave_with_the_photos_only_they_had(folder, door, cast, clock):
    photographed(door, cast, camera_jpeg(6))
    first = back_up(folder, keep=2)
    erased = listed(folder, first.name)
    for key in erased:
        store.store().delete(key)
    photographed(door, cast, clean_jpeg())
    clock.forward(days=1)
    second = back_up(folder, keep=2)
    assert (second.dropped, kept(folder)) == (0, erased | listed(folder, second.name))
    clock.forward(days=1)
    third = back_up(folder, keep=2)
    assert third.dropped == 1
    assert files.names_in(folder) == [second.name, third.name]
    assert kept(folder) == listed(folder, second.name) == listed(folder, third.name)


def test_what_is_written_meanwhile_is_wholly_in_or_not_at_all(folder, cast, monkeypatch):
    """The records are those of one moment: nothing of a change that came after it began."""
    write = making.written

    def while_somebody_writes(connection, revision, made_at):
        for line in write(connection, revision, made_at):
            yield line
            if line.startswith(b'{"table":"grid"'):
                with transaction() as session:
                    for grid in session.exec(select(Grid)):
                        grid.name = "meanwhile"

    monkeypatch.setattr(making, "written", while_somebody_writes)
    made = back_up(folder)
    with gzip.open(files.records_file(folder, made.name), "rt") as lines:
        assert "meanwhile" not in lines.read()


@pytest.mark.parametrize("step", ["_write_records", "_copy_photos"])
def test_what_stops_it_leaves_whole_backups_only(folder, door, cast, clock, monkeypatch, step):
    photographed(door, cast, camera_jpeg(6))
    before = back_up(folder, keep=1)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, step, full)
    clock.forward(days=1)
    with pytest.raises(OSError, match="No space"):
        back_up(folder, keep=1)
    assert files.names_in(folder) == [before.name]
    assert not list(folder.glob("*.part"))
    monkeypatch.undo()


def test_two_at_once_are_one(folder, cast, monkeypatch):
    monkeypatch.setattr(making, "_copy_photos", lambda *_: back_up(folder, now=later()))
    with pytest.raises(files.Busy):
        back_up(folder)


def later():
    return clock.now() + timedelta(seconds=5)
