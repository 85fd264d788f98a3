"""The service worker's own script: made by the build, named in the worker, of the phone's code."""

import re
import shutil
from pathlib import Path

import pytest

from firegrid_app.pwa.background import ENTRY, MARK, SCRIPT, write_background
from firegrid_app.pwa.plugin import CODE

WEB = Path(__file__).parents[2] / ".web"
WORKER = Path(__file__).parents[2] / "assets" / "sw.js"
NEEDS_BUILD = pytest.mark.skipif(
    not (WEB / "node_modules" / "rolldown").exists(),
    reason="no build of the pages (firegrid build)",
)


def copied_web(tmp_path: Path, extra: str = "") -> Path:
    """Reflex's folder as the build sees it: the phone code of today, the libraries of the build."""
    web = tmp_path / "web"
    shutil.copytree(CODE[0], web / "phone")
    with (web / ENTRY).open("a", encoding="utf-8") as entry:
        entry.write(extra)
    (web / "node_modules").symlink_to(WEB / "node_modules")
    return web


def built(tmp_path: Path, name: str, extra: str = "") -> tuple[str, str]:
    """The script and the service worker of a build into a folder of this name."""
    static_dir = tmp_path / name
    static_dir.mkdir()
    (static_dir / "sw.js").write_text(WORKER.read_text(encoding="utf-8"), encoding="utf-8")
    write_background(copied_web(tmp_path / f"{name}-web", extra), static_dir)
    script = (static_dir / SCRIPT).read_text(encoding="utf-8")
    return script, (static_dir / "sw.js").read_text(encoding="utf-8")


@NEEDS_BUILD
def test_the_script_is_one_classic_script_and_the_worker_knows_its_address(tmp_path: Path) -> None:
    script, worker = built(tmp_path, "static")
    assert "drainOutbox" in script
    assert "/api/sync" in script
    # No module syntax, and nothing fetched later: a worker could not import it then.
    assert not re.search(r"\bimport\s*[({\"'*]|\bexport\s*[{*]", script)
    # Neither the cipher nor a page's things: it is read anew whenever the worker wakes.
    assert "document." not in script
    assert len(script) < 25_000
    assert re.search(rf'const BACKGROUND = "/{SCRIPT}\?[0-9a-f]{{16}}";', worker)
    assert MARK not in worker


@NEEDS_BUILD
def test_another_script_is_another_worker(tmp_path: Path) -> None:
    _, one = built(tmp_path, "one")
    _, same = built(tmp_path, "same")
    _, other = built(tmp_path, "other", "self.changed = true;\n")
    assert one == same
    assert one != other


@NEEDS_BUILD
def test_a_build_that_cannot_make_it_fails_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not_there"):
        built(tmp_path, "static", 'import "./not_there.js";\n')


def test_a_missing_bundler_is_told(tmp_path: Path) -> None:
    (tmp_path / "sw.js").write_text(WORKER.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(RuntimeError, match="rolldown"):
        write_background(tmp_path / "empty", tmp_path)


def test_a_worker_without_a_place_for_the_address_is_told(tmp_path: Path) -> None:
    (tmp_path / "sw.js").write_text("// worker", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"sw\.js"):
        write_background(tmp_path, tmp_path)
