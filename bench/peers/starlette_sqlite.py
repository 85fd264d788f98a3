"""The upper floor of M7: bare Starlette and sqlite3, one durable commit a request, nothing else.

BENCH_SYNCHRONOUS=normal leaves the flush to SQLite's checkpoints: a power cut takes commits away.
With BENCH_FORGETFUL=1 it answers before it has written, and writes twice a second: the peer that
must lose acknowledged records when it is killed.
"""

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

FORGETFUL = os.environ.get("BENCH_FORGETFUL") == "1"
FIELDS = ("record_id", "person_id", "grid", "check_point_id", "captured_at", "lat", "lon", "note")
INSERT = f"insert into check_in ({', '.join(FIELDS)}) values ({', '.join('?' * len(FIELDS))})"
CREATED = b'{"status":"created"}'

connection = sqlite3.connect(os.environ["BENCH_DATABASE_URL"].removeprefix("sqlite:///"))
connection.isolation_level = None
connection.execute("pragma journal_mode=wal")
connection.execute(f"pragma synchronous={os.environ.get('BENCH_SYNCHRONOUS', 'full')}")
connection.execute(
    f"create table if not exists check_in (id integer primary key, {','.join(FIELDS)})"
)
unwritten: list[tuple[object, ...]] = []


async def check_in(request: Request) -> Response:
    """Insert, commit, answer; or, forgetful, only answer."""
    given = orjson.loads(await request.body())
    row = tuple(given[name] for name in FIELDS)
    if FORGETFUL:
        unwritten.append(row)
    else:
        connection.execute(INSERT, row)
    return Response(CREATED, media_type="application/json")


async def ping(request: Request) -> Response:
    """Awake?"""
    return PlainTextResponse("pong")


async def _write_now_and_then() -> None:
    while True:
        await asyncio.sleep(0.5)
        connection.execute("begin")
        connection.executemany(INSERT, unwritten)
        connection.execute("commit")
        unwritten.clear()


@asynccontextmanager
async def _lifespan(app: Starlette):
    writing = asyncio.create_task(_write_now_and_then())
    yield
    writing.cancel()


routes = [Route("/ping", ping), Route("/check-in", check_in, methods=["POST"])]
app = Starlette(routes=routes, lifespan=_lifespan if FORGETFUL else None)
