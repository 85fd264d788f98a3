"""Chromium as a weak phone: throttled, its wire weighed, its first answer to a tap timed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser import FLAGS, find_chromium  # scripts/, as the tests do
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench.rig.machine import CannotMeasure

PHONE: dict[str, Any] = {
    "viewport": {"width": 393, "height": 727},
    "device_scale_factor": 2.75,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "geolocation": {"latitude": 29.3574, "longitude": 105.9165, "accuracy": 12},
    "permissions": ["geolocation"],
}
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}


def chromium_path() -> str:
    """The browser of this machine."""
    if found := find_chromium():
        return found
    raise CannotMeasure("no Chromium here (`make test` installs one)")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), headless=True, args=[*FLAGS]
        )
        yield browser
        browser.close()


@contextmanager
def chromium_profile(folder: Path, debugging_port: int) -> Iterator[BrowserContext]:
    """A phone with a profile of its own that Lighthouse can look into by a port."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium_path(),
            headless=True,
            args=[*FLAGS, f"--remote-debugging-port={debugging_port}"],
            **PHONE,
        )
        yield context
        context.close()


@dataclass
class Wire:
    """What the page itself fetched, in bytes on the wire (a worker's requests are not seen)."""

    answers: list[tuple[str, str, int]] = field(default_factory=list)
    """Address, kind as the browser calls it, size."""
    sockets: list[str] = field(default_factory=list)
    _asked: dict[str, tuple[str, str]] = field(default_factory=dict)

    def listen(self, cdp: CDPSession) -> None:
        """Count from now on."""
        cdp.on("Network.responseReceived", self._received)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.on("Network.webSocketCreated", lambda event: self.sockets.append(event["url"]))
        cdp.send("Network.enable")

    def _received(self, event: dict[str, Any]) -> None:
        self._asked[event["requestId"]] = (event["response"]["url"], event["type"])

    def _finished(self, event: dict[str, Any]) -> None:
        if asked := self._asked.get(event["requestId"]):
            self.answers.append((*asked, int(event["encodedDataLength"])))

    @property
    def code(self) -> int:
        """JavaScript and CSS."""
        return sum(size for _, kind, size in self.answers if kind in ("Script", "Stylesheet"))

    @property
    def total(self) -> int:
        """Everything but the browser's own wish for an icon."""
        return sum(size for url, _, size in self.answers if not url.endswith("/favicon.ico"))

    def of(self, *parts: str) -> int:
        """What came from addresses with one of these in them."""
        return sum(size for url, _, size in self.answers if any(part in url for part in parts))


def throttle(page: Page, times: float) -> CDPSession:
    """A processor so many times slower; gives the session it lives by."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})
    return cdp


_TAPPING = """(([tap, answer]) => {
  const seen = (window.__tapping = { shown: 0, usable: 0, taps: 0 });
  let last = -1000;
  const look = () => {
    const now = performance.now();
    const place = document.querySelector(tap);
    if (place && !seen.shown) seen.shown = now;
    if (document.querySelector(answer)) {
      seen.usable = now;
      return;
    }
    if (place && now - last > 100) {
      last = now;
      seen.taps += 1;
      place.click();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
"""Taps like an impatient thumb, ten times a second, until the page shows that it has understood."""


def tap_until_answered(page: Page, url: str, tap: str, answer: str) -> dict[str, float]:
    """Open the page; milliseconds from the start until there was something to tap (`shown`), and
    until a tap was answered (`usable`): `answer` is a selector that matches only then."""
    page.add_init_script(f"{_TAPPING}({[tap, answer]!r})")
    page.goto(url, wait_until="commit")
    return wait_for_value(page, "window.__tapping?.usable ? window.__tapping : null", 90)


def wait_for_value(page: Page, expression: str, seconds: float = 30) -> Any:
    """Poll until the expression gives something; asking seldom, so that it costs little."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := page.evaluate(expression):
            return found
        # Playwright's own wait also handles what the page reports meanwhile.
        page.wait_for_timeout(200)
    raise CannotMeasure(f"never true in {seconds:.0f} s: {expression[:80]}")
