"""Whatever goes wrong over HTTP has one shape, in the caller's language, and no traceback."""

import re

import pytest
from fastapi import APIRouter
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from firegrid_app.access.origin import guard_origin
from firegrid_app.api import make_api
from firegrid_app.refusals import Refused

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_FRAMEWORK = re.compile(r"Not Found|Method Not Allowed|Field required|Internal|Input should")

broken = APIRouter()


@broken.get("/api/test/broken")
def _broken():
    secret = "kept-secret"
    raise ZeroDivisionError(secret)


@broken.get("/api/test/busy")
def _busy():
    raise OperationalError("select 1", {}, Exception("database is locked"))


@broken.get("/api/test/refused")
def _refused():
    raise Refused("access.slow_down", seconds=31)


@broken.get("/api/test/number")
def _number(number: int):
    return number


@pytest.fixture(scope="module")
def api():
    made = make_api()
    made.include_router(broken)
    return made


@pytest.fixture
def ask(api):
    client = TestClient(guard_origin(api), raise_server_exceptions=False)

    def asked(method, path, language="zh-CN", **options):
        return client.request(method, path, headers={"Accept-Language": language}, **options)

    return asked


WRONG = {
    "no such route": ("GET", "/api/nowhere", {}, 404, "not_found"),
    "a route with another method": ("PATCH", "/api/session", {}, 405, "method_not_allowed"),
    "no body": ("POST", "/api/session", {}, 422, "invalid"),
    "a body that is no JSON": ("POST", "/api/session", {"content": b"{"}, 422, "invalid"),
    "a body of another kind": ("POST", "/api/session", {"data": {"phone": "1"}}, 422, "invalid"),
    "a parameter of another kind": ("GET", "/api/test/number?number=x", {}, 422, "invalid"),
    "a refusal": ("GET", "/api/test/refused", {}, 429, "access.slow_down"),
    "a fault of ours": ("GET", "/api/test/broken", {}, 500, "server_error"),
    "a busy database": ("GET", "/api/test/busy", {}, 503, "busy"),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", WRONG)
def test_one_shape_in_both_languages(ask, name, language):
    method, path, options, status, code = WRONG[name]
    answer = ask(method, path, language, **options)
    assert answer.status_code == status
    body = answer.json()
    assert body["code"] == code
    assert set(body) - {"fields"} == {"code", "message", "details"}
    assert bool(CHINESE.search(body["message"])) is (language == "zh-CN")
    assert not ENGLISH_FRAMEWORK.search(answer.text)
    assert "Traceback" not in answer.text
    assert "kept-secret" not in answer.text


def test_wrong_fields_are_named_by_kind(ask):
    answer = ask("POST", "/api/session", json={"phone": 1, "more": True})
    assert answer.json()["fields"] == {
        "phone": "string_type",
        "password": "missing",
        "more": "extra_forbidden",
    }


def test_when_to_try_again_is_in_the_header_too(ask):
    answer = ask("GET", "/api/test/refused")
    assert answer.headers["retry-after"] == "31"
    assert answer.json()["details"] == {"seconds": "31"}


def test_a_fault_is_logged_with_its_path(ask):
    with capture_logs() as logs:
        ask("GET", "/api/test/broken")
    (line,) = logs
    assert (line["event"], line["path"], line["error"]) == (
        "request_failed",
        "/api/test/broken",
        "ZeroDivisionError",
    )


def test_a_refusal_is_no_fault_and_not_logged(ask):
    with capture_logs() as logs:
        ask("GET", "/api/test/refused")
        ask("GET", "/api/nowhere")
    assert logs == []
