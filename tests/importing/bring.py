"""Small files to import, and shortcuts to import them and to count what came of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from firegrid_app import clock
from firegrid_app.database import engine, transaction
from firegrid_app.importing.cards import FileCard, ImportCard
from firegrid_app.importing.rules.calendar import check_calendar
from firegrid_app.importing.rules.columns import FileKind
from firegrid_app.importing.rules.grids import check_grids
from firegrid_app.importing.rules.households import check_households
from firegrid_app.importing.rules.people import check_people
from firegrid_app.importing.rules.places import check_places
from firegrid_app.importing.rules.points import check_points
from firegrid_app.importing.rules.rows import Grids, KnownGrid
from firegrid_app.importing.service import import_files, read_files
from firegrid_app.importing.service.write_people import Accounts
from firegrid_app.tables import metadata

Shape = dict[str, Any] | None


def square(column: int, row: int = 0, side: float = 0.01) -> dict[str, Any]:
    """A square of a chessboard in Chongqing; neighbours share an edge."""
    west, south = 105.9 + column * side, 29.3 + row * side
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}


def feature(
    code: object, name: str, level: object, parent: object, shape: Shape = None, **more: object
) -> dict[str, Any]:
    """One grid of a grids file."""
    properties = {"code": code, "name": name, "level": level, "parent_code": parent, **more}
    return {"type": "Feature", "geometry": shape, "properties": properties}


TREE = (
    feature("1", "甲县", 0, None),
    feature("11", "乙街道", 1, "1"),
    feature("111", "丙社区", 2, "11", kind="urban"),
    feature("1111", "丙社区第1网格", 3, "111", square(0), kind="urban"),
    feature("1112", "丙社区第2网格", 3, "111", square(1), kind="village"),
)
PEOPLE = """姓名,手机号,岗位,网格编码
张三,13800000001,网格员,1111
李四,13800000002,网格长,1111
李四,13800000002,网格员,1112
王五,13800000003,社区书记,111
"""
PLACES = """code,name,category,grid_code,lat,lon,responsible_person,phone
P1,龚记幼儿园,小学校幼儿园,1111,29.305,105.905,姜龙,13900000001
P2,汪记旅馆,小旅馆,1112,,,,02349800001
"""
HOUSEHOLDS = """grid_code,building,unit,floor,room,vulnerability
1111,1栋,1单元,1,101,
1111,1栋,1单元,2,201,独居老人
1111,1栋,2单元,1,101,
1112,,,1,1号,残疾人
"""


def geojson(*features: object, **more: object) -> str:
    """A grids file."""
    collection = {"type": "FeatureCollection", "features": features, **more}
    return json.dumps(collection, ensure_ascii=False)


def world() -> dict[str, str]:
    """The four small good files."""
    return {
        "grids": geojson(*TREE),
        "people": PEOPLE,
        "places": PLACES,
        "households": HOUSEHOLDS,
    }


def bring(
    folder: Path,
    contents: dict[str, str | bytes],
    *,
    skip_bad_rows: bool = False,
    dry_run: bool = False,
    accounts: Accounts | None = None,
) -> ImportCard:
    """Write the files and import them in one transaction, as the command does."""
    files = {}
    for kind in FileKind:
        if kind.value in contents:
            content = contents[kind.value]
            files[kind] = folder / f"{kind.value}.file"
            files[kind].write_bytes(content.encode() if isinstance(content, str) else content)
    tables = read_files(files)
    with transaction() as session:
        card = import_files(
            session,
            files,
            tables,
            now=clock.now(),
            skip_bad_rows=skip_bad_rows,
            dry_run=dry_run,
            accounts=accounts,
        )
        if not card.written:
            session.rollback()
    return card


def of(card: ImportCard, kind: str) -> FileCard:
    """The report of one file."""
    return next(file for file in card.files if file.kind == kind)


def counts(card: ImportCard, kind: str) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, skipped."""
    file = of(card, kind)
    assert file.counts is not None
    return file.counts.created, file.counts.updated, file.counts.unchanged, file.skipped


def faults(card: ImportCard, kind: str) -> list[tuple[int | None, str, str, str]]:
    """Row, column, value and reason of everything wrong with one file."""
    return [(p.row, p.column, p.value, p.reason.value) for p in of(card, kind).problems]


def check(folder: Path, kind: str, content: str) -> list[tuple[int | None, str, str, str]]:
    """What is wrong with one file beside the small world, found without a database."""
    path = folder / "checked.file"
    path.write_text(content, encoding="utf-8")
    table = read_files({FileKind(kind): path})[FileKind(kind)]
    known = {"1": 0, "11": 1, "111": 2, "1111": 3, "1112": 3}
    grids = Grids({code: KnownGrid(level) for code, level in known.items()})
    checks = {
        "grids": lambda: check_grids(table, grids.known)[0],
        "people": lambda: check_people(table, grids),
        "places": lambda: check_places(table, grids),
        "households": lambda: check_households(table, grids),
        "check_points": lambda: check_points(table, grids),
        "calendar": lambda: check_calendar(table, range(2025, 2029)),
    }
    problems = [*table.problems, *checks[kind]().problems]
    return [(p.row, p.column, p.value, p.reason.value) for p in problems]


@contextmanager
def looking() -> Iterator[Session]:
    """A session whose rows stay readable after it is closed."""
    with Session(engine().execution_options(writes=False)) as session:
        yield session


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, to see that nothing changed."""
    with looking() as session:
        return rows_of(session)


def rows_of(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables as this session sees them."""
    return {
        table.name: sorted(tuple(map(str, row)) for row in session.execute(sa.select(table)))
        for table in metadata.sorted_tables
    }
