"""Reads our own code for the tests that keep the house in order."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "firegrid_app"


@dataclass(frozen=True)
class Module:
    """One Python file of ours."""

    path: Path

    @property
    def name(self) -> str:
        """`hazards.service`, `hazards` for its package file."""
        parts = self.path.relative_to(APP).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        """The folder it is in; empty for files beside the rooms."""
        parts = self.path.relative_to(APP).parts
        return parts[0] if len(parts) > 1 else ""

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @cached_property
    def imports(self) -> frozenset[str]:
        """Full names of the modules it imports, wherever in the file."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}: a relative import"
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    found.add(whole if _is_module(whole) else str(node.module))
        return frozenset(found)

    @property
    def ours(self) -> frozenset[str]:
        """Names of our own modules among them, without `firegrid_app.`."""
        start = "firegrid_app."
        return frozenset(n.removeprefix(start) for n in self.imports if n.startswith(start))

    @property
    def libraries(self) -> frozenset[str]:
        """Top names of the libraries among them that do not come with Python."""
        tops = {name.split(".")[0] for name in self.imports}
        return frozenset(tops - {"firegrid_app"} - sys.stdlib_module_names)


def _is_module(name: str) -> bool:
    target = ROOT.joinpath(*name.split("."))
    return name.startswith("firegrid_app.") and (
        target.is_dir() or target.with_suffix(".py").is_file()
    )


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every Python file of the app."""
    return tuple(Module(path) for path in sorted(APP.rglob("*.py")))


@lru_cache(maxsize=1)
def phone_scripts() -> tuple[tuple[Path, str], ...]:
    """Every script of the app that is no test, with its text."""
    files = sorted([*APP.rglob("*.js"), *APP.rglob("*.jsx"), *(ROOT / "assets/map").rglob("*.js")])
    return tuple(
        (path, path.read_text(encoding="utf-8")) for path in files if ".test." not in path.name
    )


def on_the_phone(path: Path) -> bool:
    """Is this script a part of the phone's program?"""
    return path.is_relative_to(APP / "phone")


@lru_cache(maxsize=1)
def paper_templates() -> tuple[tuple[Path, str], ...]:
    """Every template of the press, with its text."""
    return tuple((path, path.read_text(encoding="utf-8")) for path in sorted(APP.rglob("*.typ")))


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of functions with one of these names, plain or as an attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in names:
                yield node


def constants(node: ast.AST | None) -> Iterator[str]:
    """The texts an argument can be: itself, or both sides of `a if x else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def gaps(sentence: str) -> set[str]:
    """Names of the `{gaps}` in a sentence."""
    return set(re.findall(r"\{(\w+)\}", sentence))
