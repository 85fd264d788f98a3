"""A backup put back, on the database it came from or on the other kind, equal row by row."""

import gzip

import pytest
import sqlalchemy as sa

from firegrid_app import clock
from firegrid_app.backup import files
from firegrid_app.backup.lines import Broken, written
from firegrid_app.backup.making import make
from firegrid_app.backup.restoring import NotEmpty, restore
from firegrid_app.cli.trails import verify
from firegrid_app.database import engine, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.photos.store import fetch
from firegrid_app.tables import metadata
from tests.conftest import DATABASES
from tests.factories import announced, statuses
from tests.photos.pictures import camera_jpeg
from tests.photos.test_handing_in import hand_in, report_with
from tests.shouts import sounds
from tests.shouts.test_voices import VOICE, shout, voice

NOW_REVISION = "now"


def tables_as_today(connection: sa.Connection, revision: str) -> None:
    """In place of the migrations, which take their time and have a test of their own below."""
    if revision == NOW_REVISION:
        metadata.create_all(connection)
    connection.commit()


def rows() -> list[bytes]:
    """All there is, table by table."""
    with engine().execution_options(writes=False).connect() as connection:
        return list(written(connection, NOW_REVISION, clock.now()))


def back_up(folder, **changes):
    values = {"now": clock.now(), "revision": NOW_REVISION, "keep": 3} | changes
    return make(folder, **values)


@pytest.fixture
def backup(tmp_path, cast, door):
    """A folder with a backup of the cast and a hazard with its photo, what it came to, its rows."""
    photo = announced(camera_jpeg(6))
    report_with(door("member_a"), cast, photo)
    assert hand_in(door("member_a"), photo, camera_jpeg(6)).json()["status"] == "created"
    with transaction() as session:
        # A community that is younger than its grids: the parent comes behind its child.
        child = session.exec(sa.select(Grid).where(Grid.parent_id.is_not(None))).scalars().first()
        session.add(new := another(child))
        session.flush()
        child.parent_id = new.id
    folder = tmp_path / "backups"
    made = back_up(folder)
    return folder, made, rows()


@pytest.mark.parametrize("kind", DATABASES)
def test_all_rows_are_back_equal_on_either_database(backup, move_to, kind):
    folder, made, before = backup
    move_to(kind)
    found = restore(folder, made.name, upgrade=tables_as_today)
    assert rows() == before
    assert found.rows == made.rows == len([line for line in before if line.startswith(b"[")])
    assert verify(lambda _: None)


@pytest.mark.parametrize("kind", DATABASES)
def test_work_goes_on_with_numbers_of_its_own(backup, move_to, kind):
    folder, made, _ = backup
    move_to(kind)
    restore(folder, made.name, upgrade=tables_as_today)
    with transaction() as session:
        ids = session.exec(sa.select(Grid.id)).scalars().all()
        session.add(new := another(session.get_one(Grid, ids[0]), code="998"))
        session.flush()
        assert new.id == max(ids) + 1


def test_photos_are_back_byte_for_byte(backup, move_to, session):
    folder, made, _ = backup
    there = {key: bytes(files.photos_in(folder).get(key).bytes()) for key in photos(folder, made)}
    assert len(there) == made.photos == made.copied == 3
    move_to("sqlite")
    found = restore(folder, made.name, upgrade=tables_as_today)
    assert (found.photos, found.missing) == (3, 0)
    for key, data in there.items():
        digest, size = key.split("/")[1].split(".")[0].split("-")
        assert fetch(digest, size) == data


@pytest.mark.parametrize("kind", DATABASES)
def test_recordings_are_back_and_are_heard(tmp_path, cast, door, move_to, kind):
    """A member's own voice with a shout, and a script as somebody of the street spoke it."""
    mine, script = voice(), sounds.spoken(3)
    member, head = door("member_a"), door("head_a")
    assert statuses(member, shout(cast, mine)) == ["created"]
    assert hand_in(member, mine, VOICE).json()["status"] == "created"
    made_script = sounds.hand_in(head, script, grid=cast.codes["a"]).json()["id"]
    made = back_up(tmp_path / "backups")
    move_to(kind)
    found = restore(tmp_path / "backups", made.name, upgrade=tables_as_today)
    assert (found.photos, found.missing) == (2, 0)
    assert member.get(f"/api/photos/{mine['id']}/sound").content == VOICE
    assert member.get(f"/api/recordings/{made_script}").content == script


def another(grid, code="999"):
    """A grid like this one."""
    fresh = {"code": code, "name": "新", "path": f"{grid.path}{code}/"}
    return Grid(**grid.model_dump(exclude={"id"}) | fresh)


def photos(folder, made):
    return [key for key, _ in files.read_photos(files.photos_file(folder, made.name))]


def test_a_photo_that_left_the_folder_is_counted_and_the_rest_comes(backup, move_to):
    folder, made, before = backup
    files.photos_in(folder).delete(photos(folder, made)[0])
    move_to("sqlite")
    found = restore(folder, made.name, upgrade=tables_as_today)
    assert (found.photos, found.missing) == (2, 1)
    assert rows() == before


def test_a_database_with_tables_is_left_alone(backup):
    folder, made, before = backup
    with pytest.raises(NotEmpty):
        restore(folder, made.name, upgrade=tables_as_today)
    assert rows() == before


def cut(lines):
    return lines[:-1]


def shorter(lines):
    return [line for line in lines if b'"13800000001"' not in line]


def foreign(lines):
    return [b'{"hello": 1}\n', *lines[1:]]


def garbled(lines):
    return [*lines[:5], b"[1, 2\n", *lines[5:]]


@pytest.mark.parametrize("spoil", [cut, shorter, foreign, garbled])
@pytest.mark.parametrize("kind", DATABASES)
def test_a_spoilt_backup_leaves_the_database_empty(backup, move_to, kind, spoil):
    folder, made, _ = backup
    file = files.records_file(folder, made.name)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(spoil(lines))))
    move_to(kind)
    with pytest.raises(Broken):
        restore(folder, made.name, upgrade=tables_as_today)
    assert sa.inspect(engine()).get_table_names() == []


def test_a_file_cut_in_the_middle_leaves_the_database_empty(backup, move_to):
    folder, made, _ = backup
    file = files.records_file(folder, made.name)
    file.write_bytes(file.read_bytes()[:-200])
    move_to("sqlite")
    with pytest.raises(Broken):
        restore(folder, made.name, upgrade=tables_as_today)
    assert sa.inspect(engine()).get_table_names() == []


def test_a_killed_restore_leaves_no_half_database(backup, move_to, monkeypatch):
    """What is not whole has another name: a server that starts finds an empty database."""
    folder, made, before = backup
    move_to("sqlite")
    target = engine().url.database

    def killed(connection, revision):
        tables_as_today(connection, revision)
        if revision == "head":
            with sa.create_engine(f"sqlite:///{target}").connect() as other:
                assert sa.inspect(other).get_table_names() == []
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(folder, made.name, upgrade=killed)
    restore(folder, made.name, upgrade=tables_as_today)
    assert rows() == before
