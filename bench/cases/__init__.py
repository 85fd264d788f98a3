"""The cases, by the name they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Report


@dataclass(frozen=True)
class Run:
    """What a case may use, and where it puts what it found."""

    report: Report
    folder: Path
    rounds: int
    seconds: float
    """How long one load lasts."""
    quick: bool = False
    """A trial of the rigs: as few of everything as still shows something."""

    def room(self, name: str) -> Path:
        """A folder of the case's own."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


Case = Callable[[Run], None]


def all_cases() -> dict[str, Case]:
    """In the order they run; loaded here, since each brings much."""
    from bench.cases import (
        backup,
        boards,
        deadlines,
        doors,
        drain,
        duties,
        field_time,
        first_visit,
        hazards,
        live,
        maps,
        memory,
        offline,
        outbox,
        packs,
        pages,
        patrol,
        photos,
        power,
        report,
        storm,
        whereabouts,
        writes,
    )

    return {
        "first-visit": first_visit.measure,
        "map": maps.measure,
        "where": whereabouts.measure,
        "live": live.measure,
        "memory": memory.measure,
        "outbox": outbox.measure,
        "offline": offline.measure,
        "drain": drain.measure,
        "storm": storm.measure,
        "power": power.measure,
        "backup": backup.measure,
        "pack": packs.measure,
        "hazards": hazards.measure,
        "deadlines": deadlines.measure,
        "writes": writes.measure,
        "doors": doors.measure,
        "duties": duties.measure,
        "patrol": patrol.measure,
        "field-time": field_time.measure,
        "report": report.measure,
        "photos": photos.measure,
        "boards": boards.measure,
        "axe": pages.measure_axe,
        "lighthouse": pages.measure_lighthouse,
    }
