"""The one script with which the service worker sends what waits while no page is open.

The queue's rules stand in `phone/`, for pages and worker alike. A worker cannot import modules one
by one later on, so the build makes one classic script of `phone/sending/woken.js` and all it
imports.
"""

import hashlib
import json
import subprocess
from pathlib import Path

from reflex.utils import path_ops

ENTRY = Path("phone") / "sending" / "woken.js"
SCRIPT = "background.js"
MARK = '/*BACKGROUND*/""'
_BUNDLER = Path("node_modules") / "rolldown" / "bin" / "cli.mjs"
"""Comes with Vite, which builds the pages with it."""
_PATIENCE = 120


def write_background(web: Path, static_dir: Path) -> None:
    """Bundle the script into the build and put its address into the service worker.

    `web` is Reflex's folder with the phone code and `node_modules`. The hash in the address makes
    another script another worker. Raises RuntimeError if the bundler is gone or says no: a build
    without the script would send nothing in the background, and nobody would notice.
    """
    worker = static_dir / "sw.js"
    text = worker.read_text(encoding="utf-8")
    if MARK not in text:
        raise RuntimeError("assets/sw.js has no place for the address of the background script")
    script = static_dir / SCRIPT
    _bundle(web, script)
    digest = hashlib.sha256(script.read_bytes()).hexdigest()[:16]
    address = json.dumps(f"/{SCRIPT}?{digest}")
    worker.write_text(text.replace(MARK, address), encoding="utf-8")


def _bundle(web: Path, script: Path) -> None:
    node = path_ops.get_node_path()
    if node is None or not (web / _BUNDLER).is_file():
        raise RuntimeError(f"no {_BUNDLER} in the build, look at pwa/background.py")
    form = ("--format", "iife", "--platform", "browser", "--minify")
    done = subprocess.run(  # noqa: S603 - every argument is ours
        [str(node), str(_BUNDLER), str(ENTRY), *form, "--file", str(script.resolve())],
        cwd=web,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode or not script.is_file():
        raise RuntimeError(f"{ENTRY} could not be bundled:\n{done.stdout}{done.stderr}")
