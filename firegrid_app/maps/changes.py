"""What differs between two moments of a map: a few bytes for whoever has the first of them."""

import hashlib
from dataclasses import dataclass

import orjson

from firegrid_app.maps.cards import MapToday

_CELLS = (
    "standing",
    "minutes",
    "open_hazards",
    "overdue_hazards",
    "doors_left",
    "shouts",
    "points_left",
)
"""Columns of a cell that a record may change, in the order in which a change names them."""
_FRAME = ("tree", "first", "day", "is_now", "is_workday", "standings", "targets")
"""Where one of these differs it is another map, and asked for as a whole."""
MOST_CELLS = 40
"""With more of them the whole answer, packed, is as short."""


@dataclass(frozen=True)
class Moment:
    """A map's figures at some moment, and the name browsers know them by."""

    card: MapToday
    body: bytes
    tag: str


def moment_of(card: MapToday) -> Moment:
    """The figures with their ETag; `/api/map/today` names the same ones the same."""
    body = orjson.dumps(card)
    return Moment(card, body, tag_of(body))


def tag_of(body: bytes) -> str:
    """The bare tag of an answer: `W/"…"` stands around it in its header."""
    return hashlib.sha256(body).hexdigest()[:24]


def difference(before: Moment, now: Moment) -> bytes:
    """What to change in `before` to have `now`, as JSON.

    `{"was", "tag", "cells": {number: [figures in the order of _CELLS]}, "sums", "tallies"}`, the
    last two only as far as they differ; `{"was", "tag", "again": true}` where too much does.
    """
    told: dict[str, object] = {"was": before.tag, "tag": now.tag}
    columns = [(getattr(before.card, name), getattr(now.card, name)) for name in _CELLS]
    if any(getattr(before.card, name) != getattr(now.card, name) for name in _FRAME):
        return orjson.dumps(told | {"again": True})
    changed = sorted(
        {cell for then, new in columns for cell in range(len(new)) if then[cell] != new[cell]}
    )
    if len(changed) > MOST_CELLS:
        return orjson.dumps(told | {"again": True})
    told["cells"] = {str(cell): [new[cell] for _, new in columns] for cell in changed}
    sums = {
        name: value for name, value in now.card.sums.items() if before.card.sums.get(name) != value
    }
    if sums:
        told["sums"] = sums
    if before.card.tallies != now.card.tallies:
        told["tallies"] = now.card.tallies
    return orjson.dumps(told)
