"""Guard posts in joint defence (ZZ-42 to ZZ-46): their class, and who comes to whose help.

The plan says "nearby" and no number: the metres and how many are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from geopy.distance import geodesic

NEAR_METRES = 1_000
"""A guard is there within some ten minutes on foot."""
MOST_NEIGHBOURS = 3
LARGE, MEDIUM = 20, 10
_DEGREE_M = 110_000
"""Of latitude, and of longitude at the equator, rounded down: what is farther apart than this
allows is not measured."""


@dataclass(frozen=True)
class Post:
    """A guard post whose place (WGS-84) is known."""

    id: int
    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Neighbour:
    """Who comes to help, from how far."""

    id: int
    name: str
    metres: int


def class_of(guards: int) -> str:
    """`large` from twenty guards, `medium` from ten (both hold the whole standard), `small`."""
    if guards >= LARGE:
        return "large"
    return "medium" if guards >= MEDIUM else "small"


def neighbours(posts: Sequence[Post]) -> dict[int, tuple[Neighbour, ...]]:
    """Of each post the nearest others within reach, the nearest first."""
    found: dict[int, tuple[Neighbour, ...]] = {}
    for one in posts:
        around = [
            Neighbour(other.id, other.name, round(metres))
            for other in posts
            if other.id != one.id
            and abs(other.lat - one.lat) * _DEGREE_M <= NEAR_METRES
            and abs(other.lon - one.lon) * _DEGREE_M * cos(radians(one.lat)) <= NEAR_METRES
            and (metres := geodesic((one.lat, one.lon), (other.lat, other.lon)).m) <= NEAR_METRES
        ]
        around.sort(key=lambda other: (other.metres, other.name, other.id))
        found[one.id] = tuple(around[:MOST_NEIGHBOURS])
    return found


def lines(found: dict[int, tuple[Neighbour, ...]]) -> list[tuple[int, int]]:
    """Who stands beside whom, each pair once: what the map draws between them."""
    pairs = {
        (min(post, other.id), max(post, other.id)) for post, some in found.items() for other in some
    }
    return sorted(pairs)
