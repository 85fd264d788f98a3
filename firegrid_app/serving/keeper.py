"""A thread that keeps the house: grids change, duties are made, hazards run after, reporters
forgotten, and at night all of it backed up."""

import threading

import structlog

from firegrid_app.serving import nightly, ready_database

EVERY = 3600.0
"""Seconds between two rounds."""
log = structlog.get_logger()


def start() -> threading.Thread:
    """Begin; the thread ends with the process."""
    thread = threading.Thread(target=_keep, name="keeper", daemon=True)
    thread.start()
    return thread


def _keep() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY):
        keep_once()


def keep_once() -> None:
    """One round. What fails is logged and tried again in the next: the server goes on."""
    for work in (
        ready_database.change_grids,
        ready_database.make_duties,
        ready_database.run_after_hazards,
        ready_database.forget_reporters,
        nightly.back_up_once_a_night,
    ):
        try:
            work()
        except Exception as error:
            log.error("keeper_failed", work=work.__name__, error=type(error).__name__)
