"""A finger on a phone: found by selector and words, timed until the page has answered."""

from typing import Any

from playwright.sync_api import Page

_TAP = """(async ([css, words, says]) => {
  const until = (look) => new Promise((ok) => {
    const see = () => {
      const found = look();
      if (found) ok(found);
      else requestAnimationFrame(see);
    };
    see();
  });
  const place = () => [...document.querySelectorAll(css)].find(
    (one) => !one.disabled && one.textContent.includes(words));
  const there = await until(place);
  // Nobody taps before the page has come to rest.
  await new Promise((ok) => setTimeout(ok, 300));
  const hit = () => {
    const { x, y, width, height } = there.getBoundingClientRect();
    return there.contains(document.elementFromPoint(x + width / 2, y + height / 2));
  };
  let swipes = 0;
  if (!hit()) {
    swipes = 1;
    there.scrollIntoView({ block: "center" });
    await new Promise((ok) => requestAnimationFrame(ok));
  }
  const covered = !hit();
  const begun = performance.now();
  there.click();
  await until(() => says.startsWith("!")
    ? document.querySelector(says.slice(1))
    : document.querySelector(".fg-toast")?.textContent.includes(says));
  return { swipes, covered, ms: performance.now() - begun };
})"""
"""One tap: found by selector and words, over when `says` stands in the toast (or, after `!`, when
that selector is there)."""


def tap(page: Page, css: str, words: str, says: str) -> dict[str, Any]:
    """Milliseconds until answered (`ms`), whether it cost a swipe, whether it was covered."""
    found: dict[str, Any] = page.evaluate(f"{_TAP}({[css, words, says]!r})")
    return found
