"""What a phone keeps to open without network: everything, but of the languages only its own."""

import json
import re
from pathlib import Path

import pytest

from firegrid_app.pwa.plugin import by_language, precache_list, write_precache
from firegrid_app.serving.pages import BUILT
from firegrid_app.texts import LANGUAGES

WORKER = Path(__file__).parents[2] / "assets" / "sw.js"
BASE = {"/assets/app-B1.js": "1", "/": "2", "/assets/texts.desk-H_-1.js": "3"}
ENGLISH = {"/assets/texts.en-C1.js": "4", "/assets/texts.desk.en-x-1.js": "5"}
KOREAN = {"/assets/texts.ko-C_1.js": "6", "/assets/texts.loop.ko-D1.js": "7"}


def test_each_language_has_its_own_list():
    kept, languages = by_language(BASE | KOREAN | ENGLISH)
    assert kept == BASE
    assert languages == {"en": ENGLISH, "ko": KOREAN}


def test_a_language_without_files_stops_the_build():
    with pytest.raises(RuntimeError, match="ko"):
        by_language(BASE | ENGLISH)


def test_a_worker_without_a_place_for_the_lists_is_told(tmp_path):
    for address in (*ENGLISH, *KOREAN):
        file = tmp_path / address.lstrip("/")
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    (tmp_path / "sw.js").write_text("// worker")
    with pytest.raises(RuntimeError, match=r"sw\.js"):
        write_precache(tmp_path)
    (tmp_path / "sw.js").write_text(WORKER.read_text(encoding="utf-8"))
    write_precache(tmp_path)
    listed = re.search(r"const LANGUAGES = (\{.*\});", (tmp_path / "sw.js").read_text())
    assert {one: set(files) for one, files in json.loads(listed[1]).items()} == {
        "en": set(ENGLISH), "ko": set(KOREAN),
    }  # fmt: skip


@pytest.mark.skipif(not BUILT.exists(), reason="no build of the pages (firegrid build)")
def test_the_build_keeps_the_languages_apart():
    _, languages = by_language(precache_list(BUILT))
    rooms = {
        one: {re.sub(rf"\.{one}-.*", "", address) for address in files}
        for one, files in languages.items()
    }
    assert set(rooms) == set(LANGUAGES[1:])
    assert len({frozenset(names) for names in rooms.values()}) == 1
