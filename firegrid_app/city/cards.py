"""What leaves the server to other city systems, and about them to the desk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestCard:
    """A service request of GeoReport v2, as it leaves the server: no name, no number of anybody.

    `description` and `where` are empty for whoever did not send them in. Moments in ISO 8601.
    """

    number: str
    service: str
    stage: str
    """The text is `residents.stage.<stage>`."""
    open: bool
    grid_code: str
    grid_name: str
    agency: str
    requested: str
    updated: str
    expected: str
    description: str
    where: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class TakenIn:
    """A request that was taken in: its number, and the secret that follows it, in the clear."""

    number: str
    code: str
