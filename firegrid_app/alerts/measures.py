"""Tasks a warning brings, shipped as data: measures.json says which go with which warning."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from firegrid_app.access.rules import Role
from firegrid_app.alerts.rules import COLOURS
from firegrid_app.duties.rules.obligations import Kind, Obligation, Rhythm
from firegrid_app.refusals import Refused
from firegrid_app.texts import say

_FILE = Path(__file__).with_name("measures.json")
SMALL_GRID = 3
BASIS = "YB-59"


@dataclass(frozen=True)
class Measure:
    """A task that can come with a warning. Its words are the text `alerts.measure.<code>`."""

    code: str
    kind: Kind
    rhythm: Rhythm
    target: int
    goes_with: frozenset[str]
    """Kinds of warning and of weather it is proposed for."""
    least: str
    """From this colour on."""
    instead: str
    """The measure it takes the place of."""


@cache
def measures() -> dict[str, Measure]:
    """All shipped measures by code, in the order of the file."""
    return {
        raw["code"]: Measure(
            raw["code"],
            Kind(raw["kind"]),
            Rhythm(raw["rhythm"]),
            raw.get("target", 0),
            frozenset(raw["with"]),
            raw["from"],
            raw.get("instead", ""),
        )
        for raw in json.loads(_FILE.read_text(encoding="utf-8"))["measures"]
    }


def proposed(kind: str, weather: str, colour: str) -> list[str]:
    """Measures that go with such a warning: the graver it is, the more (YB-59)."""
    if colour not in COLOURS:
        return []
    found = [
        one
        for one in measures().values()
        if one.goes_with & {kind, weather} and COLOURS.index(colour) >= COLOURS.index(one.least)
    ]
    replaced = {one.instead for one in found}
    return [one.code for one in found if one.code not in replaced]


@dataclass(frozen=True)
class Days:
    """The days a warning's tasks fall on."""

    first: date
    last: date
    due: date
    """Of what is due once."""


def obligations(
    code: str, chosen: Sequence[str], own: str, days: Days, source: str
) -> list[Obligation]:
    """The chosen measures and the office's own task as rules of duties. Refuses an unknown one."""
    known = measures()
    if unknown := set(chosen) - set(known):
        raise Refused("alerts.unknown_measure", code=sorted(unknown)[0][:30])
    tasks = [
        (one.kind, one.rhythm, one.target, _words(one))
        for one in known.values()
        if one.code in chosen
    ]
    if own:
        tasks.append((Kind.OTHER, Rhythm.ONCE, 0, own))
    return [
        Obligation(
            code=code,
            kind=kind,
            role=Role.GRID_MEMBER,
            level=SMALL_GRID,
            rhythm=rhythm,
            target=target,
            starts_on=days.first,
            ends_on=None if rhythm == Rhythm.ONCE else days.last,
            once_on=days.due if rhythm == Rhythm.ONCE else None,
            words=words,
            source=(source or BASIS)[:30],
        )
        for kind, rhythm, target, words in tasks
    ]


def _words(measure: Measure) -> str:
    """A kind that has a name of its own needs none; the rest stand on lists as they are here."""
    return say(f"alerts.measure.{measure.code}") if measure.kind == Kind.OTHER else ""
