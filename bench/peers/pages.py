"""Serves a folder of plain pages, compressed as ours are: the floors that need no framework."""

import mimetypes
import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(os.environ["BENCH_PAGES"])


async def page(request: Request) -> Response:
    """One file. Starlette's own StaticFiles hands files to granian, past the compression."""
    file = FOLDER / (request.path_params.get("name", "index.html"))
    if file.parent != FOLDER or not file.is_file():
        return Response(status_code=404)
    return Response(file.read_bytes(), media_type=mimetypes.guess_type(file.name)[0])


app = Starlette(
    routes=[Route("/{name}", page), Route("/", page, name="index")],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
)
