"""`firegrid backup`, `firegrid restore` and the night's own, with the real migrations."""

import gzip
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from firegrid_app import clock
from firegrid_app.backup import files
from firegrid_app.backup.lines import written
from firegrid_app.cli.backups import make_backup, restore_backup
from firegrid_app.cli.trails import verify
from firegrid_app.database import engine
from firegrid_app.serving import nightly, ready_database
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings
from tests.backup.night import Child
from tests.conftest import DATABASES
from tests.running.test_command_line import firegrid, one_sentence

KEPT = Path(__file__).parent / "kept"
"""Records of the cast, each as `firegrid backup` of its day wrote them. Never changed; one more
after a migration that old rows have to be carried through."""


def rows():
    with engine().execution_options(writes=False).connect() as connection:
        return list(written(connection, "", clock.now()))[1:]


@pytest.fixture
def folder(tmp_path):
    """A folder with one backup of an older version of the app."""
    place = tmp_path / "backups"
    place.mkdir()
    return place


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("name", files.names_in(KEPT))
def test_a_backup_of_any_shipped_version_is_put_back_as_today_keeps_it(folder, move_to, kind, name):
    shutil.copy(files.records_file(KEPT, name), folder)
    move_to(kind)
    said = []
    assert restore_backup(folder, "", say=said.append)
    lines = gzip.decompress(files.records_file(KEPT, name).read_bytes()).splitlines()
    assert f"恢复了 {len([line for line in lines if line.startswith(b'[')])} 条" in said[0]
    assert "没有带照片" in said[1]
    assert ready_database.is_migrated()
    assert verify(lambda _: None)
    # And today's backup of it says the same again, on the other kind of database too.
    before = rows()
    make_backup(folder, with_photos=True, say=said.append)
    move_to("postgresql" if kind == "sqlite" else "sqlite")
    assert restore_backup(folder, "", say=said.append)
    assert rows() == before


def test_there_are_kept_backups():
    assert files.names_in(KEPT)


def test_a_backup_of_a_newer_version_is_refused_and_nothing_made(folder, move_to):
    name = "20270101T000000Z"
    first = b'{"firegrid":1,"revision":"from_the_future","made_at":"2027-01-01T00:00:00Z"}\n'
    files.records_file(folder, name).write_bytes(gzip.compress(first + b'{"rows":0}\n'))
    for kind in DATABASES:
        move_to(kind)
        with pytest.raises(Stop) as stopped:
            restore_backup(folder, "", say=print)
        assert stopped.value.code == "newer_backup"
        assert sa.inspect(engine()).get_table_names() == []


@pytest.mark.parametrize("of", ["", "20200101T000000Z"])
def test_a_folder_without_that_backup_is_said(folder, of):
    with pytest.raises(Stop) as stopped:
        restore_backup(folder, of, say=print)
    assert stopped.value.code == "no_backup"


def test_typed_without_a_folder_or_a_database_it_is_one_sentence(tmp_path):
    where = {"FIREGRID_DATA_DIR": str(tmp_path / "data")}
    assert "FIREGRID_BACKUP_DIR" in one_sentence(firegrid("backup", **where))
    assert "firegrid migrate" in one_sentence(firegrid("backup", str(tmp_path / "b"), **where))
    closed = tmp_path / "file"
    closed.write_text("")
    (tmp_path / "data").mkdir(exist_ok=True)
    assert not (tmp_path / "b").exists()
    answer = firegrid("restore", str(tmp_path / "nowhere"), **where)
    assert "nowhere" in one_sentence(answer)


def test_one_a_night_and_none_before_two(at_night, clock):
    clock.moment -= timedelta(minutes=1)
    assert not nightly.back_up_once_a_night()
    clock.forward(minutes=1)
    assert nightly.back_up_once_a_night()
    clock.forward(hours=3)
    assert not nightly.back_up_once_a_night()
    clock.forward(hours=21)
    assert nightly.back_up_once_a_night()
    assert len(files.names_in(at_night)) == 2


def test_a_night_that_failed_is_in_the_log_and_tried_again(at_night, clock, monkeypatch):
    monkeypatch.setattr(Child, "says", "磁盘满了")
    with capture_logs() as logs:
        assert not nightly.back_up_once_a_night()
    assert [(one["event"], one["said"]) for one in logs] == [("backup_failed", ["✗ 磁盘满了"])]
    monkeypatch.setattr(Child, "says", "")
    clock.forward(hours=1)
    assert nightly.back_up_once_a_night()


def test_without_a_folder_there_is_none(cast, clock, monkeypatch):
    clock.moment = clock.moment.replace(hour=18)
    monkeypatch.setattr(subprocess, "Popen", Child)
    assert not nightly.back_up_once_a_night()


def test_the_night_runs_the_command_itself(tmp_path, monkeypatch, clock):
    """The real process, on a database of the newest revision."""
    monkeypatch.setenv("FIREGRID_BACKUP_DIR", str(tmp_path / "backups"))
    settings.cache_clear()
    ready_database.migrate()
    clock.moment = clock.moment.replace(hour=18)
    assert nightly.back_up_once_a_night()
    (name,) = files.names_in(tmp_path / "backups")
    with gzip.open(files.records_file(tmp_path / "backups", name), "rt") as lines:
        assert ready_database.newest_revision() in next(lines)
