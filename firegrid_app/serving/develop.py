"""`make dev`: Reflex's own development server, reloading on every change, on one address."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from firegrid_app.serving import pages, ready_database
from firegrid_app.serving.machine import ROOT, need_port
from firegrid_app.settings import settings

BACKEND = "FIREGRID_DEV_BACKEND"
"""Where rxconfig.py finds the address that Vite is to pass our routes on to."""


def develop() -> NoReturn:
    """Migrate, fill an empty database, then Reflex in development mode; pages at our port."""
    chosen = settings()
    backend_port = chosen.port + 1
    need_port(chosen.host, chosen.port)
    need_port("127.0.0.1", backend_port)
    ready_database.migrate()
    ready_database.load_pilot_if_empty()
    pages.forget()
    given = {name: value for name, value in os.environ.items() if name.startswith("FIREGRID_")}
    environment = pages.tool_environment() | given
    environment[BACKEND] = f"http://127.0.0.1:{backend_port}"
    reflex = str(Path(sys.executable).parent / "reflex")
    command = [reflex, "run", "--frontend-port", str(chosen.port)]
    command += ["--backend-port", str(backend_port), "--backend-host", "127.0.0.1"]
    os.chdir(ROOT)
    os.execve(reflex, command, environment)
