"""A phone whose browser can be killed with -9 at any moment; its profile outlives it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from bench.rig.browser import FLAGS, PHONE, chromium_path
from bench.rig.processes import children_of


class Mortal:
    """One phone; `page` is that of the browser which lives now."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self._profile = profile
        self._cookies: list[Any] = []
        self.deaths = 0
        self._open()

    def _open(self) -> None:
        self.context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            self._profile, executable_path=chromium_path(), headless=True, args=[*FLAGS], **PHONE
        )
        self.context.set_default_timeout(30_000)
        self.context.add_cookies(self._cookies)
        self.page: Page = self.context.pages[0]

    def remember_cookies(self) -> None:
        """Chromium writes cookies half a minute late: those of now come back after a death."""
        self._cookies = list(self.context.cookies())

    def die_and_return(self) -> None:
        """What Android does to a browser it wants the memory of; then the person opens it again."""
        for pid in self._browser():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        self.deaths += 1
        # The dead browser's mark of who uses the profile.
        for lock in self._profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self._open()

    def _browser(self) -> list[int]:
        mark = f"--user-data-dir={self._profile}".encode()
        for entry in os.listdir("/proc"):
            with suppress(OSError):
                words = Path(f"/proc/{entry}/cmdline").read_bytes().split(b"\0")
                if (
                    entry.isdigit()
                    and mark in words
                    and not any(word.startswith(b"--type=") for word in words)
                ):
                    return [int(entry), *children_of(int(entry))]
        raise ProcessLookupError("the browser is not there to be killed")


@contextmanager
def mortal_phone(profile: Path) -> Iterator[Mortal]:
    """A phone with a profile of its own."""
    with sync_playwright() as playwright:
        phone = Mortal(playwright, profile)
        try:
            yield phone
        finally:
            with suppress(Error):
                phone.context.close()
