"""Outboxes behind a faulty line: our page's, and on a small page workbox's and a plain one."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from playwright.sync_api import TimeoutError

from bench.rig.browser import wait_for_value
from bench.rig.databases import looking
from bench.rig.firegrid import MEMBER, Home, firegrid
from bench.rig.machine import bare_environment, free_port
from bench.rig.mortal import Mortal, mortal_phone
from bench.rig.node import tools
from bench.rig.phone import HAS_PACK, HAS_WORKER, log_in, report_shout
from bench.rig.processes import served
from firegrid_app.texts import say as text
from tests.journeys.faults import FaultyLine, faulty_line

WORKBOX_PACKAGES = ("workbox-background-sync@7.4.1", "workbox-core@7.4.1")


@dataclass
class Outbox:
    """A phone with an outbox: make report number so-and-so, send now, ask if any waits."""

    name: str
    line: FaultyLine
    phone: Mortal
    report: Callable[[int], None]
    send: Callable[[], None]
    is_empty: Callable[[], bool]
    there: Callable[[], list[int]]
    """The numbers of all reports in the database, each as often as it is there."""

    def die_and_return(self) -> None:
        """The browser is killed and opened again."""
        self.phone.die_and_return()


@contextmanager
def our_outbox(home: Home, folder: Path) -> Iterator[Outbox]:
    """The real page on the real server; a report is a shout that reached so many people."""
    with (
        firegrid(home) as server,
        faulty_line(server.port) as line,
        mortal_phone(folder / "our-phone") as phone,
    ):
        page = log_in(phone.context, line.url, MEMBER)
        wait_for_value(page, HAS_PACK)
        wait_for_value(page, HAS_WORKER)
        phone.remember_cookies()
        page.close()
        yield Outbox(
            "FireGrid",
            line,
            phone,
            report=lambda number: report_shout(phone.page, line.url, number),
            send=lambda: _press_send(phone, line.url),
            is_empty=lambda: _all_sent(phone, line.url),
            there=lambda: _shouts(home),
        )


def _press_send(phone: Mortal, url: str) -> None:
    _open_outbox(phone, url)
    button = phone.page.get_by_role("button", name=text("phone.send_now"))
    if button.count() and button.is_enabled():
        # A round may begin by itself before the press.
        with suppress(TimeoutError):
            button.click(timeout=1000)


def _all_sent(phone: Mortal, url: str) -> bool:
    _open_outbox(phone, url)
    return phone.page.get_by_text(text("phone.all_sent")).is_visible()


def _open_outbox(phone: Mortal, url: str) -> None:
    if phone.page.url != f"{url}/outbox":
        phone.page.goto(f"{url}/outbox")
    # Whatever it says, it has read its store once a list or an empty one is there.
    phone.page.locator(".fg-group, .fg-empty").first.wait_for()


def _shouts(home: Home) -> list[int]:
    return _numbers(home.database, "select people_reached from shout")


@contextmanager
def peer_outbox(name: str, kind: str, folder: Path) -> Iterator[Outbox]:
    """The page of peers, `workbox` or `plain`; a report is a check-in at point so-and-so."""
    port, database = free_port(), f"sqlite:///{folder}/{kind}.db"
    granian = [sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"]
    granian += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    environment = bare_environment(
        BENCH_DATABASE_URL=database, BENCH_NODE_MODULES=str(tools(WORKBOX_PACKAGES))
    )
    command = [*granian, "bench.peers.outbox:app"]
    with (
        served(command, port, environment, folder, answers=("/ping", b"pong")),
        faulty_line(port) as line,
        mortal_phone(folder / f"{kind}-phone") as phone,
    ):
        line.path = "/check-in"
        address = f"{line.url}/?{kind}"

        def ask(expression: str, number: int = 0) -> object:
            if phone.page.url != address:
                phone.page.goto(address)
            return phone.page.evaluate(f"(one) => outbox.{expression}", _check_in(number))

        def report(number: int) -> None:
            ask("report(one)", number)

        def send() -> None:
            # It may hang in a black hole: nobody waits for it.
            ask("send() && 0")

        yield Outbox(
            name,
            line,
            phone,
            report,
            send,
            is_empty=lambda: ask("waiting()") == 0,
            there=lambda: _numbers(database, "select check_point_id from check_in"),
        )


def _check_in(number: int) -> dict[str, object]:
    return {
        "record_id": str(UUID(int=number)),
        "person_id": 1,
        "grid": "500118003001001",
        "check_point_id": number,
        "captured_at": datetime.now(UTC).isoformat(),
        "lat": 29.35741,
        "lon": 105.91652,
        "note": "",
    }


def _numbers(database: str, query: str) -> list[int]:
    with looking(database) as connection:
        return [int(row[0]) for row in connection.execute(sa.text(query))]
