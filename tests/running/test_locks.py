"""What is installed is what was tested: exact versions, and none that the lock does not know."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pins(file: str) -> dict[str, str]:
    """Package, its name in one spelling, to version."""
    found = {}
    for line in (ROOT / file).read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            plain = re.sub(r"[-_.]+", "-", name.split("[")[0]).lower()
            found[plain] = version
    return found


def test_every_requirement_names_one_version() -> None:
    assert all(pins("requirements.txt").values())
    assert all(pins("constraints.txt").values())


def test_the_constraints_hold_every_requirement_at_the_same_version() -> None:
    """Fails after a change of requirements.txt: `make lock` mends it."""
    locked = pins("constraints.txt")
    wanted = pins("requirements.txt")
    assert {name: locked.get(name) for name in wanted} == wanted


def test_npm_s_lock_names_nobody_s_registry() -> None:
    lock = json.loads((ROOT / "reflex.lock" / "package-lock.json").read_text())
    assert lock["packages"]
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
