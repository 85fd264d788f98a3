"""`make run` on a machine that lacks something: one sentence each, nothing half-made."""

import ast
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from firegrid_app.serving.words import Stop

PIP_WITHOUT_NETWORK = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError("
    '"<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new'
    " connection: [Errno -3] Temporary failure in name resolution\")'\n"
    "ERROR: Could not find a version that satisfies the requirement segno==1.6.6\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's folder with what the environment depends on."""
    (tmp_path / "requirements.txt").write_text("segno==1.6.6\n")
    (tmp_path / "constraints.txt").write_text("segno==1.6.6\n")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def tools(answers: dict[str, tuple[int, str]]):
    """Stands in for venv and pip: answers by the word found in the command."""

    def run_tool(step, command, *, cwd, env=None):
        words = [str(part) for part in command]
        if "venv" in words:
            (Path(words[-1]) / "bin").mkdir(parents=True)
            (Path(words[-1]) / "bin" / "firegrid").touch()
        for word, answer in answers.items():
            if word in words:
                return answer
        return 0, ""

    return run_tool


@pytest.mark.parametrize("version", [(3, 6, 8), (3, 10, 14), (2, 7, 18)])
def test_an_old_python_is_named_in_one_sentence(bootstrap: ModuleType, version) -> None:
    said = bootstrap.too_old(version)
    assert f"{version[0]}.{version[1]}" in said
    assert "3.11" in said
    assert "\n" not in said


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 3), (3, 13, 0), (4, 0, 0)])
def test_a_new_enough_python_is_not_mentioned(bootstrap: ModuleType, version) -> None:
    assert bootstrap.too_old(version) == ""


def test_bootstrap_can_be_read_by_a_python_of_2016(bootstrap: ModuleType) -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 6))


def test_a_python_without_venv_is_told_which_package_to_install(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stop, match="python3-venv"):
        environment.need_venv_module()


def test_a_full_disk_stops_before_anything_is_made(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(free=300_000_000)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(Stop, match="300 MB"):
        environment.make(folder / ".venv", folder)
    assert not (folder / ".venv").exists()


def test_without_network_no_environment_is_left(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run_tool", tools({"download": (1, PIP_WITHOUT_NETWORK)}))
    with pytest.raises(Stop) as stopped:
        environment.make(folder / ".venv", folder)
    assert stopped.value.code == "no_network"
    assert not (folder / ".venv").exists()


def test_without_network_a_finished_environment_of_older_requirements_stays(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run_tool", tools({}))
    environment.make(folder / ".venv", folder)
    (folder / "requirements.txt").write_text("segno==1.6.6\nrich==15.0.0\n")
    monkeypatch.setattr(environment, "run_tool", tools({"download": (1, PIP_WITHOUT_NETWORK)}))
    with pytest.raises(Stop):
        environment.make(folder / ".venv", folder)
    assert (folder / ".venv" / environment.STAMP).exists()


def test_a_disk_that_fills_up_on_the_way_leaves_nothing(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = (1, "ERROR: Could not install packages: [Errno 28] No space left on device\n")
    monkeypatch.setattr(environment, "run_tool", tools({"install": full}))
    with pytest.raises(Stop) as stopped:
        environment.make(folder / ".venv", folder)
    assert stopped.value.code == "disk_filled_up"
    assert not (folder / ".venv").exists()


def test_any_other_failure_of_pip_is_kept_in_a_file_that_is_named(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run_tool", tools({"install": (1, "something odd\n")}))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(Stop) as stopped:
        environment.make(folder / ".venv", folder)
    (log,) = folder.glob("firegrid-install-*.log")
    assert str(log) in str(stopped.value)
    assert log.read_text() == "something odd\n"


def test_stopping_by_hand_leaves_nothing(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tools({})

    def interrupted(step, command, *, cwd, env=None):
        if "install" in command:
            raise KeyboardInterrupt
        return plain(step, command, cwd=cwd, env=env)

    monkeypatch.setattr(environment, "run_tool", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.make(folder / ".venv", folder)
    assert not (folder / ".venv").exists()


def test_an_environment_counts_only_when_it_was_finished_for_these_requirements(
    environment: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = folder / ".venv"
    monkeypatch.setattr(environment, "run_tool", tools({}))
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "firegrid").touch()
    assert not environment.is_ready(venv, environment.fingerprint(folder))
    environment.make(venv, folder)
    assert environment.is_ready(venv, environment.fingerprint(folder))
    (folder / "requirements.txt").write_text("segno==1.6.7\n")
    assert not environment.is_ready(venv, environment.fingerprint(folder))


def test_a_newer_python_is_used_only_if_it_runs(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.13", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.newer_python() == str(tmp_path / "python3.12")
    (tmp_path / "python3.12").unlink()
    assert bootstrap.newer_python() is None
