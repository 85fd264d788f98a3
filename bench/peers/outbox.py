"""The peers of M1: a page with workbox's queue or a plain outbox, and the server they send to.

The server is bare Starlette + sqlite3: it keeps twice what is sent twice.
"""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bench.peers.starlette_sqlite import routes

HERE = Path(__file__).parent
MODULES = Path(os.environ["BENCH_NODE_MODULES"])
FILES = {
    "": HERE / "outbox.html",
    "outbox-worker.js": HERE / "outbox-worker.js",
    **{
        f"workbox-{part}.prod.js": MODULES / f"workbox-{part}/build/workbox-{part}.prod.js"
        for part in ("core", "background-sync")
    },
}


async def file(request: Request) -> Response:
    """The page, its worker, and workbox as it is published."""
    found = FILES.get(request.path_params.get("name", ""))
    return FileResponse(found) if found else Response(status_code=404)


app = Starlette(routes=[*routes, Route("/", file), Route("/{name}", file)])
