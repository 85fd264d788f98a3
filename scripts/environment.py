"""The virtual environment: made once, stamped at the very end, renewed when requirements change."""

import contextlib
import hashlib
import importlib.util
import shutil
import sys
import tempfile
from pathlib import Path

from firegrid_app.serving.machine import ROOT, means_no_network, means_no_space, need_disk
from firegrid_app.serving.steps import Step, run_tool
from firegrid_app.serving.words import Stop

VENV = ROOT / ".venv"
STAMP = "firegrid.stamp"
ROOM_NEEDED = 2_500_000_000
"""The environment, npm's packages and the built pages take 1.5 GB; a database needs room too."""
PROBE = "segno"
"""A small package of ours: fetching it tells whether pip's registry answers, mirrors and proxies
included."""
PIP_HINT = "pip config set global.index-url …"


def fingerprint(root: Path = ROOT) -> str:
    """Changes when the environment must be renewed: requirements, Python, or a moved folder."""
    digest = hashlib.sha256()
    for part in ("requirements.txt", "constraints.txt", "pyproject.toml"):
        digest.update((root / part).read_bytes())
    digest.update(f"{sys.version_info[:3]} {root}".encode())
    return digest.hexdigest()


def is_ready(venv: Path, wanted: str) -> bool:
    """Was this environment finished, and for these requirements?"""
    stamp = venv / STAMP
    with contextlib.suppress(OSError):
        return stamp.read_text() == wanted and (venv / "bin" / "firegrid").exists()
    return False


def need_venv_module() -> None:
    """Stop where Debian ships Python without venv."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Stop("no_venv")


def make(venv: Path = VENV, root: Path = ROOT, *, constrained: bool = True) -> None:
    """Make or renew the environment. An unfinished one is thrown away, ours or an older try's."""
    need_venv_module()
    need_disk(root, ROOM_NEEDED)
    fresh = not (venv / STAMP).exists()
    try:
        if fresh:
            shutil.rmtree(venv, ignore_errors=True)
            with Step("建立 Python 环境 / Making the Python environment") as step:
                code, said = run_tool(step, [sys.executable, "-m", "venv", venv], cwd=root)
                if code:
                    raise _failure(said)
        _reach_registry(venv, root)
        # From here on the old environment is neither old nor new until the stamp is back.
        (venv / STAMP).unlink(missing_ok=True)
        fresh = True
        _install(venv, root, constrained)
        (venv / STAMP).write_text(fingerprint(root))
    except BaseException:
        if fresh:
            shutil.rmtree(venv, ignore_errors=True)
        raise


def _pip(venv: Path, *arguments: str | Path) -> list[str | Path]:
    return [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", *arguments]


def _reach_registry(venv: Path, root: Path) -> None:
    pinned = next(
        line
        for line in (root / "requirements.txt").read_text().splitlines()
        if line.startswith(PROBE + "==")
    )
    with (
        Step("连接软件仓库 / Reaching the package registry") as step,
        tempfile.TemporaryDirectory() as folder,
    ):
        quick = ("--retries", "1", "--timeout", "15")
        command = _pip(venv, "download", "--no-deps", *quick, "--dest", folder, pinned)
        code, said = run_tool(step, command, cwd=root)
        if code:
            raise _failure(said)


def _install(venv: Path, root: Path, constrained: bool) -> None:
    with Step("安装依赖 / Installing the requirements") as step:
        quiet = ("--progress-bar", "off")
        pinned = ("-c", "constraints.txt") if constrained else ()
        command = _pip(venv, "install", *quiet, "-r", "requirements.txt", *pinned, "-e", ".")
        code, said = run_tool(step, command, cwd=root)
        if code:
            raise _failure(said)


def _failure(said: str) -> Stop:
    if means_no_space(said):
        return Stop("disk_filled_up")
    if means_no_network(said):
        return Stop("no_network", registry="Python (pip)", hint=PIP_HINT)
    with tempfile.NamedTemporaryFile(
        "w", prefix="firegrid-install-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(said)
    return Stop("install_failed", log=log.name)


def main() -> int:
    """Make sure the environment is there; exit code for the Makefile.

    With `--renew` (`make lock`) requirements.txt alone decides, since constraints.txt comes next.
    """
    renew = "--renew" in sys.argv
    try:
        if renew or not is_ready(VENV, fingerprint()):
            make(constrained=not renew)
    except Stop as stop:
        print(f"✗ {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno == 28:
            print(f"✗ {Stop('disk_filled_up')}", file=sys.stderr)
            return 1
        raise
    return 0
