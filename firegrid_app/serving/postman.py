"""A thread that sends messages while the server runs; every worker has one, each takes its own."""

import threading

import structlog

from firegrid_app.messages.digest import make_digests
from firegrid_app.messages.sending import send_round

EVERY = 10.0
"""Seconds between two rounds: an urgent message waits no longer."""
log = structlog.get_logger()


def start() -> threading.Thread:
    """Begin; the thread ends with the process."""
    thread = threading.Thread(target=_work, name="postman", daemon=True)
    thread.start()
    return thread


def _work() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        work_once()


def work_once() -> None:
    """One round. What fails is logged and tried again in the next: the server goes on."""
    for step in (make_digests, send_all):
        try:
            step()
        except Exception as error:
            log.error("postman_failed", step=step.__name__, error=type(error).__name__)


def send_all() -> None:
    """Send until nothing is due."""
    while send_round():
        pass
