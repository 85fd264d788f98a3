"""What counts as field time: the pure function behind "minutes today" (YC-29, YC-33).

Law (国办函〔2026〕12号): time is counted from records the person made, never from online time or a
background track. The phone has the same rule (`phone/patrols/fieldtime.js`), held to it by
shared cases.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

LONGEST_PATROL = timedelta(hours=16)
"""A patrol of this length was forgotten: nothing after it counts."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Walk:
    """One patrol: its start, its end if it was ended, what was recorded in it, the person's word.

    `words` are stretches of which the person says "I was still walking". `last_record_at` is the
    last sign of life.
    """

    started_at: datetime
    ended_at: datetime | None
    last_record_at: datetime
    records: Sequence[datetime] = ()
    words: Sequence[Span] = ()


def whole_span(walk: Walk) -> Span:
    """The stretch of a walk: to its end, or to its last sign of life while it is open."""
    end = walk.ended_at if walk.ended_at is not None else walk.last_record_at
    end = min(end, walk.started_at + LONGEST_PATROL)
    return walk.started_at, max(end, walk.started_at)


def _steps(walk: Walk) -> Iterator[Span]:
    """From each record to the next."""
    start, end = whole_span(walk)
    signs = {start, end, *(at for at in walk.records if start < at < end)}
    if start < walk.last_record_at < end:
        signs.add(walk.last_record_at)
    yield from pairwise(sorted(signs))


def counted_spans(walk: Walk, longest_gap: timedelta) -> list[Span]:
    """What counts of a walk: steps up to the longest gap, of longer ones what is vouched for."""
    counted: list[Span] = []
    for start, end in _steps(walk):
        if end - start <= longest_gap:
            counted.append((start, end))
        else:
            counted += _inside(walk.words, start, end)
    return counted


def counted_between(walk: Walk, steps: Iterable[Span], longest_gap: timedelta) -> list[Span]:
    """What counts of a walk, from its long steps alone instead of all its records.

    `steps` are those from one sign of life to the next that may be longer than the longest gap,
    also beyond the end of a forgotten walk; what lies between them counts. The same time as
    `counted_spans`, in fewer pieces.
    """
    start, end = whole_span(walk)
    counted: list[Span] = []
    reached = start
    for since, until in sorted(steps):
        since, until = max(since, start), min(until, end)
        if until - since <= longest_gap:
            continue
        if since > reached:
            counted.append((reached, since))
        counted += _inside(walk.words, since, until)
        reached = until
    if end > reached:
        counted.append((reached, end))
    return counted


def gaps(walk: Walk, longest_gap: timedelta) -> list[Span]:
    """Stretches longer than the longest gap without a record, as far as no word covers them."""
    open_gaps: list[Span] = []
    for start, end in _steps(walk):
        if end - start <= longest_gap:
            continue
        reached = start
        for since, until in sorted(_inside(walk.words, start, end)):
            if since > reached:
                open_gaps.append((reached, since))
            reached = max(reached, until)
        if reached < end:
            open_gaps.append((reached, end))
    return open_gaps


def _inside(words: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    cut = ((max(since, start), min(until, end)) for since, until in words)
    return [(since, until) for since, until in cut if since < until]


def field_minutes(
    walks: Iterable[Walk], day_start: datetime, day_end: datetime, longest_gap: timedelta
) -> int:
    """Whole minutes of field work inside [day_start, day_end); overlaps count once."""
    spans = (span for walk in walks for span in counted_spans(walk, longest_gap))
    return minutes_inside(spans, day_start, day_end)


def minutes_inside(counted: Iterable[Span], day_start: datetime, day_end: datetime) -> int:
    """Whole minutes of what counts inside [day_start, day_end); overlaps count once."""
    spans = sorted((start, min(end, day_end)) for start, end in counted)
    total = timedelta(0)
    covered_to = day_start
    for start, end in spans:
        start = max(start, covered_to)
        if end > start:
            total += end - start
            covered_to = end
    return int(total.total_seconds() // 60)
