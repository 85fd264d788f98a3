"""Dissuasion (劝导制止, YC-47): what was said on the spot, to whom, and what came of it.

In codes, so that nobody types on a stairway and nobody who was spoken to is named.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SAID = ("danger", "stop", "clear", "law", "how")
"""Why it is dangerous; to stop; to clear it away; what the law says; how to do it safely."""
TO = ("occupant", "owner", "manager", "worker", "passer_by")
"""Whom: a kind of person, never a name."""
OUTCOMES = ("stopped", "promised", "refused")
REFUSED = "refused"
MOST_MOVED = 100_000


@dataclass(frozen=True)
class Dissuasion:
    """One talk on the spot. The trail keeps it as a fact of its step."""

    said: tuple[str, ...]
    to: str
    outcome: str
    by: date | None = None
    """The day that was agreed on; None: none was. It moves no deadline of the hazard's own."""
    warned: bool = False
    """A temporary warning was set up: tape, a sign, a guard."""
    moved: int = 0
    """People brought out of danger."""


def is_known(one: Dissuasion) -> bool:
    """Are all its codes known, is something said, and are its numbers possible?"""
    return (
        bool(one.said)
        and set(one.said) <= set(SAID)
        and one.to in TO
        and one.outcome in OUTCOMES
        and 0 <= one.moved <= MOST_MOVED
    )


def kept(one: Dissuasion) -> dict[str, Any]:
    """As the trail keeps it: plain values, each thing said once, in the order of `SAID`."""
    plain = asdict(one)
    plain["said"] = [code for code in SAID if code in one.said]
    plain["by"] = one.by.isoformat() if one.by else ""
    return plain


def read(fact: object) -> Dissuasion | None:
    """A trail's fact as it was said; None where there is none, or of a shape nobody knows."""
    if not isinstance(fact, Mapping):
        return None
    try:
        by = fact.get("by")
        return Dissuasion(
            said=tuple(str(code) for code in fact["said"]),
            to=str(fact["to"]),
            outcome=str(fact["outcome"]),
            by=date.fromisoformat(by) if by else None,
            warned=bool(fact.get("warned")),
            moved=int(fact.get("moved", 0)),
        )
    except (KeyError, TypeError, ValueError):
        return None
