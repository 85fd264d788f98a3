"""The cases that the phone's and the server's field time share: the two must agree."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from firegrid_app.patrols.rules import Walk, field_minutes

CASES = json.loads((Path(__file__).parent / "field_time_cases.json").read_text(encoding="utf-8"))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_counts_as_the_shared_cases_say(case: dict) -> None:
    walks = [Walk(*map(_moment, walk)) for walk in case["walks"]]
    start, end = map(_moment, case["day"])
    assert field_minutes(walks, start, end) == case["minutes"]
