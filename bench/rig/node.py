"""Tools from npm (Lighthouse, axe-core) in the cache, by the Node of our own environment."""

import os
import subprocess
import sys
from pathlib import Path

from bench.rig.machine import CannotMeasure, cache, say

TOOLS = ("lighthouse@13.5.0", "axe-core@4.14.1")


def node_environment() -> dict[str, str]:
    """With our environment's Node and npm ahead of others."""
    bin_folder = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
        "npm_config_fetch_retry_maxtimeout": "10000",
    }


def tools() -> Path:
    """The `node_modules` with the tools in it. Raises when npm's registry is out of reach."""
    folder = cache() / "npm"
    done = folder / "installed"
    if done.exists() and done.read_text() == repr(TOOLS):
        return folder / "node_modules"
    folder.mkdir(exist_ok=True)
    say(f"npm: {' '.join(TOOLS)}")
    install = ["npm", "install", "--no-save", "--prefix", str(folder), *TOOLS]
    ended = subprocess.run(install, env=node_environment(), capture_output=True, text=True)
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["npm failed"])[-1]
        raise CannotMeasure(f"npm could not install {' '.join(TOOLS)}: {reason[:200]}")
    done.write_text(repr(TOOLS))
    return folder / "node_modules"
