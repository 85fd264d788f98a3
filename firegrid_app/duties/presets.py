"""The rules that plans give, shipped as data: presets.json names the row of each plan."""

import json
from functools import cache
from pathlib import Path

from firegrid_app.duties.rules.obligations import Obligation, obligation_from

_FILE = Path(__file__).with_name("presets.json")


@cache
def presets() -> dict[str, tuple[Obligation, ...]]:
    """Preset to its rules, in the order of the file. A faulty file is a programming error."""
    found: dict[str, tuple[Obligation, ...]] = {}
    for name, preset in json.loads(_FILE.read_text(encoding="utf-8"))["presets"].items():
        rules = [obligation_from(raw) for raw in preset["rules"]]
        faults = [one for one in rules if isinstance(one, str)]
        if faults:
            raise ValueError(f"{name}: {faults}")
        found[name] = tuple(one for one in rules if isinstance(one, Obligation))
    return found
