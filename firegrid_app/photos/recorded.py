"""A recording that belongs to a record: its bytes checked, and kept as they came."""

import hashlib
from dataclasses import dataclass

from firegrid_app.shouts.sound import seconds_of


@dataclass(frozen=True)
class Recorded:
    """A recording ready to be kept; what `processing.Processed` is of a photo."""

    original: bytes
    original_sha256: str
    shown_sha256: str = ""
    width: int = 0
    height: int = 0
    """Nothing of it is seen."""


def recorded(data: bytes) -> Recorded:
    """Check the bytes. Refuses what `shouts.sound.seconds_of` refuses."""
    seconds_of(data)
    return Recorded(data, hashlib.sha256(data).hexdigest())
