"""`firegrid` as people type it: help, one sentence when it stops, passwords."""

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from firegrid_app.access.passwords import password_matches
from firegrid_app.access.tables import AuditEntry, LoginSession, Person
from firegrid_app.cli.passwords import ask, set_password_of
from firegrid_app.database import reading
from firegrid_app.serving.words import Stop
from tests.cast import PASSWORD

NEW = "a-new-long-one-2026"


def firegrid(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FIREGRID_")}
    return subprocess.run(
        [sys.executable, "-m", "firegrid_app.cli", *arguments],
        env={**plain, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def one_sentence(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr
    (line,) = answer.stderr.strip().splitlines()
    return line


def test_help_names_every_command() -> None:
    said = firegrid("--help").stdout
    for command in ("run", "serve", "build", "migrate", "pilot", "set-password", "import"):
        assert command in said


def test_a_port_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    answer = firegrid("run", "--port", "abc", FIREGRID_DATA_DIR=str(tmp_path))
    assert "abc" in one_sentence(answer)


def test_a_taken_port_is_one_sentence_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        where = {"FIREGRID_DATA_DIR": str(tmp_path / "data"), "FIREGRID_HOST": "127.0.0.1"}
        answer = firegrid("run", "--port", port, **where)
    assert port in one_sentence(answer)
    assert not (tmp_path / "data").exists()


def test_a_bad_setting_is_one_sentence_that_names_it() -> None:
    assert "FIREGRID_TIMEZONE" in one_sentence(firegrid("migrate", FIREGRID_TIMEZONE="Mars"))


def test_production_without_https_does_not_start() -> None:
    assert "FIREGRID_PUBLIC_URL" in one_sentence(firegrid("serve", FIREGRID_MODE="production"))


def test_a_password_is_set_every_device_is_out_and_the_audit_knows(cast) -> None:
    set_password_of(cast.phones["member_a"], NEW)
    with reading() as session:
        person = session.exec(select(Person).where(Person.phone == cast.phones["member_a"])).one()
        assert password_matches(NEW, person.password_hash)
        mine = select(LoginSession).where(LoginSession.person_id == person.id)
        assert all(login.revoked_at for login in session.exec(mine))
        entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.action, entry.person_id) == ("password_set_on_server", None)


@pytest.mark.parametrize("phone", ["13999999999", "12", "nobody"])
def test_a_number_nobody_has_is_told(cast, phone: str) -> None:
    with pytest.raises(Stop) as stopped:
        set_password_of(phone, NEW)
    assert stopped.value.code == "unknown_person"


def test_a_weak_password_changes_nothing(cast) -> None:
    with pytest.raises(Stop) as stopped:
        set_password_of(cast.phones["member_a"], "12345678")
    assert stopped.value.code == "weak_password"
    with reading() as session:
        person = session.exec(select(Person).where(Person.phone == cast.phones["member_a"])).one()
        assert password_matches(PASSWORD, person.password_hash)


def test_two_passwords_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([NEW, NEW + "x"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(Stop):
        ask(from_stdin=False)


def test_a_password_can_come_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(NEW + "\n"))
    assert ask(from_stdin=True) == NEW
