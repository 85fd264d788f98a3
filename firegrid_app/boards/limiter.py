"""Holds back who asks for number after number: so many looks per address and stretch of time."""

import hashlib
import ipaddress
import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import uuid4

import redis
import structlog

from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

log = structlog.get_logger()
_MOST_ADDRESSES = 10_000
_COUNT = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return '-1'
"""
"""One step in Redis: two workers asking at one moment cannot both take the last look."""


class Limiter:
    """Counts for all workers in Redis where there is one, and several workers need one.

    Without, or while Redis does not answer, it counts in this process. One without a `name` always
    does.
    """

    def __init__(self, looks: int, within: timedelta, name: str = "") -> None:
        self._looks = looks
        self._within = within
        self._name = name
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def let_in(self, address: str, now: datetime) -> None:
        """Refuses `access.slow_down` when this address asks too often."""
        if seconds := self.seconds_to_wait(address, now):
            raise Refused("access.slow_down", seconds=seconds)

    def seconds_to_wait(self, address: str, now: datetime) -> int:
        """0 and the look is counted, or how long until the next is allowed."""
        key = _neighbourhood(address)
        shared = _redis(settings().redis_url) if self._name else None
        if shared is not None:
            try:
                return self._wait_shared(shared, key, now)
            except redis.RedisError as error:
                log.warning("limiter_alone", error=type(error).__name__)
        return self._wait_here(key, now)

    def _wait_shared(self, shared: Any, key: str, now: datetime) -> int:
        moment, within = now.timestamp() * 1000, self._within.total_seconds() * 1000
        # The address itself is in no store (privacy E.5).
        hashed = hashlib.sha256(key.encode()).hexdigest()[:24]
        oldest = float(
            shared.eval(
                _COUNT,
                1,
                f"firegrid:looks:{self._name}:{hashed}",
                int(moment),
                int(within),
                self._looks,
                uuid4().hex,
            )
        )
        return 0 if oldest < 0 else max(1, math.ceil((oldest + within - moment) / 1000))

    def _wait_here(self, key: str, now: datetime) -> int:
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
        """Begin anew in this process; tests do."""
        with self._lock:
            self._seen.clear()


@lru_cache(maxsize=2)
def _redis(url: str) -> Any:
    """The store all workers share; None without one. A slow one holds up no page for long."""
    if not url:
        return None
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)


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
