"""Prints the coverage report: a line an item, with the first few of each."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from firegrid_app.grids.coverage import NARROW_M, SMALL_M2, Fault, FaultKind
from firegrid_app.grids.coverage_service import CoverageCard, GridName
from firegrid_app.texts import say

_SHOWN = 10


def _fault(fault: Fault, language: str) -> str:
    return say(
        f"importing.coverage.{fault.kind}_line",
        language,
        name=fault.names[0],
        other=fault.names[-1],
        area=f"{fault.area_m2:,.0f}",
        lat=fault.lat,
        lon=fault.lon,
    )


def _grid(grid: GridName, language: str) -> str:
    return say("importing.coverage.grid_line", language, name=grid.name, code=grid.code)


def _items(card: CoverageCard, language: str) -> list[tuple[str, Sequence[str], bool]]:
    """Key, one line for each case, and whether a case is a fault."""
    faults = {
        kind.value: [_fault(fault, language) for fault in card.faults if fault.kind is kind]
        for kind in FaultKind
    }
    uncared = [
        say(
            "importing.coverage.uncared_line",
            language,
            name=grid.name,
            places=grid.places,
            households=grid.households,
        )
        for grid in card.uncared
    ]
    misplaced = [
        say(
            "importing.coverage.misplaced_line",
            language,
            name=place.name,
            code=place.code,
            grid=place.grid_code,
            metres=f"{place.metres:,.0f}",
        )
        for place in card.misplaced
    ]
    return [
        *((key, lines, True) for key, lines in faults.items()),
        ("no_outline", [_grid(grid, language) for grid in card.no_outline], False),
        ("no_head", [_grid(grid, language) for grid in card.no_head], True),
        ("no_member", [_grid(grid, language) for grid in card.no_member], True),
        ("uncared", uncared, True),
        ("misplaced", misplaced, False),
    ]


def print_coverage(console: Console, card: CoverageCard, language: str) -> None:
    """The report as a table and one sentence."""

    def word(key: str, **values: object) -> str:
        return say(f"importing.coverage.{key}", language, **values)

    if not card.grids:
        console.print(Text(word("no_grids"), "yellow"))
        return
    table = Table(title=Text(word("title"), "bold"), title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(word("item"))
    table.add_column(word("count"), justify="right")
    table.add_column(word("detail"), overflow="fold")
    for key, lines, is_fault in _items(card, language):
        shown = list(lines[:_SHOWN])
        if len(lines) > _SHOWN:
            shown.append(word("more", count=len(lines) - _SHOWN))
        style = ("bold red" if is_fault else "yellow") if lines else "green"
        table.add_row(word(key), Text(str(len(lines)), style), Text("\n".join(shown)))
    table.add_row(word("above_small_grids"), str(card.above_small_grids), "")
    console.print(table)
    if card.rounding_m2:
        area = f"{card.rounding_m2:,.0f}"
        note = word("rounding", area=area, narrow=f"{NARROW_M:g}", small=f"{SMALL_M2:g}")
        console.print(Text(note, "dim"))
    ending = "whole" if card.is_whole else "not_whole"
    style = "bold green" if card.is_whole else "bold yellow"
    console.print(Text(word(ending, grids=card.grids, small=card.small_grids), style))
