"""The trail: what its steps make of a hazard, and the chain of hashes that shows tampering."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from firegrid_app.hazards.rules.steps import Status, Step, next_status


@dataclass(frozen=True)
class Told:
    """One step as the trail tells it."""

    step: Step
    person_id: int | None
    """None: the house itself."""
    at: datetime
    facts: Mapping[str, Any]
    """What the step set beside the status; names are those of `Standing`."""


@dataclass(frozen=True)
class Standing:
    """What a trail makes of a hazard. The hazard's row holds the same, kept for queries."""

    status: Status | None = None
    severity: str = ""
    owner_id: int | None = None
    rung: str = ""
    due_on: date | None = None
    corrected_by_id: int | None = None
    """Who said it is put right: somebody else has to look."""
    closed_at: datetime | None = None
    step_ups: int = 0
    """How often it went to a higher level, by the clock or by a person."""
    urges: int = 0
    urges_open: int = 0
    """Urges nobody has answered yet (催办, YC-56)."""
    listing: str = ""
    """Its number on the list of supervised major hazards; empty when it is not on it."""
    transferred_to: str = ""
    """The body it was last handed to; empty while it was to none."""
    parent_id: UUID | None = None
    """The hazard it was merged into; None: it stands for itself."""
    merged_from: str = ""
    """What it stood at when it was merged; empty while it is not."""
    steps: int = 0


FACTS = frozenset(
    {"severity", "owner_id", "rung", "due_on", "listing", "transferred_to", "parent_id"}
)
"""Fields of `Standing` a step may set by saying so."""
NOTED = frozenset({"dissuasion"})
"""Facts that are kept with their step and set nothing."""
_READ: Mapping[str, Callable[[str], Any]] = {"due_on": date.fromisoformat, "parent_id": UUID}
"""How a fact that is no plain value is read from its text."""


def after(standing: Standing, told: Told) -> Standing | None:
    """The standing after one more step; None where the step is not allowed or says nonsense."""
    status = next_status(standing.status, told.step)
    if status is None or not told.facts.keys() <= FACTS | NOTED:
        return None
    try:
        said: dict[str, Any] = {
            name: _READ[name](value) if name in _READ and value else value
            for name, value in told.facts.items()
            if name in FACTS
        }
        if told.step == Step.UNMERGED:
            status = Status(standing.merged_from)
    except (TypeError, ValueError, AttributeError):
        return None
    corrected_by = standing.corrected_by_id
    if told.step == Step.CORRECTED:
        corrected_by = told.person_id
    elif told.step in (Step.REOPENED, Step.FOUND_THERE):
        corrected_by = None
    return replace(
        standing,
        **said,
        status=status,
        corrected_by_id=corrected_by,
        closed_at=_closed_at(standing, status, told.at),
        step_ups=standing.step_ups + (told.step in (Step.STEPPED_UP, Step.SKIPPED)),
        urges=standing.urges + (told.step == Step.URGED),
        urges_open=_urges_open(standing, told.step),
        merged_from=_merged_from(standing, told.step),
        steps=standing.steps + 1,
    )


def _merged_from(standing: Standing, step: Step) -> str:
    if step == Step.MERGED:
        return str(standing.status)
    return "" if step == Step.UNMERGED else standing.merged_from


def _urges_open(standing: Standing, step: Step) -> int:
    if step == Step.ANSWERED:
        return 0
    return standing.urges_open + (step == Step.URGED)


def _closed_at(standing: Standing, status: Status, at: datetime) -> datetime | None:
    if status != Status.CLOSED:
        return None
    return standing.closed_at or at


def fold(trail: Iterable[Told]) -> Standing | None:
    """What a whole trail makes of a hazard; None where one of its steps was not allowed."""
    standing: Standing | None = Standing()
    for told in trail:
        assert standing is not None
        standing = after(standing, told)
        if standing is None:
            return None
    return standing


def differences(folded: Standing, kept: Standing, first: Told) -> tuple[str, ...]:
    """Names of what a row says otherwise than its trail.

    A trail begun before steps carried facts tells nothing of grade, owner and deadline.
    """
    silent = frozenset() if first.facts else FACTS - {"parent_id"}
    return tuple(
        name
        for name in Standing.__dataclass_fields__
        if name not in silent and getattr(folded, name) != getattr(kept, name)
    )


def written(facts: Mapping[str, Any]) -> str:
    """Facts as the trail keeps them: one text for the same facts, empty for none."""
    if not facts:
        return ""
    plain = {name: _plain(value) for name, value in facts.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def read(text: str) -> dict[str, Any]:
    """Facts from what the trail keeps. What is no object is a fact nobody knows: it cannot fold."""
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {"?": text}
    return found if isinstance(found, dict) else {"?": found}


def chain_hash(
    previous: str,
    *,
    hazard_id: str,
    number: int,
    step: str,
    person_id: int | None,
    at: datetime,
    note: str,
    facts: str = "",
) -> str:
    """Hash of one step over its content and the hash before it, as 64 hex digits.

    The moment counts in UTC: a phone stamps it with its own offset, the database gives it back in
    UTC, and both must make the same hash. A step without facts hashes as it always did.
    """
    moment = at.astimezone(UTC).isoformat()
    content = [previous, hazard_id, number, step, person_id, moment, note]
    if facts:
        content.append(facts)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
