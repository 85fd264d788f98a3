"""The cases that the phone's and the server's field time share: the two must agree."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from firegrid_app.patrols.rules import Walk, field_minutes, gaps

CASES = json.loads((Path(__file__).parent / "field_time_cases.json").read_text(encoding="utf-8"))
GAP = timedelta(minutes=60)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _walk(told: dict) -> Walk:
    return Walk(
        *(_moment(told[name]) for name in ("started_at", "ended_at", "last_record_at")),
        records=tuple(map(_moment, told["records"])),
        words=tuple(tuple(map(_moment, word)) for word in told["words"]),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_counts_as_the_shared_cases_say(case: dict) -> None:
    walks = list(map(_walk, case["walks"]))
    start, end = map(_moment, case["day"])
    assert field_minutes(walks, start, end, GAP) == case["minutes"]
    found = [list(gap) for walk in walks for gap in gaps(walk, GAP)]
    assert found == [list(map(_moment, gap)) for gap in case["gaps"]]
