"""What comes from npm (Lighthouse, axe-core, a peer) in the cache, by our environment's Node."""

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


def tools(wanted: tuple[str, ...] = TOOLS) -> Path:
    """The `node_modules` with these packages. Raises when npm's registry is out of reach."""
    folder = cache() / f"npm-{wanted[0].partition('@')[0]}"
    done = folder / "installed"
    if done.exists() and done.read_text() == repr(wanted):
        return folder / "node_modules"
    folder.mkdir(exist_ok=True)
    say(f"npm: {' '.join(wanted)}")
    install = ["npm", "install", "--no-save", "--prefix", str(folder), *wanted]
    ended = subprocess.run(install, env=node_environment(), capture_output=True, text=True)
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["npm failed"])[-1]
        raise CannotMeasure(f"npm could not install {' '.join(wanted)}: {reason[:200]}")
    done.write_text(repr(wanted))
    return folder / "node_modules"
