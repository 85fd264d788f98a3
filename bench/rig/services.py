"""PostgreSQL and Redis of our own, to be killed and started again under load."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis
import services as found  # scripts/, as the tests do

from bench.rig.machine import CannotMeasure, free_port

_START_SECONDS = 30.0


@dataclass
class Service:
    """One server process of ours; it keeps its port and its data over its deaths."""

    command: list[str]
    url: str
    folder: Path
    user: str | None
    _process: "subprocess.Popen[bytes] | None" = field(default=None)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command, user=self.user, cwd=self.folder, stdout=log, stderr=log, env={}
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._answers():
                return
            time.sleep(0.02)
        raise CannotMeasure(f"{self.command[0]} does not start: see {self.folder}/service.log")

    def crash(self) -> None:
        """As by a power cut: no word to anybody. PostgreSQL's children go with it."""
        if self._process is None:
            return
        is_postgres = self.url.startswith("postgresql")
        self._process.send_signal(signal.SIGQUIT if is_postgres else signal.SIGKILL)
        self._process.wait(_START_SECONDS)
        self._process = None

    def _answers(self) -> bool:
        if self.url.startswith("postgresql"):
            with suppress(psycopg.Error), psycopg.connect(self.url, connect_timeout=2):
                return True
            return False
        with suppress(redis.RedisError), redis.Redis.from_url(self.url) as client:
            return bool(client.ping())
        return False


@contextmanager
def own_postgres(folder: Path) -> Iterator[Service]:
    """A durable PostgreSQL with the databases `firegrid` and `peer`."""
    try:
        binaries = found.postgres_binaries()
    except found.Missing as missing:
        raise CannotMeasure(str(missing)) from None
    user = found.other_user()
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)
        _let_through(folder)
    data, port = folder / "data", free_port()
    initdb = [binaries / "initdb", "-D", data, "-U", found.POSTGRES_USER, "-A", "trust"]
    initdb += ["-E", "UTF8", "--no-locale"]
    subprocess.run(initdb, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, env={})
    url = f"postgresql://{found.POSTGRES_USER}@127.0.0.1:{port}/postgres"
    command = [f"{binaries}/postgres", "-D", f"{data}", "-p", f"{port}", "-k", f"{folder}"]
    service = Service(command, url, folder, user)
    service.start()
    try:
        with psycopg.connect(url, autocommit=True) as admin:
            for name in ("firegrid", "peer"):
                admin.execute(f"create database {name}".encode())
        yield service
    finally:
        service.crash()


@contextmanager
def own_redis(folder: Path) -> Iterator[Service]:
    """A Redis that keeps nothing on disk."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if not binary:
        raise CannotMeasure("there is no redis-server here")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [binary, "--port", f"{port}", "--bind", "127.0.0.1", "--save", ""]
    service = Service(command, f"redis://127.0.0.1:{port}/0", folder, None)
    service.start()
    try:
        yield service
    finally:
        service.crash()


def _let_through(folder: Path) -> None:
    """The run's folder is ours alone; PostgreSQL's user has to get through it to its own."""
    for above in folder.parents:
        if above.stat().st_uid == os.getuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o111)
