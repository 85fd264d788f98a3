"""The HTTP side: FastAPI with every room's routes, and one shape for every refusal."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from firegrid_app.access.api import router as access_router
from firegrid_app.access.origin import guard_origin, is_foreign
from firegrid_app.access.session import language_of
from firegrid_app.alerts.api import router as alerts_router
from firegrid_app.boards.api import router as boards_router
from firegrid_app.campaigns.api import pages as campaigns_pages
from firegrid_app.campaigns.api import router as campaigns_router
from firegrid_app.city.api import router as city_router
from firegrid_app.duties.api import router as duties_router
from firegrid_app.exposure.api import router as exposure_router
from firegrid_app.grids.api import router as grids_router
from firegrid_app.handover.api import router as handover_router
from firegrid_app.hazards.api import router as hazards_router
from firegrid_app.hotline.api import router as hotline_router
from firegrid_app.households.api import router as households_router
from firegrid_app.importing.api import router as importing_router
from firegrid_app.maps.api import router as maps_router
from firegrid_app.meetings.api import router as meetings_router
from firegrid_app.messages.api import router as messages_router
from firegrid_app.photos.api import router as photos_router
from firegrid_app.places.api import router as places_router
from firegrid_app.points.api import router as points_router
from firegrid_app.posting.api import router as posting_router
from firegrid_app.refusals import Refused
from firegrid_app.residents.api import router as residents_router
from firegrid_app.rewards.api import router as rewards_router
from firegrid_app.roads.api import router as roads_router
from firegrid_app.rota.api import pages as rota_pages
from firegrid_app.rota.api import router as rota_router
from firegrid_app.shouts.api import pages as shouts_pages
from firegrid_app.shouts.api import router as shouts_router
from firegrid_app.sync.api import hand_in
from firegrid_app.sync.api import router as sync_router
from firegrid_app.texts import refusal, told
from firegrid_app.training.api import router as training_router
from firegrid_app.wayfinding.api import router as wayfinding_router
from firegrid_app.worklog.api import router as worklog_router

log = structlog.get_logger()


def answer_refused(request: Request, refused: Refused) -> JSONResponse:
    """`{code, message, details}` in the caller's language, with the code's status."""
    headers = {}
    if "seconds" in refused.details:
        headers["Retry-After"] = str(refused.details["seconds"])
    language = language_of(request)
    return JSONResponse(
        {
            "code": refused.code,
            "message": refusal(refused.code, language, **refused.details),
            "details": {key: str(value) for key, value in told(refused.details, language).items()},
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


_SHORT_WAY = ("POST", "/api/sync")
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
    # The route's own path: what stands in its gaps may be somebody's secret link.
    path = getattr(request.scope.get("route"), "path", "?")
    log.error("request_failed", path=path, error=type(error).__name__, exc_info=error)
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
    for router in (
        sync_router,
        photos_router,
        access_router,
        handover_router,
        maps_router,
        grids_router,
        boards_router,
        points_router,
        posting_router,
        places_router,
        hazards_router,
        duties_router,
        rota_router,
        importing_router,
        rota_pages,
        meetings_router,
        campaigns_router,
        campaigns_pages,
        training_router,
        messages_router,
        alerts_router,
        shouts_router,
        shouts_pages,
        residents_router,
        rewards_router,
        roads_router,
        city_router,
        hotline_router,
        households_router,
        exposure_router,
        wayfinding_router,
        worklog_router,
    ):
        api.include_router(router)
    api.add_exception_handler(Refused, answer_refused)  # type: ignore[arg-type]
    api.add_exception_handler(RequestValidationError, answer_invalid)  # type: ignore[arg-type]
    api.add_exception_handler(HTTPException, answer_http)  # type: ignore[arg-type]
    api.add_exception_handler(Exception, answer_broken)
    return api


def front(app: ASGIApp) -> ASGIApp:
    """What stands before the API and Reflex."""
    return guard_origin(app)


def short_way(app: ASGIApp) -> ASGIApp:
    """Hand records in past the framework: its layers cost more than the records themselves.

    It is the same route with the same answers (docs/decisions/2026-11-22-one-writer.md). Who comes
    from another site goes the long way, past the guard.
    """

    async def passed(scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or (scope["method"], scope["path"]) != _SHORT_WAY
            or is_foreign(Headers(scope=scope))
        ):
            await app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await hand_in(request)
        except Refused as refused:
            answer = answer_refused(request, refused)
        except Exception as error:
            answer = answer_broken(request, error)
        await answer(scope, receive, send)

    return passed
