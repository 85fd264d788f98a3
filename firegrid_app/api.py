"""The HTTP side: FastAPI with every room's routes, and one shape for every refusal."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from firegrid_app.access.api import router as access_router
from firegrid_app.access.session import language_of
from firegrid_app.boards.api import router as boards_router
from firegrid_app.maps.api import router as maps_router
from firegrid_app.photos.api import router as photos_router
from firegrid_app.refusals import Refused
from firegrid_app.sync.api import router as sync_router
from firegrid_app.texts import refusal

log = structlog.get_logger()


def answer_refused(request: Request, refused: Refused) -> JSONResponse:
    """`{code, message, details}` in the caller's language, with the code's status."""
    headers = {}
    if "seconds" in refused.details:
        headers["Retry-After"] = str(refused.details["seconds"])
    return JSONResponse(
        {
            "code": refused.code,
            "message": refusal(refused.code, language_of(request), **refused.details),
            "details": {key: str(value) for key, value in refused.details.items()},
        },
        status_code=refused.status,
        headers=headers,
    )


def answer_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    """422 with the kind of each problem by field; never the framework's English sentence."""
    fields = {
        ".".join(str(part) for part in problem["loc"] if part != "body") or "body": problem["type"]
        for problem in error.errors()
    }
    return JSONResponse(
        {
            "code": "invalid",
            "message": refusal("invalid", language_of(request)),
            "details": {},
            "fields": fields,
        },
        status_code=422,
    )


_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "sync.too_many"}


def answer_http(request: Request, error: HTTPException) -> JSONResponse:
    """The framework's own refusals (no such route, wrong method) in the same shape."""
    code = _HTTP_CODES.get(error.status_code, "invalid")
    return JSONResponse(
        {"code": code, "message": refusal(code, language_of(request)), "details": {}},
        status_code=error.status_code,
    )


def answer_broken(request: Request, error: Exception) -> JSONResponse:
    """Anything unforeseen: logged here, a plain sentence there. A busy database may be retried."""
    code = "busy" if isinstance(error, OperationalError) else "server_error"
    log.error("request_failed", path=request.url.path, error=type(error).__name__, exc_info=error)
    return JSONResponse(
        {"code": code, "message": refusal(code, language_of(request)), "details": {}},
        status_code=503 if code == "busy" else 500,
    )


def make_api() -> FastAPI:
    """A new FastAPI app with all routes; Reflex is mounted behind it."""
    api = FastAPI(
        title="FireGrid",
        description="Community fire-safety grids: the routes phones and maps use.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    # Asked in this order for every request: the phone's door, asked most, comes first.
    for router in (sync_router, photos_router, access_router, maps_router, boards_router):
        api.include_router(router)
    api.add_exception_handler(Refused, answer_refused)  # type: ignore[arg-type]
    api.add_exception_handler(RequestValidationError, answer_invalid)  # type: ignore[arg-type]
    api.add_exception_handler(HTTPException, answer_http)  # type: ignore[arg-type]
    api.add_exception_handler(Exception, answer_broken)
    return api
