"""Builds the pages with Reflex when their sources changed; a stamp remembers for which sources."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reflex_base import constants

from firegrid_app.serving.machine import ROOT, means_no_network, means_no_space, need_disk
from firegrid_app.serving.steps import Step, run_tool
from firegrid_app.serving.words import Stop

WEB = ROOT / ".web"
BUILT = WEB / "build" / "client"
STAMP = WEB / "firegrid.stamp"
STATE_JS = "utils/state.js"
LOCKS = ROOT / "reflex.lock"
ROOM_NEEDED = 1_000_000_000
NPM_HINT = "npm config set registry …"
_SOURCES = ("firegrid_app", "assets", "reflex.lock", "rxconfig.py", "requirements.txt")
_NOT_SOURCES = {"__pycache__", "pilot", "cli", "serving", "importing", "external", "bun.lock"}
"""Nothing of these reaches a page. `assets/external` is links that the build itself makes."""


def _files(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        start = root / name
        if start.is_file():
            yield start
            continue
        for folder, folders, files in os.walk(start):
            folders[:] = sorted(set(folders) - _NOT_SOURCES)
            yield from (Path(folder, file) for file in sorted(set(files) - _NOT_SOURCES))


def fingerprint(root: Path = ROOT) -> str:
    """Changes when any file changes that a page is made of."""
    digest = hashlib.sha256()
    for file in _files(root):
        if file.suffix != ".pyc":
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_built() -> bool:
    """Are there finished pages, of whatever age?"""
    return STAMP.exists() and (BUILT / "index.html").exists()


def is_current() -> bool:
    """Are the finished pages made of the sources as they are now?"""
    return is_built() and STAMP.read_text() == fingerprint()


def forget() -> None:
    """Before `.web` is changed: the next run builds again.

    Reflex writes its state.js only once; ours must not meet one that an older patch has changed.
    """
    STAMP.unlink(missing_ok=True)
    ours = WEB / STATE_JS
    if ours.exists():
        shutil.copyfile(constants.Templates.Dirs.WEB_TEMPLATE / STATE_JS, ours)


def tool_environment() -> dict[str, str]:
    """The environment of Reflex and npm: Node from our own environment, and no setting of this
    server, so that a build depends on its sources alone."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("FIREGRID_")
    }
    tools = Path(sys.executable).parent
    return environment | {
        "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "NO_COLOR": "1",
        "REFLEX_USE_NPM": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        # The lock goes into the repository: it must not carry the address of anyone's mirror.
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
        # npm waits for up to a minute between its tries; nobody watches that long.
        "npm_config_fetch_retry_mintimeout": "1000",
        "npm_config_fetch_retry_maxtimeout": "10000",
    }


def build(*, force: bool = False, update_lock: bool = False) -> bool:
    """Build the pages if needed; was anything built? npm's lock stays as committed unless asked."""
    if not force and not update_lock and is_current():
        return False
    need_disk(ROOT, ROOM_NEEDED)
    forget()
    sources = fingerprint()
    locks = {file: file.read_bytes() for file in LOCKS.iterdir() if file.suffix == ".json"}
    reflex = Path(sys.executable).parent / "reflex"
    try:
        with Step("构建页面 / Building the pages") as step:
            code, said = run_tool(
                step,
                [reflex, "export", "--frontend-only", "--no-zip"],
                cwd=ROOT,
                env=tool_environment(),
            )
            if code:
                raise _failure(said)
    finally:
        behind = not update_lock and _put_back(locks)
    if behind:
        print("! reflex.lock 已过时，请运行 make lock / reflex.lock is behind: run `make lock`.")
    STAMP.write_text(fingerprint() if update_lock else sources)
    return True


def _put_back(locks: dict[Path, bytes]) -> bool:
    """Undo what the build did to the lock; was it more than another order of the same?"""
    behind = False
    for file, committed in locks.items():
        if (made := file.read_bytes()) != committed:
            behind = behind or json.loads(made) != json.loads(committed)
            file.write_bytes(committed)
    return behind


def _failure(said: str) -> Stop:
    if means_no_space(said):
        return Stop("disk_filled_up")
    if means_no_network(said):
        return Stop("no_network", registry="npm", hint=NPM_HINT)
    with tempfile.NamedTemporaryFile(
        "w", prefix="firegrid-build-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(said)
    return Stop("build_failed", log=log.name)
