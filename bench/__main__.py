"""`python -m bench [case ...]`: measure, print a table, write JSON."""

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from bench.cases import Case, Run, all_cases
from bench.figures import Report
from bench.rig import machine
from bench.rig.machine import CannotMeasure, say
from bench.table import lines


def _arguments(cases: dict[str, Case]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="case", help=f"of: {', '.join(cases)}")
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many (3)")
    parser.add_argument("--seconds", type=float, default=5, help="of one load (5)")
    parser.add_argument("--quick", action="store_true", help="one short round: a trial of the rigs")
    given = parser.parse_args()
    if unknown := set(given.cases) - set(cases):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(cases)}")
    if given.quick:
        given.rounds, given.seconds = 1, 1
    return given


def main() -> int:
    """Exit code 1 when a case broke or a check failed; a missed goal is a finding."""
    cases = all_cases()
    given = _arguments(cases)
    report = Report(machine.about() | {"rounds": given.rounds, "seconds": given.seconds})
    if report.machine["load_before"] > 1:
        say(f"The machine is busy (load {report.machine['load_before']}): ratios may be off.")
    broke = False
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="firegrid-bench-") as folder:
        run = Run(report, Path(folder), given.rounds, given.seconds, given.quick)
        for name in given.cases or cases:
            say(f"— {name} ({time.monotonic() - began:.0f} s)")
            try:
                cases[name](run)
            except CannotMeasure as reason:
                report.skipped.append(f"{name}: {reason}")
            except Exception:
                broke = True
                report.skipped.append(f"{name} broke: {traceback.format_exc(limit=-3)}")
    report.machine["load_after"] = round(os.getloadavg()[0], 2)
    report.machine["minutes"] = round((time.monotonic() - began) / 60, 1)
    print("\n".join(lines(report)))
    print(f"→ {_write(report).relative_to(machine.ROOT)}")
    return int(broke or not report.is_evidence())


def _write(report: Report) -> Path:
    machine.RESULTS.mkdir(parents=True, exist_ok=True)
    stem = report.machine["at"][:16].replace(":", "")
    file = machine.RESULTS / f"{stem}.json"
    file.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")
    return file


if __name__ == "__main__":
    sys.exit(main())
