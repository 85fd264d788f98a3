"""The catalogues: one key, one sentence in each language, the same gaps, and no dead text."""

import ast
import json
import re

import pytest

from firegrid_app import texts
from firegrid_app.refusals import STATUS
from firegrid_app.texts import LANGUAGES, best_language, brought_with, catalogue, say
from tests.house.code import (
    ROOT,
    calls,
    constants,
    gaps,
    modules,
    on_the_phone,
    paper_templates,
    phone_scripts,
)

FOLDER = ROOT / "firegrid_app/texts"
FILES = sorted(path.name for path in (FOLDER / "zh_CN").glob("*.json"))
ROOMS = {name.removesuffix(".json") for name in FILES}


def of_file(language, name):
    return json.loads((FOLDER / language / name).read_text(encoding="utf-8"))


OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_have_the_same_files(language):
    assert sorted(path.name for path in (FOLDER / language).glob("*.json")) == FILES
    assert sorted({path.parent.name for path in FOLDER.glob("*/*.json")}) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", FILES)
def test_all_languages_have_the_same_keys_in_the_same_order(name, language):
    assert list(of_file(language, name)) == list(of_file("zh_CN", name))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", FILES)
def test_all_languages_have_the_same_gaps(name, language):
    other = of_file(language, name)
    for key, sentence in of_file("zh_CN", name).items():
        assert gaps(sentence) == gaps(other[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_no_key_is_written_twice_and_every_sentence_says_something(name, language):
    pairs = json.loads(
        (FOLDER / language / name).read_text(encoding="utf-8"),
        object_pairs_hook=lambda found: found,
    )
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys))
    # "month.0" and the like may say nothing: there is no such month.
    assert {key for key, words in pairs if not words.strip() and not key.endswith(".0")} == set()


CHINESE = re.compile(r"[\u4e00-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_in_the_language_of_their_file(name):
    for key, sentence in of_file("zh_CN", name).items():
        bare = re.sub(r"\{\w+\}", "", sentence)
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", bare):
            pytest.fail(f"{key} is English: {sentence}")
    for language in OTHERS:
        for key, sentence in of_file(language, name).items():
            if key not in NAMES_OF_LANGUAGES:
                assert not CHINESE.search(sentence), f"{language} {key} is Chinese: {sentence}"
    for language in ("zh_CN", "en"):
        for key, sentence in of_file(language, name).items():
            if key not in NAMES_OF_LANGUAGES:
                assert not HANGUL.search(sentence), f"{language} {key} is Korean: {sentence}"


NAMES_OF_LANGUAGES = {"language_name.zh_CN", "language_name.ko"}
"""A language is named in its own words."""


@pytest.mark.parametrize("name", FILES)
def test_korean_sentences_are_korean(name):
    """Of words left in English, three in a row are a sentence, and one alone has to be a name."""
    for key, sentence in of_file("ko", name).items():
        bare = re.sub(r"\{\w+\}|\[[^\]]*\]", "", sentence)
        assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", bare), f"{key}: {sentence}"
        if re.search(r"[A-Za-z]", bare) and key not in NAMES_OF_LANGUAGES | LATIN_NAMES:
            assert HANGUL.search(bare), f"{key} is not Korean: {sentence}"


LATIN_NAMES = {"language_name.en"}


@pytest.mark.parametrize("name", FILES)
def test_korean_is_spelled_as_in_china(name):
    """연변: 련락, 로인, 되였습니다; what Seoul writes of these is a slip."""
    for key, sentence in of_file("ko", name).items():
        found = SEOUL.search(sentence)
        assert not found, f"{key} has {found[0]}: {sentence}"


SEOUL = re.compile(
    "노인|연락|연결|이유|유형|내일|예외|되었|임시|이용|이해|인접|윤번|연도|날짜|숫자|횟수"
    "|페이지|지역사회|통장|그리드|위험요소|(?<![가-힣])위에|리스트|휴대전화"
)
"""Words that the glossary (docs/korean.md) has otherwise."""


@pytest.mark.parametrize("name", FILES)
def test_chinese_sentences_have_chinese_punctuation(name):
    for key, sentence in of_file("zh_CN", name).items():
        # What stands in square brackets is to be typed as it is.
        words = re.sub(r"\[[^\]]*\]", "", sentence)
        found = re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!(][\u4e00-\u9fff]", words)
        assert not found, f"{key}: {sentence}"


def said():
    """Where, and the key, of every text asked for by its whole key."""
    for module in modules():
        for call in calls(module.tree, "t", "say"):
            for key in constants(call.args[0] if call.args else None):
                if " " not in key:  # A command says whole sentences, in both languages at once.
                    yield module.name, key
    for path, source in phone_scripts():
        if on_the_phone(path):
            for call in re.findall(r"\bt\(([^()]*)\)", source):
                for key in re.findall(r"""["'](\w+\.[\w.]+)["']""", call):
                    yield path.name, key
    for path, source in paper_templates():
        for key in re.findall(r"""\b(?:t|all|say|lines-of)\("(\w+\.[\w.]*\w)"[,)]""", source):
            yield path.name, key


def said_by_the_map():
    """Keys of maps.json: its frame is handed that one file, so it names them without the file."""
    sources = [source for _, source in phone_scripts()]
    sources += [m.path.read_text(encoding="utf-8") for m in modules() if m.room == "maps"]
    for source in sources:
        yield from re.findall(r"\btexts\.(\w+)", source)
        for names in re.findall(r"\{([^{}]*)\} = this\.settings\.texts", source):
            yield from re.findall(r"(\w+)(?:: \w+)?", names)
        for start in re.findall(r"""\btexts\[[`'](\w+\.)(?:\$\{|' \+)""", source):
            yield from (
                key.removeprefix("maps.")
                for key in catalogue("zh_CN")
                if key.startswith(f"maps.{start}")
            )


def begun():
    """Beginnings of keys whose end is known only when they are said."""
    for module in modules():
        for call in calls(module.tree, "t_of"):
            yield from constants(call.args[0] if call.args else None)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                yield str(node.values[0].value)
    for _, source in phone_scripts():
        yield from re.findall(r"`(\w+\.[\w.]*)\$\{", source)
    for _, source in paper_templates():
        yield from re.findall(r'"(\w+\.[\w.]*\.)" \+', source)


PAGE_SCRIPTS = [
    one for one in phone_scripts() if on_the_phone(one[0]) or one[0].parent.name == "ui"
]
CAPTURING = {"home.jsx", "hazard.jsx", "shout.jsx", "doors.jsx", "frame.jsx"}
"""Screens that open within the first page's weight."""


def brought_by(name, source):
    """For each screen this file is a part of: the sources from the file up to the screen."""
    users = [(p.name, text) for p, text in PAGE_SCRIPTS if f"/{name}" in text and p.name != name]
    return [source + up for user in users for up in brought_by(*user)] or [source]


@pytest.mark.parametrize(
    ("path", "source"), PAGE_SCRIPTS, ids=[one[0].name for one in PAGE_SCRIPTS]
)
def test_a_script_brings_the_texts_it_says(path, source):
    """In this file or, for a part of a screen, in the screen that shows it."""
    keys = {
        key
        for call in re.findall(r"\bt\(([^()]*)\)", source)
        for key in re.findall(r"""["'](\w+\.[\w.]+)["']""", call)
    } | set(re.findall(r"`(\w+\.[\w.]*)\$\{", source))
    for room in {brought_with(key) for key in keys} - {""}:
        assert all(f"/texts.{room}.js" in text for text in brought_by(path.name, source)), (
            f"{path.name} says texts of {room}: import './texts.{room}.js'"
        )
    if path.name in CAPTURING:
        assert not re.search(r"texts\.\w+\.js", source), f"{path.name} weighs on the first screen"


def test_texts_are_asked_for():
    assert len(list(said())) > 100


def test_every_key_that_is_said_exists():
    known = catalogue("zh_CN")
    assert {(where, key) for where, key in said() if "." in key and key not in known} == set()


def test_what_looks_like_a_key_of_a_file_of_texts_alone_is_one():
    """Keys handed on in tables, such as the pages' titles; other files share names with codes."""
    known = catalogue("zh_CN")
    alone = ROOMS - {"refusals"} - {code.split(".")[0] for code in STATUS}
    looking = {
        (module.name, node.value)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"\w+\.\w+", node.value)
        and node.value.split(".")[0] in alone
    }
    assert {(where, key) for where, key in looking if key not in known} == set()


def test_every_beginning_of_a_key_leads_somewhere():
    starts = {start for start in begun() if start.split(".")[0] in ROOMS and "." in start}
    lost = {
        start for start in starts if not any(key.startswith(start) for key in catalogue("zh_CN"))
    }
    # File names and addresses begin like keys too.
    assert {start for start in lost if re.fullmatch(r"\w+\.\w+[._]", start)} == set()


def test_every_text_is_said_somewhere():
    literals = {key for _, key in said()}
    for module in modules():
        literals |= {
            node.value
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    for _, source in phone_scripts():
        literals |= set(re.findall(r"""["'`](\w+(?:\.\w+)*)["'`]""", source))
    literals |= {f"maps.{key}" for key in said_by_the_map()}
    starts = tuple({start for start in begun() if start.split(".")[0] in ROOMS and "." in start})
    silent = {
        key
        for key in catalogue("zh_CN")
        if key not in literals
        and key.split(".", 1)[1] not in literals
        and not key.startswith(starts)
        and not key.startswith("refusals.")
    }
    assert silent == set()


def test_a_sentence_is_filled():
    assert say("refusals.grids.unknown", "en", code="X9") == "No grid has the code “X9”."
    with pytest.raises(KeyError):
        say("refusals.grids.unknown", "en")
    with pytest.raises(KeyError):
        say("no.such_key")
    with pytest.raises(KeyError):
        catalogue("xx")


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        ("", "", "zh_CN"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh_CN"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "fr,en;q=0.5", "en"),
        ("", "fr", "zh_CN"),
        ("en", "zh-CN", "en"),
        ("zh_CN", "en", "zh_CN"),
        ("xx", "en", "en"),
        ("", "../../etc/passwd", "zh_CN"),
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("", "ko", "ko"),
        ("", "kok,en", "en"),
        ("ko", "zh-CN", "ko"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers_first_we_have(cookie, accept, language):
    assert best_language(cookie, accept) == language


def test_the_default_is_the_first_language():
    assert texts.DEFAULT == LANGUAGES[0] == "zh_CN"
