"""Lines cut and packed, kept in memory: the same grids ask for them every minute."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from firegrid_app.roads.rules import Lines

MOST = 1_000_000
"""Numbers in all lines together, some 40 MB: each member's grids are an area of their own, a
street's whole map has as many as a thousand of these."""
_held: OrderedDict[Hashable, Lines] = OrderedDict()
_lock = Lock()


def kept(key: Hashable, make: Callable[[], Lines]) -> Lines:
    """The lines under this key, made when they are first asked for. The oldest unasked leave."""
    with _lock:
        found = _held.get(key)
        if found is not None:
            _held.move_to_end(key)
            return found
    made = make()
    with _lock:
        _held[key] = made
        held = sum(map(_weight, _held.values()))
        while held > MOST:
            held -= _weight(_held.popitem(last=False)[1])
    return made


def _weight(lines: Lines) -> int:
    # An area without roads has its key at least.
    return len(lines.xy) + 100
