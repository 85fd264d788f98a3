"""The reports for machines: plain dictionaries for `--json`."""

from dataclasses import asdict
from typing import Any

from firegrid_app.grids.coverage_service import CoverageCard
from firegrid_app.importing.cards import FileCard, ImportCard
from firegrid_app.importing.printing import reason
from firegrid_app.texts import say


def _file(card: FileCard, language: str) -> dict[str, Any]:
    return {
        "kind": card.kind.value,
        "file": card.path,
        "rows": card.rows,
        **(asdict(card.counts) if card.counts else {}),
        "skipped": card.skipped,
        "errors": [
            {
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "code": problem.reason.value,
                "reason": reason(problem, language),
            }
            for problem in card.problems
        ],
        "warnings": [
            {
                "code": warned.notice.value,
                "reason": say(f"importing.notice.{warned.notice}", language, **warned.details),
            }
            for warned in card.warnings
        ],
    }


def import_json(card: ImportCard, covered: CoverageCard | None, language: str) -> dict[str, Any]:
    """An import: what happened, file by file, and the coverage after it."""
    return {
        "written": card.written,
        "dry_run": card.dry_run,
        "files": [_file(file, language) for file in card.files],
        "check_points": asdict(card.check_points),
        "contacts": asdict(card.contacts),
        "coverage": coverage_json(covered) if covered else None,
    }


def coverage_json(card: CoverageCard) -> dict[str, Any]:
    """The coverage report, everything in it."""
    return {"whole": card.is_whole, **asdict(card)}
