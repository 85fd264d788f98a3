"""`firegrid import` and `firegrid coverage` as an operator uses them."""

import json

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.importing import commands, printing
from firegrid_app.serving import ready_database
from firegrid_app.serving.words import Stop
from tests.importing.bring import PEOPLE, everything, world


@pytest.fixture
def given(database, tmp_path, monkeypatch):
    """Writes files, runs a command in their folder; the result comes back."""
    monkeypatch.setattr(ready_database, "is_migrated", lambda: True)
    folder = tmp_path / "files"
    folder.mkdir()

    def run(*arguments, **contents):
        monkeypatch.chdir(folder)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8")
            arguments += (f"--{name}", name)
        return CliRunner().invoke(commands.app, ["import", *arguments])

    return run


def coverage(*arguments):
    return CliRunner().invoke(commands.app, ["coverage", *arguments])


def test_good_files_end_with_counts_and_coverage(given):
    result = given(**world())
    assert result.exit_code == 0, result.output
    assert "已写入数据库" in result.output
    assert "网格覆盖情况" in result.output


def test_as_long_as_nobody_can_log_in_it_says_how_the_first_one_gets_in(given):
    hint = "firegrid set-password"
    assert hint not in given("--dry-run", **world()).output
    assert hint in given(**world()).output
    with transaction() as session:
        session.exec(select(Person)).first().password_hash = "argon2 …"
    assert hint not in given(**world()).output


def test_a_second_time_says_that_nothing_changed(given):
    given(**world())
    assert "没有改动" in given(**world()).output


def test_bad_files_end_with_all_errors_and_exit_code_1(given):
    files = {**world(), "people": PEOPLE + "赵六,12345,大王,9\n"}
    before = everything()
    result = given(**files)
    assert result.exit_code == 1
    for words in ("12345", "大王", "没有这个岗位", "没有这个编码的网格", "什么都没有写入"):
        assert words in result.output
    assert everything() == before


def test_errors_in_english_if_asked(given):
    result = given("--lang", "en", **{**world(), "people": PEOPLE + "赵六,12345,网格员,1111\n"})
    assert "not a phone number" in result.output


def test_skipping_bad_rows_writes_the_rest(given):
    files = {**world(), "people": PEOPLE + "赵六,12345,网格员,1111\n"}
    result = given("--skip-bad-rows", **files)
    assert result.exit_code == 0
    assert "跳过了 1 行" in result.output


def test_a_dry_run_shows_coverage_and_writes_nothing(given):
    before = everything()
    result = given("--dry-run", **world())
    assert result.exit_code == 0
    assert "试运行" in result.output
    assert "5 个网格" in result.output
    assert everything() == before


def test_json_is_whole_and_nothing_else(given):
    result = given("--json", **{**world(), "people": PEOPLE + "赵六,12345,网格员,1111\n"})
    found = json.loads(result.stdout)
    assert found["written"] is False
    people = found["files"][1]
    assert people["errors"] == [
        {
            "row": 6,
            "column": "手机号",
            "value": "12345",
            "code": "bad_phone",
            "reason": people["errors"][0]["reason"],
        }
    ]


def test_json_of_good_files_has_the_coverage(given):
    found = json.loads(given("--json", **world()).stdout)
    assert found["written"] is True
    assert found["files"][3]["created"] == 4
    assert found["coverage"]["no_head"] == [{"code": "1112", "name": "丙社区第2网格"}]


def test_wrong_usage_is_exit_code_2_and_one_sentence(given, tmp_path):
    assert given().exit_code == 2
    missing = given("--people", "nope.csv")
    assert (missing.exit_code, missing.stderr) == (2, "✗ 找不到文件：nope.csv\n")
    assert given("--people", ".").exit_code == 2
    assert given("--lang", "fr").exit_code == 2
    assert coverage("--grid", "9").exit_code == 2


def test_a_database_without_tables_is_one_sentence(given, monkeypatch):
    monkeypatch.setattr(ready_database, "is_migrated", lambda: False)
    assert isinstance(given(**world()).exception, Stop)


def test_coverage_of_a_subtree(given):
    given(**world())
    found = json.loads(coverage("--grid", "1111", "--json").stdout)
    assert (found["grids"], found["small_grids"], found["whole"]) == (1, 1, True)
    assert "全覆盖" in coverage("--grid", "1111").output
    assert "blind spot" in coverage("--grid", "1111", "--lang", "en").output


def test_coverage_of_an_empty_database(given):
    given("--people", "nope")
    assert "还没有网格" in coverage().output


def test_values_cannot_steer_the_terminal(given):
    result = given(**{**world(), "people": PEOPLE + "\x1b[31m赵六,[red]x,网格员,1111\n"})
    assert "\x1b" not in result.output
    assert "\\x1b[31m赵六" in result.output
    assert "[red]x" in result.output


def test_rows_with_the_same_fault_stand_together():
    assert printing.row_ranges([7, 3, 8, 9, 3, 12]) == "3, 7–9, 12"
