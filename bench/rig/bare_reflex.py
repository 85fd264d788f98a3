"""The peer: a Reflex app of one page and one button, as light as Reflex gets, or as it comes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from bench.rig.machine import CannotMeasure, bare_environment, cache, free_port, say
from bench.rig.node import node_environment
from bench.rig.processes import Server, served

Kind = Literal["light", "radix"]
_BUILT_FOR = "bench.invalid:1"
"""Stands in the build where the server's address will be."""
_CONFIG = """import reflex as rx
config = rx.Config(
    app_name="bare",
    plugins=[{plugins}],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_lazy_bundled_libraries=True,
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
"""
_PLUGINS = {"light": "", "radix": "rx.plugins.RadixThemesPlugin()"}
_BUTTON = {
    "light": 'rx.el.button("Tap", id="tap", on_click=State.tap)',
    "radix": 'rx.button("Tap", id="tap", on_click=State.tap)',
}
_PAGE = '''"""One page, one button, one number."""
import reflex as rx

class State(rx.State):
    taps: int = 0

    @rx.event
    def tap(self):
        self.taps += 1

def index():
    return rx.el.main(
        rx.el.h1("Bare"),
        {button},
        rx.cond(State.taps > 0, rx.el.p(State.taps, id="answered")),
    )

app = rx.App(html_lang="en")
app.add_page(index, route="/", title="Bare", description="Nothing but Reflex")
'''
TAP, ANSWER = "#tap", "#answered"


def _sources(kind: Kind) -> dict[str, str]:
    return {
        "rxconfig.py": _CONFIG.format(plugins=_PLUGINS[kind]),
        "bare/__init__.py": "",
        "bare/bare.py": _PAGE.format(button=_BUTTON[kind]),
    }


def build(kind: Kind) -> Path:
    """The app's folder with its pages built; from the cache if nothing changed."""
    folder = cache() / f"reflex-{kind}"
    stamp, wanted = folder / "built", repr((version("reflex"), _sources(kind)))
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    say(f"building a bare Reflex app ({kind})")
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in _sources(kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    environment = {
        **bare_environment(),
        **{k: v for k, v in node_environment().items() if k == "PATH" or k.startswith("npm_")},
        "REFLEX_USE_NPM": "1",
        "REFLEX_API_URL": f"http://{_BUILT_FOR}",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "NO_COLOR": "1",
    }
    reflex = Path(sys.executable).parent / "reflex"
    ended = subprocess.run(
        [reflex, "export", "--frontend-only", "--no-zip"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        raise CannotMeasure(f"bare Reflex could not be built: {ended.stdout[-500:]}")
    stamp.write_text(wanted)
    return folder


@contextmanager
def bare_reflex(kind: Kind, folder: Path, *, seen_at: int | None = None) -> Iterator[Server]:
    """The app served as ours is (granian, one worker). `seen_at` is the port browsers open."""
    built, here = build(kind), folder / f"reflex-{kind}"
    shutil.copytree(built, here, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
    port = free_port()
    _give_address(here / ".web" / "build" / "client", f"127.0.0.1:{seen_at or port}")
    environment = bare_environment(BENCH_BARE_REFLEX=str(here))
    environment["PYTHONPATH"] += f"{os.pathsep}{here}"
    command = [sys.executable, "-m", "bench.peers.bare_reflex", str(port)]
    with served(command, port, environment, folder) as server:
        yield server


def _give_address(pages: Path, address: str) -> None:
    named = 0
    for file in pages.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        if _BUILT_FOR in text:
            file.write_text(text.replace(_BUILT_FOR, address), encoding="utf-8")
            file.with_name(file.name + ".gz").unlink(missing_ok=True)
            named += 1
    if not named:
        raise CannotMeasure("the bare Reflex build names no server: look at bench/rig/bare_reflex")
