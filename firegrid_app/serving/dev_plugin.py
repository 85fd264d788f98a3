"""For `make dev`: Vite passes what is no page to the backend, so that all is one origin here too.

Cookies, the origin guard and the service worker then behave as they do in production.
"""

import json
from typing import Any

from reflex.plugins import Plugin

_SERVER = "  server: {\n"
PASSED_ON = ("/api", "/g", "/_event", "/_upload", "/ping", "/_health")


def with_proxy(vite_config: str, backend: str) -> str:
    """Vite's configuration with our routes passed on to `backend`."""
    if _SERVER not in vite_config:
        raise RuntimeError("Reflex's vite.config.js has changed: look at serving/dev_plugin.py")
    rules = {f"^{path}(/|$|\\?)": {"target": backend, "ws": True} for path in PASSED_ON}
    return vite_config.replace(_SERVER, f"{_SERVER}    proxy: {json.dumps(rules)},\n", 1)


class OneOriginPlugin(Plugin):
    """In rxconfig.py only when `firegrid dev` runs."""

    def __init__(self, backend: str) -> None:
        self._backend = backend

    def pre_compile(self, **context: Any) -> None:
        """Change the file, which Reflex writes anew at every compile."""
        context["add_modify_task"]("vite.config.js", lambda text: with_proxy(text, self._backend))
