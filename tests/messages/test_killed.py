"""Kill -9 between sending and writing: the message goes once more, and never a third time."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.messages.rules import LEASE
from firegrid_app.messages.tables import Message
from tests.factories import NOW
from tests.messages.test_outbox import put

WORK = """
import sys
from datetime import datetime, timedelta
from firegrid_app import clock
moment = datetime.fromisoformat(sys.argv[1])
clock.now = lambda: moment
from firegrid_app.serving import postman
print("working", flush=True)
postman.send_all()
"""


def worker(moment):
    return subprocess.Popen(
        [sys.executable, "-c", WORK, moment.isoformat()],
        env={**os.environ},
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("line", ["wecom", "gateway"])
def test_it_doubles_once_and_a_gateway_can_tell(cast, use, providers, line):
    use(line)
    put(cast, channel="sms" if line == "gateway" else line)
    # The provider has it, and our process dies before it hears so.
    killed = []

    def kill_the_sender(handler):
        killed[0].send_signal(signal.SIGKILL)
        killed[0].wait()

    providers.next.append(kill_the_sender)
    killed.append(worker(NOW))
    assert killed[0].wait(60) == -signal.SIGKILL
    ends = time.monotonic() + 10
    while len(providers.got) < 1 and time.monotonic() < ends:
        time.sleep(0.01)
    with reading() as session:
        row = session.exec(select(Message)).one()
        assert (row.sent_at, row.tries, row.next_try_at) == (None, 1, NOW + LEASE)
    # Another worker, at once: it is in somebody's hands. After the lease: it goes.
    for moment, requests in ((NOW, 1), (NOW + LEASE, 2), (NOW + 2 * LEASE, 2)):
        assert worker(moment).wait(60) == 0
        assert len(providers.got) == requests
    with reading() as session:
        row = session.exec(select(Message)).one()
        assert (row.sent_at, row.tries, row.next_try_at) == (NOW + LEASE, 2, None)
        key = row.key
    keys = {got.headers.get("idempotency-key") for got in providers.got}
    assert keys == ({key} if line == "gateway" else {None})
