"""A nightly backup that failed: noted, told to who answers for it, forgotten once it is mended."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from firegrid_app import clock as clocks
from firegrid_app.backup import files, standing
from firegrid_app.database import reading
from firegrid_app.desk.cards import BackupFault, DeskAsk
from firegrid_app.desk.view import desk_view
from firegrid_app.messages.waiting import counts_of
from firegrid_app.serving import nightly
from firegrid_app.serving.words import Stop, code_of
from firegrid_app.settings import settings
from tests.backup.night import Child
from tests.house.code import ROOT


def stopped_by(monkeypatch, stop):
    """Tonight's process ends so."""
    monkeypatch.setattr(Child, "says", str(stop))
    monkeypatch.setattr(Child, "status", stop.status)


def on_the_desk(cast, who):
    with reading() as session:
        return desk_view(session, cast.actor(who), DeskAsk(), clocks.now()).backup


def in_the_digest(cast, who):
    with reading() as session:
        return counts_of(session, cast.actor(who), clocks.now()).backup


def test_the_county_reads_since_when_and_why_until_it_is_mended(cast, at_night, clock, monkeypatch):
    assert nightly.back_up_once_a_night()
    clock.forward(hours=24)
    stopped_by(monkeypatch, Stop("disk_filled_up"))
    assert not nightly.back_up_once_a_night()
    clock.forward(hours=1)
    stopped_by(monkeypatch, Stop("no_database", reason="connection refused"))
    assert not nightly.back_up_once_a_night()
    told = on_the_desk(cast, "administrator")
    assert (told.why, told.since.day, told.since.time) == ("no_database", "today", "02:00")
    assert (told.last.day, told.last.time) == ("yesterday", "02:00")
    assert in_the_digest(cast, "administrator") == 1
    for who in ("officer", "secretary", "head_a", "member_a"):
        assert on_the_desk(cast, who) == BackupFault()
        assert in_the_digest(cast, who) == 0
    monkeypatch.setattr(Child, "says", "")
    clock.forward(hours=1)
    assert nightly.back_up_once_a_night()
    assert on_the_desk(cast, "administrator") == BackupFault()
    assert in_the_digest(cast, "administrator") == 0


def test_one_made_by_hand_mends_it_too(cast, at_night, clock, monkeypatch):
    monkeypatch.setattr(Child, "says", "something nobody has seen before")
    assert not nightly.back_up_once_a_night()
    told = on_the_desk(cast, "administrator")
    assert (told.why, told.last.day) == ("other", "never")
    files.records_file(at_night, files.name_of(clocks.now())).write_bytes(b"")
    assert not nightly.back_up_once_a_night()
    assert on_the_desk(cast, "administrator") == BackupFault()


def test_a_folder_that_cannot_be_made_is_told(cast, at_night):
    at_night.write_text("in the way")
    assert not nightly.back_up_once_a_night()
    assert on_the_desk(cast, "administrator").why == "backup_folder_closed"


def test_nothing_is_told_where_no_backups_are_made_or_a_note_is_spoilt(
    cast, at_night, clock, monkeypatch
):
    standing.note_failure("no_database", None, clocks.now() - timedelta(days=3))
    assert standing.failing() is not None
    for spoilt in ("", "[]", "{}", '{"since": 3}', '{"since": "x", "last": "", "why": ""}'):
        (settings().data_dir / "backup-failed.json").write_text(spoilt)
        assert standing.failing() is None, spoilt
    standing.note_failure("no_database", None, clocks.now())
    monkeypatch.delenv("FIREGRID_BACKUP_DIR")
    settings.cache_clear()
    assert standing.failing() is None


@pytest.mark.parametrize("code", [one for one in standing.REASONS if one != "other"])
def test_the_command_line_tells_the_reasons_by_its_exit_status(code):
    stop = Stop(code, path="/mnt/x", reason="no route")
    assert code_of(stop.status) == code
    assert f"- {stop.status}: " in (ROOT / "docs/backup.md").read_text("utf-8")
    # Any other reason, a fault of the program, a wrong argument, killed.
    assert {code_of(status) for status in (1, 2, -9, 137)} == {"other"}


def test_the_real_command_ends_with_that_status(tmp_path):
    (tmp_path / "in-the-way").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "firegrid_app.cli", "backup", str(tmp_path / "in-the-way")],
        env={**os.environ, "FIREGRID_DATA_DIR": str(tmp_path), "FIREGRID_DATABASE_URL": ""},
        capture_output=True,
        check=False,
    )
    assert code_of(done.returncode) == "not_migrated", done.stderr
