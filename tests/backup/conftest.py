"""Databases with nothing in them, beside the test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from firegrid_app import database as app_database
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
