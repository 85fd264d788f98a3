"""What the staying process imports before it forks its workers."""

import subprocess
import sys

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
