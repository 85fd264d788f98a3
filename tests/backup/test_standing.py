"""A nightly backup that failed: noted, told to who answers for it, forgotten once it is mended."""

from datetime import timedelta

import pytest

from firegrid_app import clock as clocks
from firegrid_app.backup import files, standing
from firegrid_app.database import reading
from firegrid_app.desk.cards import BackupFault, DeskAsk
from firegrid_app.desk.view import desk_view
from firegrid_app.messages.waiting import counts_of
from firegrid_app.serving import nightly
from firegrid_app.serving.words import code_of, sentence
from firegrid_app.settings import settings
from tests.backup.night import Child


def on_the_desk(cast, who):
    with reading() as session:
        return desk_view(session, cast.actor(who), DeskAsk(), clocks.now()).backup


def in_the_digest(cast, who):
    with reading() as session:
        return counts_of(session, cast.actor(who), clocks.now()).backup


def test_the_county_reads_since_when_and_why_until_it_is_mended(cast, at_night, clock, monkeypatch):
    assert nightly.back_up_once_a_night()
    clock.forward(hours=24)
    monkeypatch.setattr(Child, "says", sentence("disk_filled_up"))
    assert not nightly.back_up_once_a_night()
    clock.forward(hours=1)
    monkeypatch.setattr(Child, "says", sentence("no_database", reason="connection refused"))
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
def test_the_reasons_are_those_of_the_command_line(code):
    gaps = {"path": "/mnt/x", "reason": "no route"}
    assert code_of("✗ " + sentence(code, **gaps)) == code
    assert code_of("Traceback (most recent call last)") == "other"
