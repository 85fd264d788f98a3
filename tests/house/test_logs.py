"""What is logged in production names no values of people (privacy E.5)."""

import errno
import io
import json

import pytest
import structlog

from firegrid_app.serving.logs import set_up_logs
from firegrid_app.settings import settings


@pytest.fixture
def _own_logs():
    kept = structlog.get_config()
    yield
    structlog.configure(**kept)


@pytest.mark.usefixtures("_own_logs")
def test_a_traceback_in_production_shows_no_local_values(monkeypatch, capsys):
    monkeypatch.setenv("FIREGRID_MODE", "production")
    monkeypatch.setenv("FIREGRID_PUBLIC_URL", "https://firegrid.example.cn")
    settings.cache_clear()
    set_up_logs()
    password = "-".join(["very", "secret", "word"])
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        structlog.get_logger().error("request_failed", exc_info=error)
    line = capsys.readouterr().err
    assert json.loads(line)["event"] == "request_failed"
    assert "ZeroDivisionError" in line
    assert password not in line


@pytest.mark.usefixtures("_own_logs")
def test_a_log_that_cannot_be_written_breaks_nothing(monkeypatch):
    """The log lies on the disk that is full: whoever waits for an answer still gets it."""

    class Full(io.StringIO):
        def write(self, words):
            raise OSError(errno.ENOSPC, "no space left on device")

        def flush(self):
            self.write("")

    monkeypatch.setattr("sys.stderr", Full())
    set_up_logs()
    structlog.get_logger().error("request_failed")
