"""The floor of M7: a FastAPI route that inserts one row by SQLModel, as the tutorials write it.

A sync route, a session a request, a commit a request; no log-in, no scope, no trail, no read-back.
"""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, FastAPI
from sqlmodel import Field, Session, SQLModel, create_engine

URL = os.environ["BENCH_DATABASE_URL"]


class CheckInBase(SQLModel):
    """What a phone says when it arrives somewhere."""

    record_id: str
    person_id: int
    grid: str
    check_point_id: int
    captured_at: datetime
    lat: float
    lon: float
    note: str


class CheckIn(CheckInBase, table=True):
    """One row. Nothing makes `record_id` unique: sent twice, it is here twice."""

    __tablename__ = "check_in"

    id: int | None = Field(default=None, primary_key=True)


engine = create_engine(URL)
if URL.startswith("sqlite"):
    engine = create_engine(URL, connect_args={"check_same_thread": False, "timeout": 60})

    @sa.event.listens_for(engine, "connect")
    def _durable(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")


SQLModel.metadata.create_all(engine)
app = FastAPI()


def _session() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@app.get("/ping")
def ping() -> str:
    """Awake?"""
    return "pong"


@app.post("/check-in")
def check_in(given: CheckInBase, session: Annotated[Session, Depends(_session)]) -> dict[str, str]:
    """Insert, commit, answer."""
    session.add(CheckIn.model_validate(given))
    session.commit()
    return {"status": "created"}
