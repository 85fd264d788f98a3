"""What the staying process is started with, and imports before it forks its workers."""

import os
import subprocess
import sys

import pytest

from firegrid_app.serving import companion, launch

LOADED = """
import os, threading
from firegrid_app.serving import asgi
asgi.load()
from firegrid_app.database import engine
sockets = [fd for fd in os.listdir("/proc/self/fd")
           if os.path.exists(f"/proc/self/fd/{fd}")
           and os.readlink(f"/proc/self/fd/{fd}").startswith("socket:")]
print(threading.active_count(), engine.cache_info().currsize, len(sockets))
"""


def test_nothing_is_loaded_that_a_fork_would_break() -> None:
    """Threads do not survive a fork, and a connection in two processes is heard by both."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.split() == ["1", "0", "0"]


@pytest.mark.parametrize(("set_by_hand", "taken"), [(None, "2"), ("7", "7")])
def test_the_server_keeps_few_pools_of_memory(monkeypatch, set_by_hand, taken) -> None:
    """glibc reads it when a program starts; who looks after the machine may say otherwise."""
    monkeypatch.setenv("MALLOC_ARENA_MAX", "to be put back")
    del os.environ["MALLOC_ARENA_MAX"]
    if set_by_hand:
        monkeypatch.setenv("MALLOC_ARENA_MAX", set_by_hand)
    monkeypatch.setattr(companion, "start", lambda _: None)
    monkeypatch.setattr(launch, "_greeting", lambda *_: None)
    seen = []
    monkeypatch.setattr(os, "execv", lambda *_: seen.append(os.environ["MALLOC_ARENA_MAX"]))
    launch._serve()
    assert seen == [taken]
