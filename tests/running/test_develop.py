"""`make dev` changes a file that Reflex writes: it still looks as we expect."""

from pathlib import Path

import pytest
import reflex_base
from reflex_base.compiler.templates import vite_config_template

from firegrid_app.pwa.plugin import our_state_js
from firegrid_app.serving.dev_plugin import PASSED_ON, with_proxy


def test_vite_passes_our_routes_on() -> None:
    config = vite_config_template(
        base="/", hmr=True, force_full_reload=False, experimental_hmr=False, sourcemap=False
    )
    changed = with_proxy(config, "http://127.0.0.1:8001")
    assert changed.count('"target": "http://127.0.0.1:8001"') == len(PASSED_ON)
    assert changed.index("server: {") < changed.index("proxy: {") < changed.index("preview: {")


STATE_JS = Path(reflex_base.__file__).parent / ".templates/web/utils/state.js"


def test_reflex_s_own_banner_speaks_our_languages() -> None:
    assert "A new version of this app" not in our_state_js(STATE_JS.read_text(encoding="utf-8"))


def test_a_phone_s_page_of_the_version_before_is_neither_reloaded_nor_covered() -> None:
    built = our_state_js(STATE_JS.read_text(encoding="utf-8"))
    begin = built.index("const handleStateMismatch")
    handler = built[begin : built.index("reloadForNewVersion()", begin)]
    assert 'if (!document.querySelector(".fg-bar-desk")) return;' in handler
    assert built.count("handleStateMismatch = (info)") == 1


def test_a_second_build_in_place_finds_the_change_made() -> None:
    once = our_state_js(STATE_JS.read_text(encoding="utf-8"))
    assert our_state_js(once) == once


def test_the_socket_asks_the_page_s_own_address() -> None:
    built = our_state_js(STATE_JS.read_text(encoding="utf-8"))
    assert "endpoint.host = window.location.host" in built
    assert "import.meta.env.PROD" not in built


def test_another_reflex_is_noticed() -> None:
    with pytest.raises(RuntimeError):
        our_state_js("const endpoint = new URL(url_str);")
    with pytest.raises(RuntimeError):
        with_proxy("export default {}", "")
