"""The browser of the journeys: what this machine has, else Playwright's own, else Debian's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from services import Missing, say

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Else every new window starts a process for the address bar's pop-ups, a second of work each.
    # A later list replaces Playwright's own, so what matters of that is in ours.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,PaintHolding,ThirdPartyStoragePartitioning,MediaRouter,"
    "OptimizationHints,NetworkTimeServiceQuerying,DestroyProfileOnBrowserClose",
)
"""How tests and measurements start Chromium."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def playwrights_chromium() -> str | None:
    """Where Playwright keeps its own Chromium, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str | None:
    """A Chromium on this machine."""
    named = os.environ.get("FIREGRID_TEST_CHROMIUM")
    if named:
        return named
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    return playwrights_chromium()


def chromium() -> str:
    """A Chromium, installed if need be: Playwright's own, else Debian's."""
    if found := find_chromium():
        return found
    say("没有 Chromium，正在安装 / No Chromium here: installing Playwright's own")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := playwrights_chromium():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("正在用 apt 安装 / Playwright's cannot be had: installing Debian's package")
        install_debian("chromium", "fonts-noto-cjk")
        if found := find_chromium():
            return found
    raise Missing("没有 Chromium，也装不上 / no Chromium, and none could be installed")


def install_debian(*packages: str) -> None:
    """Install Debian packages; only root can."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
