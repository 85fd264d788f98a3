"""`firegrid import` and `firegrid coverage`; registered by `firegrid_app.cli`.

Exit codes: 0 done; 1 the files have errors (or the database is not ready); 2 wrong usage.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col, select

from firegrid_app import clock
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.database import reading, transaction
from firegrid_app.duties.calendar import load_calendar
from firegrid_app.grids.coverage_service import CoverageCard, coverage
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.as_json import coverage_json, import_json
from firegrid_app.importing.bars import Bars
from firegrid_app.importing.cards import ImportCard
from firegrid_app.importing.print_coverage import print_coverage
from firegrid_app.importing.printing import make_console, print_import
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.rows import Table
from firegrid_app.importing.service import Files, import_files, read_files
from firegrid_app.maps.rules.datum import DATUMS, Datum
from firegrid_app.serving import ready_database
from firegrid_app.serving.configuration import configure
from firegrid_app.serving.machine import means_no_space
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings
from firegrid_app.texts import LANGUAGES, refusal, say

app = typer.Typer()

Lang = Annotated[str, typer.Option("--lang", help="输出语言 / language: zh_CN, en, ko")]
AsJson = Annotated[bool, typer.Option("--json", help="机器可读的 JSON / machine readable")]


def _language(wanted: str) -> str:
    language = {"zh": "zh_CN", "zh-CN": "zh_CN"}.get(wanted, wanted)
    if language not in LANGUAGES:
        _wrong_usage(say("importing.usage.language", value=wanted))
    return language


def _wrong_usage(sentence: str) -> NoReturn:
    typer.echo(f"✗ {sentence}", err=True)
    raise typer.Exit(2)


def _given(paths: dict[FileKind, Path | None], language: str) -> dict[FileKind, Path]:
    """The files named, each one there and readable."""
    files = {kind: path for kind, path in paths.items() if path is not None}
    if not files:
        _wrong_usage(say("importing.usage.no_file", language))
    for path in files.values():
        if not path.exists():
            _wrong_usage(say("importing.usage.no_such_file", language, path=path))
        if not path.is_file():
            _wrong_usage(say("importing.usage.not_a_file", language, path=path))
        if not os.access(path, os.R_OK):
            _wrong_usage(say("importing.usage.unreadable", language, path=path))
    return files


def _ready() -> None:
    """Settings read, the database there and at the newest revision."""
    configure()
    if not ready_database.is_migrated():
        raise Stop("not_migrated")


def _print_json(found: dict[str, Any]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))


@app.command("import")
def import_command(
    grids: Annotated[
        Path | None, typer.Option(help="网格 / grids: GeoJSON, Shapefile (zip), KML, KMZ")
    ] = None,
    roads: Annotated[
        Path | None, typer.Option(help="道路 / roads: GeoJSON, Shapefile (zip), KML, KMZ")
    ] = None,
    people: Annotated[Path | None, typer.Option(help="人员 / people: CSV, XLSX")] = None,
    places: Annotated[Path | None, typer.Option(help="场所 / places: CSV, XLSX")] = None,
    households: Annotated[Path | None, typer.Option(help="住户 / doors: CSV, XLSX")] = None,
    check_points: Annotated[
        Path | None, typer.Option(help="巡查点位 / check points: CSV, XLSX")
    ] = None,
    calendar: Annotated[
        Path | None, typer.Option(help="节假日安排 / days off and make-up days: CSV, XLSX")
    ] = None,
    datum: Annotated[
        str,
        typer.Option(
            help="网格和道路的坐标系 / datum of grids and roads: wgs84, cgcs2000, gcj02, bd09"
        ),
    ] = "",
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="跳过有错的行 / import the other rows")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="试运行，不写入 / say what would happen")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = "zh_CN",
) -> None:
    """导入网格、道路、人员、场所、住户、节假日；有错就什么都不写 / Import files, all or nothing."""
    language = _language(lang)
    if datum and datum not in DATUMS:
        _wrong_usage(say("importing.usage.datum", language, value=datum))
    measured = DATUMS.get(datum)
    files = _given(
        {
            FileKind.GRIDS: grids,
            FileKind.ROADS: roads,
            FileKind.PEOPLE: people,
            FileKind.PLACES: places,
            FileKind.HOUSEHOLDS: households,
            FileKind.CHECK_POINTS: check_points,
            FileKind.CALENDAR: calendar,
        },
        language,
    )
    # `configure` goes to the project's folder; the files were named from where the person is.
    here = Path.cwd()
    _ready()
    with Bars(language, make_console(stderr=True)) as bars:
        tables = read_files({kind: here / path for kind, path in files.items()}, bars)
        card, covered = _import(files, tables, skip_bad_rows, dry_run, language, bars, measured)
    if as_json:
        _print_json(import_json(card, covered, language))
    else:
        console = make_console()
        print_import(console, card, language)
        if covered is not None:
            print_coverage(console, covered, language)
        if not card.stopped and not dry_run and not _somebody_can_enter():
            console.print(say("importing.end.nobody_enters", language), style="bold yellow")
    if card.stopped:
        raise typer.Exit(1)


def _somebody_can_enter() -> bool:
    with reading() as session:
        has_password = col(Person.password_hash).is_not(None)
        return session.exec(select(Person.id).where(has_password).limit(1)).first() is not None


def _import(
    files: Files,
    tables: dict[FileKind, Table],
    skip_bad_rows: bool,
    dry_run: bool,
    language: str,
    bars: Bars,
    datum: Datum | None,
) -> tuple[ImportCard, CoverageCard | None]:
    """Write in one transaction; after a dry run everything is rolled back."""
    try:
        with transaction() as session:
            card = import_files(
                session,
                files,
                tables,
                now=clock.now(),
                skip_bad_rows=skip_bad_rows,
                dry_run=dry_run,
                progress=bars,
                datum=datum,
            )
            if card.stopped:
                session.rollback()
                return card, None
            load_calendar(session)
            if dry_run:
                covered = _coverage(session, None, bars)
                session.rollback()
                return card, covered
    except (IntegrityError, OperationalError) as error:
        if means_no_space(str(error.orig)):
            raise Stop("disk_filled_up") from None
        typer.echo(f"✗ {say('importing.busy', language)}", err=True)
        raise typer.Exit(1) from None
    with reading() as session:
        return card, _coverage(session, None, bars)


def _coverage(session: Session, root: Grid | None, bars: Bars | None = None) -> CoverageCard:
    if bars is not None:
        bars.begin("coverage", None)
    return coverage(session, root, local_day(clock.now(), settings().zone))


@app.command("coverage")
def coverage_command(
    grid: Annotated[
        str | None, typer.Option("--grid", help="只看这个网格及以下 / this grid and below")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = "zh_CN",
) -> None:
    """网格有没有空白、重叠，有没有人 / Gaps, overlaps, grids without people."""
    language = _language(lang)
    _ready()
    with reading() as session:
        root = None
        if grid is not None:
            root = session.exec(select(Grid).where(Grid.code == grid)).first()
            if root is None:
                _wrong_usage(refusal("grids.unknown", language, code=grid[:30]))
        card = _coverage(session, root)
    if as_json:
        _print_json(coverage_json(card))
        return
    console: Console = make_console()
    print_coverage(console, card, language)
