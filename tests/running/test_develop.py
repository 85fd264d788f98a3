"""`make dev` changes two files that Reflex writes: both still look as we expect."""

import pytest
from reflex_base.compiler.templates import vite_config_template

from firegrid_app.pwa.plugin import same_origin
from firegrid_app.serving.dev_plugin import PASSED_ON, always_own_origin, with_proxy


def test_vite_passes_our_routes_on() -> None:
    config = vite_config_template(
        base="/", hmr=True, force_full_reload=False, experimental_hmr=False, sourcemap=False
    )
    changed = with_proxy(config, "http://127.0.0.1:8001")
    assert changed.count('"target": "http://127.0.0.1:8001"') == len(PASSED_ON)
    assert changed.index("server: {") < changed.index("proxy: {") < changed.index("preview: {")


def test_the_socket_asks_the_page_s_own_address() -> None:
    built = same_origin("const endpoint = new URL(url_str);")
    assert "import.meta.env.PROD" in built
    assert "import.meta.env.PROD" not in always_own_origin(built)


def test_another_reflex_is_noticed() -> None:
    with pytest.raises(RuntimeError):
        with_proxy("export default {}", "")
    with pytest.raises(RuntimeError):
        always_own_origin("")
