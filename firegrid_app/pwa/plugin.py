"""The Reflex plugin: brings phone code and texts into the build, writes the precache list."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin
from reflex.utils import prerequisites

from firegrid_app.checklists.shipped import as_module as checklists
from firegrid_app.maps.code import ASSETS
from firegrid_app.places.letter_words import as_module as letter
from firegrid_app.pwa.background import write_background
from firegrid_app.texts import BROUGHT_ROOMS, DEFAULT, LANGUAGES, brought_with, page_catalogue, say

CODE = tuple(Path(__file__).parent.parent / room for room in ("phone", "ui"))
"""Folders whose JavaScript goes beside the compiled pages, under its folder's name."""
PHONE_CODE = (".js", ".jsx")
NPM = ("idb@8.0.4", "@noble/ciphers@2.4.0", "@noble/hashes@2.4.0", "qr@0.7.0")
"""What the phone code stands on: IndexedDB with promises; sealing and SHA-256, since plain http
has no crypto of the browser's own; a reader of QR codes where the browser has none."""

_BUILT_ADDRESS = "const endpoint = new URL(url_str);"
_OWN_ADDRESS = """const endpoint = new URL(url_str);
  if (typeof window !== "undefined") {
    // One build for every address: the server that served this page is the server to talk to.
    // (In development Vite passes it on: serving/dev_plugin.py.)
    const secure = window.location.protocol === "https:";
    endpoint.protocol = endpoint.protocol.startsWith("ws")
      ? (secure ? "wss:" : "ws:")
      : window.location.protocol;
    endpoint.host = window.location.host;
    if (!window.location.port) endpoint.port = "";
    return endpoint;
  }"""

DESK_PAGES = (
    "desk/",
    "people/",
    "take-in/",
    "walks/",
    "points/",
    "households/",
    "campaigns/",
    "404/",
)
"""Pages that live from the server: an old copy of one would talk to a new server's state."""

_ONE_LANGUAGE = re.compile(r"/assets/texts\.(?:\w+\.)?(" + "|".join(LANGUAGES[1:]) + r")-")
"""Addresses of the modules below: a phone keeps those of the language it reads."""

NOT_PRECACHED = (".map", ".gz", ".br", ".zst", ".jsx")


_TEXTS = (
    ('"A new version of this app is available."', "ui.new_version"),
    ('"Reload"', "ui.reload"),
)
"""Reflex's own words in state.js, and ours for them, in every language: it knows no catalogue."""


_BRINGS = """import chinese from "./{name}.zh_CN.js";
import {{ bring }} from "./texts.js";
bring(chinese, {{ {others} }});
"""


_AT_MISMATCH = "const handleStateMismatch = (info) => {\n"
_AT_THE_DESK_ONLY = _AT_MISMATCH + '  if (!document.querySelector(".fg-bar-desk")) return;\n'
"""Phone pages hold no state, and the worker keeps them until somebody presses "update".

Reflex would reload the same old page in the middle of a form, then lay its banner over our button.
"""


def our_state_js(state_js: str) -> str:
    """Reflex's state.js: the page's own address for the socket, our words, phone pages in peace."""
    changes = {_BUILT_ADDRESS: _OWN_ADDRESS, _AT_MISMATCH: _AT_THE_DESK_ONLY}
    for english, key in _TEXTS:
        every = " / ".join(dict.fromkeys(say(key, language) for language in LANGUAGES))
        changes[english] = json.dumps(every, ensure_ascii=False)
    for old, new in changes.items():
        if new in state_js:
            # A build in place finds what the build before it wrote.
            continue
        if old not in state_js:
            raise RuntimeError(f"Reflex's state.js has changed, look at pwa/plugin.py: {old}")
        state_js = state_js.replace(old, new)
    return state_js


def text_modules() -> Iterator[tuple[Path, str]]:
    """The catalogues as modules: `texts.en.js` for every phone, `texts.desk.js` for who says them.

    Importing `texts.<room>.js` is all a page does to have that room's texts, in any language.
    """
    for room in ("", *sorted(BROUGHT_ROOMS)):
        name = f"texts.{room}" if room else "texts"
        for language in LANGUAGES:
            texts = {k: v for k, v in page_catalogue(language).items() if brought_with(k) == room}
            module = f"export default {json.dumps(texts, ensure_ascii=False)};\n"
            yield Path("phone") / f"{name}.{language}.js", module
        if room:
            others = ", ".join(
                f'{one}: () => import("./{name}.{one}.js")' for one in LANGUAGES if one != DEFAULT
            )
            yield Path("phone") / f"{name}.js", _BRINGS.format(name=name, others=others)


SHARED = {"datum.js": "datumOf", "road-lines.js": "linesOf, straightRun"}
"""Scripts of the desk's maps that the phone's use too, with what they are asked for."""


def shared_module(name: str) -> str:
    """One of `SHARED` as a module."""
    script = (ASSETS / name).read_text(encoding="utf-8")
    names = SHARED[name]
    return f"const window = {{}};\n{script}\nexport const {{ {names} }} = window.fireGrid;\n"


class FireGridPlugin(Plugin):
    """Hooks FireGrid into Reflex's build."""

    def get_frontend_dependencies(self, **context: Any) -> list[str]:
        """The npm packages of the phone code, exact versions."""
        return list(NPM)

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The phone code and the catalogues, as modules beside the compiled pages."""
        files: list[tuple[Path, str | bytes]] = [
            (file.relative_to(folder.parent), file.read_text(encoding="utf-8"))
            for folder in CODE
            for file in sorted(folder.rglob("*"))
            if file.suffix in PHONE_CODE and ".test." not in file.name
        ]
        files.append((Path("phone") / "patrols" / "checklists.js", checklists()))
        files.append((Path("phone") / "places" / "letter_words.js", letter()))
        files += [(Path("phone") / "maps" / name, shared_module(name)) for name in SHARED]
        return [*files, *text_modules()]

    def pre_compile(self, **context: Any) -> None:
        """Let the socket find its server by the page's own address, and speak our languages."""
        context["add_modify_task"]("utils/state.js", our_state_js)

    def post_build(self, **context: Any) -> None:
        """Make the worker's own script, and the list of files the build really made to keep."""
        write_background(prerequisites.get_web_dir(), context["static_dir"])
        write_precache(context["static_dir"])


def precache_list(static_dir: Path) -> dict[str, str]:
    """Address to content hash of every file a phone needs to open without network."""
    kept: dict[str, str] = {}
    for file in sorted(static_dir.rglob("*")):
        name = file.relative_to(static_dir).as_posix()
        if not file.is_file() or file.suffix in NOT_PRECACHED or not _is_needed(name):
            continue
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        address = "/" + name.removesuffix("index.html")
        kept[address] = digest
    return kept


def _is_needed(name: str) -> bool:
    if name.startswith(DESK_PAGES):
        return False
    return (
        name.startswith(("assets/", "icons/", "fonts/"))
        or name.endswith("/index.html")
        or name in ("index.html", "manifest.webmanifest", "firegrid.css", "offline.html")
    )


_MARKS = ("/*PRECACHE*/{}", "/*LANGUAGES*/{}")


def write_precache(static_dir: Path) -> None:
    """Put the list into the service worker, so that a new build is a new worker."""
    worker = static_dir / "sw.js"
    text = worker.read_text(encoding="utf-8")
    for mark, listed in zip(_MARKS, by_language(precache_list(static_dir)), strict=True):
        if mark not in text:
            raise RuntimeError(f"assets/sw.js has no place for the precache list: {mark}")
        text = text.replace(mark, json.dumps(listed, separators=(",", ":")))
    worker.write_text(text, encoding="utf-8")


def by_language(kept: dict[str, str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The list without, and language by language with what is in one language alone.

    Raises RuntimeError where a language has no files: the build then names them otherwise, and
    every phone would load all.
    """
    languages: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES[1:]}
    for address, digest in kept.items():
        if found := _ONE_LANGUAGE.match(address):
            languages[found[1]][address] = digest
    if empty := [language for language, files in languages.items() if not files]:
        raise RuntimeError(f"no files of {empty} in the build, look at pwa/plugin.py")
    spoken = {address for files in languages.values() for address in files}
    return {one: kept[one] for one in kept if one not in spoken}, languages
