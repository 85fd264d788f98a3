"""Files as offices hand them over: encodings, separators, titles above the table, workbooks."""

import io
from datetime import datetime
from pathlib import Path
from typing import get_args, get_type_hints

import openpyxl
import pytest

from firegrid_app.importing import files as files_module
from firegrid_app.importing.api import take_file
from firegrid_app.importing.files import tables, xlsx_files
from firegrid_app.importing.rules.columns import COLUMNS, FileKind, match_header, plain
from firegrid_app.importing.rules.problems import BadFile
from firegrid_app.importing.service import read_files
from firegrid_app.texts import LANGUAGES, catalogue
from tests.importing.bring import PEOPLE, TREE, geojson

WANTED = {"name": "张三", "phone": "13800000001", "role": "网格员", "grid_code": "1111"}


def read(tmp_path, content, kind="people"):
    path = tmp_path / "a.file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_files({FileKind(kind): path})[FileKind(kind)]


def reasons(table):
    return [problem.reason.value for problem in table.problems]


def workbook(*rows, more=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, lines in more:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_separators(tmp_path, encoding, delimiter, newline):
    text = PEOPLE.replace(",", delimiter).replace("\n", newline)
    table = read(tmp_path, text.encode(encoding))
    assert reasons(table) == []
    assert dict(table.rows[0].cells) == WANTED
    assert [row.number for row in table.rows] == [2, 3, 4, 5]


def test_columns_stand_in_any_order_under_any_known_name(tmp_path):
    table = read(
        tmp_path, "所属网格,备注,* 联系电话（必填）,Name,角色\n1111,好,13800000001,张三,网格员\n"
    )
    assert dict(table.rows[0].cells) == WANTED
    assert [(w.notice.value, w.details) for w in table.warnings] == [
        ("unknown_column", {"names": "备注"})
    ]


def test_a_title_above_the_table_is_passed_over_and_said(tmp_path):
    table = read(tmp_path, "消防网格人员名单,,,\n,,,\n" + PEOPLE)
    assert [row.number for row in table.rows] == [4, 5, 6, 7]
    assert [w.notice.value for w in table.warnings] == ["header_below"]


def test_blank_lines_count_as_a_spreadsheet_counts_them(tmp_path):
    table = read(tmp_path, PEOPLE.replace("李四", "\n,,,\n李四", 1))
    assert [row.number for row in table.rows] == [2, 5, 6, 7]


def test_a_line_break_in_a_cell_is_one_row(tmp_path):
    table = read(tmp_path, PEOPLE.replace("张三", '"张\n三"'))
    assert [row.number for row in table.rows] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b" \n\n", "empty_file"),
        (b"\xef\xbb\xbf\n", "empty_file"),
        ("姓名,手机号,岗位,网格编码\n", "no_rows"),
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7 x", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"PK\x03\x04 nothing more", "damaged_xlsx"),
        (PEOPLE.encode() + b"\xff\xfe,1,2,3\n", "wrong_encoding"),
        ("姓名,手机号\n".encode("gb18030") + b"\x81\xff,1\n", "wrong_encoding"),
        (b"\xff\xfe\x00", "wrong_encoding"),
        (PEOPLE + '"赵六,13800000009,网格员,1111\n', "broken_csv"),
        (PEOPLE + '"赵"六,13800000009,网格员,1111\n', "broken_csv"),
        ("姓名,电话,手机,岗位,网格编码\n张三,1,2,网格员,1\n", "double_column"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, content, reason):
    assert reasons(read(tmp_path, content)) == [reason]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[]", "not_geojson"),
        ('{"type": "FeatureCollection"}', "not_geojson"),
        (geojson(), "no_rows"),
        ('{"type": ', "broken_json"),
        ("[" * 100_000, "broken_json"),
        (geojson(*TREE, crs={"properties": {"name": "EPSG:2381"}}), "other_crs"),
        (geojson(*TREE, "x"), "not_a_feature"),
        ("code,name\n1,甲", "broken_json"),
        (workbook(["code"]), "no_shapefile"),
        (b"PK\x03\x04 nothing more", "damaged_archive"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 96, "bare_shapefile"),
    ],
)
def test_grids_files_that_cannot_be_read(tmp_path, content, reason):
    assert reasons(read(tmp_path, content, "grids")) == [reason]


def test_grids_may_have_chinese_properties_and_gb18030(tmp_path):
    text = geojson(*TREE, crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})
    for ours, theirs in (("code", "编码"), ("name", "名称"), ("level", "级别")):
        text = text.replace(f'"{ours}": ', f'"{theirs}": ').replace(
            f'{{"{theirs}": "urn', '{"name": "urn'
        )
    table = read(tmp_path, text.encode("gb18030"), "grids")
    assert reasons(table) == []
    assert table.rows[3].cells["name"] == "丙社区第1网格"


def test_a_missing_column_says_what_it_may_be_called(tmp_path):
    table = read(tmp_path, "名字,电话\n张三,1\n")
    assert [(p.column, p.row) for p in table.problems] == [
        ("name", 1),
        ("role", 1),
        ("grid_code", 1),
    ]
    assert "姓名" in str(table.problems[0].details["names"])
    assert table.problems[0].details["found"] == "名字、电话"


def test_a_workbook_gives_the_same_rows(tmp_path):
    table = read(
        tmp_path,
        workbook(["姓名", "手机号", "岗位", "网格编码"], ["张三", 13800000001, "网格员", 1111.0]),
    )
    assert dict(table.rows[0].cells) == WANTED


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "手机号", "岗位", "网格编码"])
    book.active.append(["=1+1", "13800000001", "网格员", "1111"])
    book.active["A2"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    assert read(tmp_path, out.getvalue()).rows[0].cells["name"] == "=1+1"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (datetime(2026, 1, 2), "excel_date"),  # noqa: DTZ001
        (500118003001001001, "rounded_number"),
        ("=A1&A1", "formula"),
    ],
)
def test_what_excel_spoilt_is_said(tmp_path, value, reason):
    table = read(
        tmp_path, workbook(["姓名", "手机号", "岗位", "网格编码"], ["张三", 1, "网格员", value])
    )
    assert table.rows[0].cells["grid_code"].reason == reason


def test_excel_errors_are_said():
    assert xlsx_files.cell_of("#N/A", "e").reason == "excel_error"


def test_the_sheet_with_the_known_headings_is_read_and_others_named(tmp_path):
    rows = [line.split(",") for line in PEOPLE.splitlines()]
    book = workbook(["说明"], ["请先看"], more=[("人员", rows)])
    table = read(tmp_path, book)
    assert len(table.rows) == 4
    assert [w.details for w in table.warnings] == [{"sheet": "人员", "others": "Sheet"}]


def test_a_file_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(files_module, "MAX_BYTES", 10)
    assert reasons(read(tmp_path, PEOPLE)) == ["too_large"]


def test_a_workbook_that_unpacks_too_large_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_files, "MAX_UNPACKED", 100)
    assert reasons(read(tmp_path, workbook(["姓名"]))) == ["too_large"]


def test_too_many_rows_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert reasons(read(tmp_path, PEOPLE)) == ["too_many_rows"]


@pytest.mark.parametrize("kind", list(FileKind))
def test_no_word_names_two_columns_of_one_file(kind):
    words = [plain(w) for column in COLUMNS[kind] for w in (column.name, *column.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("kind", list(FileKind))
def test_our_own_names_are_all_known(kind):
    names = [column.name for column in COLUMNS[kind]]
    assert match_header(kind, names).names == tuple(names)


def test_a_bad_file_carries_its_problem():
    with pytest.raises(BadFile):
        files_module.read_geojson(FileKind.GRIDS, b"{", lambda _: None)


def test_the_manual_names_every_column_and_every_word_for_it():
    manual = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    for columns in COLUMNS.values():
        for column in columns:
            assert {w for w in (column.name, *column.aliases) if w not in manual} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_has_words_for_every_file_handed_in_there(language):
    kinds = get_args(get_type_hints(take_file)["kind"])
    assert "orders" in kinds
    wanted = {f"files.{kind}{more}" for kind in kinds for more in ("", "_more")}
    assert wanted - catalogue(language).keys() == set()
