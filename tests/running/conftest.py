import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/bootstrap.py, as the system's Python has it."""
    monkeypatch.syspath_prepend(SCRIPTS)
    yield importlib.import_module("bootstrap")
    sys.modules.pop("bootstrap", None)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/environment.py."""
    monkeypatch.syspath_prepend(SCRIPTS)
    yield importlib.import_module("environment")
    sys.modules.pop("environment", None)
