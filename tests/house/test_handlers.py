"""Every public method of a Reflex state can be called by anyone: each is marked, none by chance."""

import ast

import pytest

from tests.house.code import modules

MARKS = {"event", "var"}


def states():
    for module in modules():
        for node in module.tree.body:
            bases = [ast.unparse(base) for base in getattr(node, "bases", [])]
            if isinstance(node, ast.ClassDef) and any(base.endswith("State") for base in bases):
                yield pytest.param(module, node, id=f"{module.name}.{node.name}")


def marks(function):
    for mark in function.decorator_list:
        called = mark.func if isinstance(mark, ast.Call) else mark
        if ast.unparse(called) in ("rx.event", "rx.var"):
            yield called.attr


def methods(node):
    for one in node.body:
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            yield one


def test_there_are_states():
    assert list(states())


@pytest.mark.parametrize(("module", "node"), list(states()))
def test_public_methods_are_handlers_or_vars(module, node):
    unmarked = {
        one.name for one in methods(node) if not one.name.startswith("_") and not set(marks(one))
    }
    assert unmarked == set()


@pytest.mark.parametrize(("module", "node"), list(states()))
def test_helpers_are_no_handlers(module, node):
    marked = {one.name for one in methods(node) if one.name.startswith("_") and set(marks(one))}
    assert marked == set()


@pytest.mark.parametrize(("module", "node"), list(states()))
def test_states_live_in_files_named_so(module, node):
    assert module.name.endswith("state") or module.name in ("access.forget", "ui.fault")


@pytest.mark.parametrize(("module", "node"), list(states()))
def test_every_handler_says_what_it_is_for(module, node):
    silent = {one.name for one in methods(node) if set(marks(one)) and not ast.get_docstring(one)}
    assert silent == set()
