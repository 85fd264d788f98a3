"""The press: a room's template and card become a PDF, in a child process, one after another."""

import asyncio
import base64
import importlib.util
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from threading import Lock, Semaphore
from typing import Any, Literal

import structlog

from firegrid_app.printing.rules import cleaned
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import DEFAULT, HTML_LANG, catalogue

log = structlog.get_logger()

FONTS = ("cvttf_NotoSansCJK_Regular", "cvttf_NotoSansCJK_Bold")
"""Packages that bring Noto Sans CJK (SIL Open Font License 1.1): Han, Hangul, Latin."""
DEADLINE = 30
"""Seconds one paper may take; the largest measured takes two."""
PATIENCE = 20
"""Seconds somebody waits for the press before being told to come back."""
MOST_WAITING = 6
"""Each waits in a thread that serves other requests too: more would starve those."""
MOST_BYTES = 32 * 1024 * 1024
"""Of template, card and pictures together."""
_HERE = Path(__file__).parent

_press = Semaphore(1)
_line = Lock()
_waiting = 0


def pressed(
    room: str,
    template: str,
    card: Any,
    *,
    rooms: Sequence[str],
    languages: Sequence[str] = (DEFAULT,),
    pictures: Mapping[str, bytes] | None = None,
    to: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The PDF of `templates/<template>` beside the file `room`, as `pressed(__file__, …)`.

    `card` is a dataclass or dict, in the template `d`; its words are data there, never markup.
    `rooms` name the texts it says, in each of `languages`; `pictures` are SVG files by name, a
    photo inside one of them. Call it from a plain `def`: it waits. Refuses `printing.busy` and
    `printing.failed`.
    """
    _refuse_on_loop()
    files = {
        **{one.name: one.read_bytes() for one in _sources(room)},
        "data.json": _json(cleaned(asdict(card) if is_dataclass(card) else card)),  # type: ignore[arg-type]
        "texts.json": _json([_texts(language, rooms) for language in languages]),
        "languages.json": _json([_tag(language) for language in languages]),
        **(pictures or {}),
    }
    files["main.typ"] = files.pop(template)
    if sum(map(len, files.values())) > MOST_BYTES:
        raise Refused("printing.failed")
    with _turn():
        return _set(files, to)


def _set(files: Mapping[str, bytes], to: str) -> bytes:
    asked = {
        "files": {name: base64.b64encode(held).decode() for name, held in files.items()},
        "fonts": _font_folders(),
        "format": to,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_HERE / "setter.py")],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=DEADLINE,
            # One thread: a paper takes one core at most, and nothing secret goes along.
            env={"RAYON_NUM_THREADS": "1", "PATH": os.environ.get("PATH", "")},
        )
    except subprocess.TimeoutExpired:
        log.error("printing_too_long", seconds=DEADLINE)
        raise Refused("printing.failed") from None
    if done.returncode != 0 or not done.stdout:
        # What Typst says names the template's line and may quote a word of the card.
        told = done.stderr.decode(errors="replace").strip().splitlines()[:4]
        log.error("printing_failed", code=done.returncode, why=told)
        raise Refused("printing.failed")
    return done.stdout


@contextmanager
def _turn() -> Iterator[None]:
    """One at a time; refuses `printing.busy` when too many wait, or it takes too long."""
    global _waiting
    with _line:
        if _waiting >= MOST_WAITING:
            raise Refused("printing.busy", seconds=PATIENCE)
        _waiting += 1
    try:
        mine = _press.acquire(timeout=PATIENCE)
    finally:
        with _line:
            _waiting -= 1
    if not mine:
        raise Refused("printing.busy", seconds=PATIENCE)
    try:
        yield
    finally:
        _press.release()


def _refuse_on_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("pressed() waits for a process: call it from a plain def route")


def _sources(room: str) -> Iterator[Path]:
    yield _HERE / "paper.typ"
    yield from (Path(room).parent / "templates").glob("*.typ")


def _font_folders() -> list[str]:
    """Ours, and `fonts/` in the data folder: rare characters of names, from the office's own."""
    folders = [str(settings().data_dir.resolve() / "fonts")]
    for name in FONTS:
        found = importlib.util.find_spec(name)
        folders += found.submodule_search_locations or [] if found else []
    return folders


def _texts(language: str, rooms: Sequence[str]) -> dict[str, str]:
    return {
        key: unicodedata.normalize("NFC", text)
        for key, text in catalogue(language).items()
        if key.split(".", 1)[0] in rooms
    }


def _tag(language: str) -> dict[str, str]:
    """Which shapes the letters take: 骨 and 直 differ between here and Korea."""
    lang, _, region = HTML_LANG[language].lower().partition("-")
    return {"lang": lang, "region": region or {"ko": "kr", "en": "us"}.get(lang, "cn")}


def _json(held: Any) -> bytes:
    return json.dumps(held, ensure_ascii=False, default=str).encode()
