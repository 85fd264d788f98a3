"""Pages are built when their sources changed, and a build that fails leaves no stamp."""

import json
from pathlib import Path

import pytest

from firegrid_app.serving import pages
from firegrid_app.serving.words import Stop

LOCK = '{"dependencies": {"react": "^19.0.0"}, "scripts": {}}'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in place of ours."""
    for name in ("firegrid_app/pilot", "firegrid_app/desk/__pycache__", "assets", "reflex.lock"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "firegrid_app" / "desk" / "page.py").write_text("page = 1")
    (tmp_path / "assets" / "sw.js").write_text("// worker")
    (tmp_path / "rxconfig.py").write_text("")
    (tmp_path / "requirements.txt").write_text("reflex==0.10.1")
    (tmp_path / "reflex.lock" / "package.json").write_text(LOCK)
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "LOCKS", tmp_path / "reflex.lock")
    monkeypatch.setattr(pages, "BUILT", tmp_path / ".web" / "build" / "client")
    monkeypatch.setattr(pages, "WEB", tmp_path / ".web")
    monkeypatch.setattr(pages, "STAMP", tmp_path / ".web" / "firegrid.stamp")
    monkeypatch.setattr(pages, "fingerprint", lambda given=pages.fingerprint: given(tmp_path))
    return tmp_path


@pytest.fixture
def reflex(project: Path, monkeypatch: pytest.MonkeyPatch):
    """Stands in for `reflex export`: how often it ran, and what it says."""

    class Reflex:
        runs = 0
        answer = (0, "")
        lock = LOCK

        def __call__(self, step, command, *, cwd, env):
            self.runs += 1
            self.env = env
            (project / "reflex.lock" / "package.json").write_text(self.lock)
            if self.answer[0] == 0:
                pages.BUILT.mkdir(parents=True, exist_ok=True)
                (pages.BUILT / "index.html").write_text("<!DOCTYPE html>")
            return self.answer

    stand_in = Reflex()
    monkeypatch.setattr(pages, "run_tool", stand_in)
    return stand_in


def test_unchanged_sources_are_built_once(reflex) -> None:
    assert pages.build()
    assert not pages.build()
    assert reflex.runs == 1


@pytest.mark.parametrize(
    "changed", ["firegrid_app/desk/page.py", "assets/sw.js", "rxconfig.py", "requirements.txt"]
)
def test_a_changed_source_is_built_again(reflex, project: Path, changed: str) -> None:
    pages.build()
    (project / changed).write_text("other")
    assert pages.build()


@pytest.mark.parametrize(
    "changed", ["firegrid_app/pilot/people.csv", "firegrid_app/desk/__pycache__/page.pyc"]
)
def test_what_reaches_no_page_builds_nothing(reflex, project: Path, changed: str) -> None:
    pages.build()
    (project / changed).write_text("other")
    assert not pages.build()


def test_a_build_that_failed_is_tried_again(reflex) -> None:
    pages.build()
    reflex.answer = (1, "Build failed with 1 error")
    with pytest.raises(Stop) as stopped:
        pages.build(force=True)
    assert stopped.value.code == "build_failed"
    assert not pages.is_built()
    reflex.answer = (0, "")
    assert pages.build()


@pytest.mark.parametrize(
    ("said", "code"),
    [("npm error code ENOTFOUND", "no_network"), ("ENOSPC: no space left", "disk_filled_up")],
)
def test_no_network_and_a_full_disk_are_told_apart(reflex, said: str, code: str) -> None:
    reflex.answer = (1, said)
    with pytest.raises(Stop) as stopped:
        pages.build()
    assert stopped.value.code == code


def test_a_build_does_not_depend_on_this_server_s_settings(
    reflex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIREGRID_DATABASE_URL", "postgresql://secret@h/x")
    pages.build()
    assert not [name for name in reflex.env if name.startswith("FIREGRID_")]


def test_npm_s_lock_stays_as_committed(
    reflex, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = {"scripts": {}, "dependencies": {"react": "^19.0.0"}}
    reflex.lock = json.dumps(turned)
    pages.build()
    assert (project / "reflex.lock" / "package.json").read_text() == LOCK
    assert "make lock" not in capsys.readouterr().out


def test_a_lock_that_is_behind_is_said_and_kept(
    reflex, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reflex.lock = '{"dependencies": {"react": "^20.0.0"}, "scripts": {}}'
    pages.build()
    assert (project / "reflex.lock" / "package.json").read_text() == LOCK
    assert "make lock" in capsys.readouterr().out


def test_make_lock_takes_the_new_lock(reflex, project: Path) -> None:
    pages.build()
    reflex.lock = '{"dependencies": {"react": "^20.0.0"}, "scripts": {}}'
    pages.build(update_lock=True)
    assert (project / "reflex.lock" / "package.json").read_text() == reflex.lock
    assert pages.is_current()
