"""The API's own description: complete, and true to the code."""

import pytest
from fastapi.routing import APIRoute

from firegrid_app.api import make_api


@pytest.fixture(scope="module")
def api():
    return make_api()


def routes(api):
    return [route for route in walk(api.routes) if isinstance(route, APIRoute)]


def walk(found):
    """Routes, those of included routers too."""
    for route in found:
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        if inner is None:
            yield route
        else:
            yield from walk(inner)


def test_it_is_built_and_served(api, make_client, database):
    assert make_client(None).get("/api/openapi.json").json()["info"]["title"] == "FireGrid"


def test_every_route_of_the_api_is_in_it_with_a_sentence(api):
    described = api.openapi()["paths"]
    for path, operations in described.items():
        for method, operation in operations.items():
            assert operation.get("description") or operation.get("summary"), (method, path)
    for path in ("/api/session", "/api/me", "/api/sessions", "/api/sessions/{session_id}",
                 "/api/invitation/look", "/api/invitation/accept", "/api/ping", "/api/sync",
                 "/api/pack", "/api/photos/{photo_id}", "/api/photos/{photo_id}/{size}",
                 "/api/map/grids", "/api/map/today"):  # fmt: skip
        assert path in described, path
