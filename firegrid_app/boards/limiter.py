"""Holds back who asks for number after number: so many looks per address and stretch of time."""

import ipaddress
import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

_MOST_ADDRESSES = 10_000


class Limiter:
    """Counts in this process; several workers each count for themselves, which is near enough."""

    def __init__(self, looks: int, within: timedelta) -> None:
        self._looks = looks
        self._within = within
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, address: str, now: datetime) -> int:
        """0 and the look is counted, or how long until the next is allowed."""
        key = _neighbourhood(address)
        with self._lock:
            looks = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while looks and looks[0] <= now - self._within:
                looks.popleft()
            if len(looks) >= self._looks:
                return math.ceil((looks[0] + self._within - now).total_seconds())
            looks.append(now)
            while len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return 0

    def forget(self) -> None:
        """Begin anew; tests do."""
        with self._lock:
            self._seen.clear()


def _neighbourhood(address: str) -> str:
    """An IPv6 subscriber owns a whole /64: it counts as one address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
