"""Each browser journey walks with people of its own, so that none counts what another did."""

import re
from collections import defaultdict

from tests.house.code import ROOT

CLAIM = re.compile(r"\b(?:member_of|enter)\(app, (?:\w+\(\), )?(\d+)\b")


def test_no_two_journeys_claim_the_same_member():
    journeys = defaultdict(set)
    for file in sorted((ROOT / "tests" / "journeys").glob("test_*.py")):
        for part in re.split(r"^(?=def )", file.read_text("utf-8"), flags=re.MULTILINE):
            name = part.partition("(")[0].removeprefix("def ")
            for number in CLAIM.findall(part):
                journeys[number].add(f"{file.name}: {name}")
    assert len(journeys) > 60
    assert {number: sorted(names) for number, names in journeys.items() if len(names) > 1} == {}
