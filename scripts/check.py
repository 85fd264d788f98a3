"""`make check`: format, lint, types, and whether the migrations make the tables of the code.

Prints every complaint of every tool, then says which of them were unhappy.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def commands() -> Iterator[tuple[str, list[list[str | Path]], dict[str, str]]]:
    """Name, commands, and what their environment has beside ours."""
    yield "ruff format", [[BIN / "ruff", "format", "--check", "."]], {}
    yield "ruff", [[BIN / "ruff", "check", "."]], {}
    yield "mypy", [[BIN / "mypy"]], {}
    alembic = [[BIN / "alembic", "upgrade", "head"], [BIN / "alembic", "check"]]
    yield "alembic (SQLite)", alembic, {"FIREGRID_DATABASE_URL": ""}
    if url := os.environ.get("FIREGRID_TEST_POSTGRES_URL"):
        yield "alembic (PostgreSQL)", alembic, {"FIREGRID_DATABASE_URL": url}


def run_all() -> list[str]:
    """Run all; the names of those that failed come back."""
    unhappy = []
    for name, steps, extra in commands():
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "FIREGRID_DATA_DIR": folder, **extra}
            good = all(
                subprocess.run(step, cwd=ROOT, env=environment).returncode == 0 for step in steps
            )
        if not good:
            unhappy.append(name)
        print(f"{'✓' if good else '✗'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    return unhappy


if __name__ == "__main__":
    failed = run_all()
    if failed:
        sys.exit(f"✗ 未通过 / Not passed: {', '.join(failed)}")
