"""Logs to standard error: lines for people in a pilot, JSON for machines in production."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

from firegrid_app.settings import settings


class _Forgiving:
    """A stream whose failures are nobody's: a log on a full disk must not cost anyone an answer."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        with suppress(OSError, ValueError):
            return self._stream.write(words)
        return len(words)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def set_up_logs() -> None:
    """Configure structlog once for this process."""
    level = logging.getLevelNamesMapping()[settings().log_level.upper()]
    machine = settings().mode == "production"
    # Never with local values: among them are phone numbers, passwords and places (privacy E.5).
    as_dict = structlog.processors.ExceptionRenderer(
        structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            as_dict if machine else structlog.dev.set_exc_info,
            structlog.processors.JSONRenderer()
            if machine
            else structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Forgiving(sys.stderr))),
        cache_logger_on_first_use=True,
    )
