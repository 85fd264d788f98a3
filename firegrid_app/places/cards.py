"""What leaves the server about premises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """Premises as the member sees them."""

    id: int
    grid: str
    name: str
    category: str
    lat: float | None
    lon: float | None
