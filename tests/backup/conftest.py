"""Databases with nothing in them, beside the test's own; and a night in which a backup is due."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from firegrid_app import database as app_database
from firegrid_app.serving import nightly
from firegrid_app.settings import settings
from tests.backup.night import Child
from tests.conftest import forget

_make_engine = app_database.make_engine
"""The real one: tests on PostgreSQL put one in its place that knows a single database."""


@pytest.fixture
def move_to(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fresh_postgres: Callable[[str], str],
) -> Callable[[str], None]:
    """`move_to("postgresql")`: from here on the app has an empty database of that kind."""

    def move(kind: str) -> None:
        forget()
        monkeypatch.setattr(app_database, "make_engine", _make_engine)
        monkeypatch.setenv("FIREGRID_DATA_DIR", str(tmp_path / kind))
        if kind == "postgresql":
            monkeypatch.setenv("FIREGRID_DATABASE_URL", fresh_postgres("restored"))
        else:
            monkeypatch.delenv("FIREGRID_DATABASE_URL", raising=False)

    return move


@pytest.fixture
def at_night(cast, clock, monkeypatch, tmp_path) -> Path:
    """Two in the morning, a folder is set; what is run in a process of its own is written down."""
    monkeypatch.setenv("FIREGRID_BACKUP_DIR", str(tmp_path / "backups"))
    settings.cache_clear()
    monkeypatch.setattr(subprocess, "Popen", Child)
    monkeypatch.setattr(nightly.os, "setpriority", lambda *_: None)
    clock.moment = clock.moment.replace(hour=18)  # 2 o'clock on the street
    return tmp_path / "backups"
