"""Prints what an import found and did: tables for people."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from firegrid_app.importing.cards import Counts, FileCard, ImportCard
from firegrid_app.importing.rules.columns import OF_MAPS
from firegrid_app.importing.rules.problems import FATAL, Problem, Warned
from firegrid_app.texts import say

_PIPED_WIDTH = 160
"""Into a file or a pipe there is no terminal to fit."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that takes values as they are: no markup, no emoji, no guessing of numbers."""
    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def harmless(value: str, limit: int = 60) -> str:
    """A value of a file as it can be shown: control characters would steer the terminal."""
    value = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value)
    return value if len(value) <= limit else value[: limit - 1] + "…"


def reason(problem: Problem, language: str) -> str:
    """Why, in a sentence."""
    details = {
        name: harmless(str(value), 400) if isinstance(value, str) else value
        for name, value in problem.details.items()
    }
    return say(f"importing.reason.{problem.reason}", language, **details)


def row_ranges(rows: Iterable[int]) -> str:
    """`3, 7–9`: the rows with the same fault, together."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _shown(problem: Problem, language: str) -> str:
    """The value; an empty cell is called empty, a whole file or a heading has none."""
    if problem.value or problem.reason in FATAL or not problem.column:
        return harmless(problem.value)
    return say("importing.table.empty", language)


def together(problems: Iterable[Problem], language: str) -> list[tuple[str, str, str, str]]:
    """Rows, column, value and reason, with rows that share all three in one line."""
    groups: dict[tuple[str, str, str], list[int | None]] = {}
    for problem in problems:
        key = (harmless(problem.column, 20), _shown(problem, language), reason(problem, language))
        groups.setdefault(key, []).append(problem.row)
    lines = []
    for (column, value, why), rows in groups.items():
        numbers = [row for row in rows if row is not None]
        lines.append((min(numbers, default=0), row_ranges(numbers), column, value, why))
    return [line[1:] for line in sorted(lines)]


def print_problems(console: Console, card: FileCard, language: str) -> None:
    """All that is wrong with one file."""

    def word(key: str) -> str:
        return say(f"importing.table.{key}", language)

    title = say(
        "importing.table.problems",
        language,
        file=say(f"importing.file.{card.kind}", language),
        path=harmless(card.path, 200),
        count=len(card.problems),
    )
    table = Table(title=Text(title, "bold red"), title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(word("feature" if card.kind in OF_MAPS else "row"), max_width=24)
    table.add_column(word("column"), no_wrap=True, style="cyan")
    table.add_column(word("value"), max_width=36, overflow="fold")
    table.add_column(word("reason"), overflow="fold")
    for rows, column, value, why in together(card.problems, language):
        table.add_row(*(Text(part) for part in (rows, column, value, why)))
    console.print(table)


def notice_words(warned: Warned, language: str) -> str:
    """What is worth a look, in a sentence; several rows as ranges."""
    details = {
        name: row_ranges(value)
        if isinstance(value, tuple)
        else harmless(value, 300)
        if isinstance(value, str)
        else value
        for name, value in warned.details.items()
    }
    return say(f"importing.notice.{warned.notice}", language, **details)


def print_warnings(console: Console, files: Sequence[FileCard], language: str) -> None:
    """What is worth a look."""
    lines = [
        f"  {say(f'importing.file.{file.kind}', language)}: " + notice_words(warned, language)
        for file in files
        for warned in file.warnings
    ]
    if lines:
        console.print(Text(say("importing.notice.title", language), "bold yellow"))
        for line in lines:
            console.print(Text(line))


def _summary(card: ImportCard, language: str) -> Table:
    table = Table(
        title=Text(say("importing.table.summary", language), "bold"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
    )
    for name in ("file", "rows", "created", "updated", "unchanged", "skipped", "problem_count"):
        justify = "left" if name == "file" else "right"
        table.add_column(say(f"importing.table.{name}", language), justify=justify)  # type: ignore[arg-type]

    def row(name: str, rows: str, counts: Counts | None, skipped: str, problems: int) -> None:
        three = (
            ("", "", "")
            if counts is None
            else tuple(map(str, (counts.created, counts.updated, counts.unchanged)))
        )
        style = "red" if problems else ""
        table.add_row(name, rows, *three, skipped, str(problems) if problems else "", style=style)

    for file in card.files:
        skipped = "" if file.counts is None else str(file.skipped)
        name = say(f"importing.file.{file.kind}", language)
        row(name, str(file.rows), file.counts, skipped, len(file.problems))
    for key, counts in (("check_points", card.check_points), ("contacts", card.contacts)):
        if counts != Counts():
            row(say(f"importing.table.{key}", language), "", counts, "", 0)
    return table


def _ending(card: ImportCard, language: str) -> tuple[str, str]:
    count = sum(len(file.problems) for file in card.files)
    skipped = sum(file.skipped for file in card.files)
    all_counts = [*(file.counts or Counts() for file in card.files), card.check_points]
    if any(file.is_fatal for file in card.files) and not card.written:
        return say("importing.end.fatal", language), "bold red"
    if card.stopped:
        return say("importing.end.refused", language, count=count), "bold red"
    if card.dry_run:
        return say("importing.end.dry_run", language), "bold yellow"
    if skipped:
        return say("importing.end.written_skipped", language, count=skipped), "bold yellow"
    if not any(c.created or c.updated for c in [*all_counts, card.contacts]):
        return say("importing.end.nothing_changed", language), "bold green"
    return say("importing.end.written", language), "bold green"


def print_import(console: Console, card: ImportCard, language: str) -> None:
    """Problems of every file, then what happened."""
    for file in card.files:
        if file.problems:
            print_problems(console, file, language)
    print_warnings(console, card.files, language)
    console.print(_summary(card, language))
    console.print(Text(*_ending(card, language)))
