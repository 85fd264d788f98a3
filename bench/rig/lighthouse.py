"""Lighthouse and axe-core, by npm's own packages."""

import json
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench.rig.machine import CannotMeasure
from bench.rig.node import node_environment, tools

_SECONDS = 120


@dataclass(frozen=True)
class Scores:
    """Of one page, mobile, of 100 each; the paint in ms; what took points."""

    performance: float
    accessibility: float
    largest_paint: float
    blocked: float
    lost: tuple[str, ...]


def lighthouse(url: str, debugging_port: int, folder: Path) -> Scores:
    """Lighthouse's mobile run in the Chromium that listens at this port.

    It clears that browser's caches and workers, not its cookies and records: somebody logged in
    stays so, and every run is a first load of the code.
    """
    target = folder / "lighthouse.json"
    target.unlink(missing_ok=True)
    command = ["node", tools() / "lighthouse" / "cli" / "index.js", url, "--quiet"]
    command += ["--output=json", f"--output-path={target}", f"--port={debugging_port}"]
    command += ["--only-categories=performance,accessibility"]
    try:
        ended = subprocess.run(
            command, env=node_environment(), capture_output=True, text=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise CannotMeasure(f"Lighthouse did not end at {url}") from None
    if ended.returncode or not target.exists():
        raise CannotMeasure(f"Lighthouse at {url}: {ended.stderr.strip()[-300:]}")
    report = json.loads(target.read_text())
    if error := report.get("runtimeError"):
        raise CannotMeasure(f"Lighthouse at {url}: {error.get('message', error)}")
    if report["finalDisplayedUrl"].rstrip("/") != url.rstrip("/"):
        raise CannotMeasure(f"{url} sent Lighthouse to {report['finalDisplayedUrl']}")
    return _scores(report)


def _scores(report: dict[str, Any]) -> Scores:
    audits, parts = report["audits"], report["categories"]
    lost = [
        f"{part['id']} {audit['score']:.2f}"
        for category in parts.values()
        for part in category["auditRefs"]
        if part["weight"] and (audit := audits[part["id"]])["score"] is not None
        if audit["score"] < 0.9
    ]
    return Scores(
        performance=100 * (parts["performance"]["score"] or 0),
        accessibility=100 * (parts["accessibility"]["score"] or 0),
        largest_paint=audits["largest-contentful-paint"].get("numericValue", 0),
        blocked=audits["total-blocking-time"].get("numericValue", 0),
        lost=tuple(lost),
    )


@dataclass(frozen=True)
class Violation:
    """One rule of axe broken on a page, in so many places."""

    rule: str
    impact: str
    places: tuple[str, ...]


@lru_cache(maxsize=1)
def _axe() -> str:
    return (tools() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[Violation]:
    """What axe-core finds on the open page, its frames included."""
    for frame in page.frames:
        frame.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        Violation(
            one["id"], one["impact"] or "", tuple(str(node["target"]) for node in one["nodes"][:5])
        )
        for one in found["violations"]
    ]
