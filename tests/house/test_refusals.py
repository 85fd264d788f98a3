"""Every "no": known by code, said in both languages with its gaps filled, used somewhere."""

import ast

import pytest

from firegrid_app.refusals import STATUS, Refused
from firegrid_app.texts import LANGUAGES, catalogue, refusal
from tests.house.code import calls, constants, gaps, modules

EDGE = {"invalid", "not_found", "method_not_allowed", "server_error", "busy"}


def raised():
    """Where, which code, and the names of the details given with it."""
    for module in modules():
        for call in calls(module.tree, "Refused"):
            given = {keyword.arg for keyword in call.keywords}
            for code in constants(call.args[0] if call.args else None):
                yield module.name, code, given


@pytest.mark.parametrize("code", STATUS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(code, language):
    assert catalogue(language)[f"refusals.{code}"].strip()


@pytest.mark.parametrize("code", STATUS)
def test_every_status_is_one_that_a_client_or_server_error_has(code):
    assert STATUS[code] in {401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_without_a_code(language):
    told = {
        key.removeprefix("refusals.") for key in catalogue(language) if key.startswith("refusals.")
    }
    assert told == set(STATUS)


def test_every_code_that_is_raised_is_known():
    assert {code for _, code, _ in raised()} <= set(STATUS)


def test_whoever_raises_fills_every_gap_of_the_sentence():
    empty = {
        (where, code, gap)
        for where, code, given in raised()
        for gap in gaps(catalogue("zh_CN")[f"refusals.{code}"]) - given
        if None not in given
    }
    assert empty == set()


def test_every_code_is_used():
    written = {
        node.value
        for module in modules()
        if module.name != "refusals"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(STATUS) - written == set()


def test_an_unknown_code_cannot_be_raised():
    with pytest.raises(KeyError, match=r"hazards\.imagined"):
        Refused("hazards.imagined")


def test_a_refusal_knows_its_status_and_fills_its_gaps():
    refused = Refused("grids.unknown", code="X9")
    assert refused.status == 404
    assert "X9" in refusal(refused.code, "zh_CN", **refused.details)
    assert "X9" in refusal(refused.code, "en", **refused.details)


def test_docstrings_name_only_codes_that_exist():
    import re

    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node) or ""
                for sentence in re.findall(r"Refuses[^.]*(?:`[^`]*`[^.`]*)+", text):
                    named = re.findall(r"`([a-z_]+\.[a-z_]+)`", sentence)
                    assert set(named) <= set(STATUS), f"{module.name}.{node.name}"
