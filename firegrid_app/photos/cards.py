"""What leaves the server about the publishing of a photo."""

from dataclasses import dataclass

from firegrid_app.photos.rules import Box


@dataclass(frozen=True)
class PublicCard:
    """The latest decision on a photo; without a moment nobody decided: the public sees nothing."""

    shown: bool = False
    boxes: tuple[Box, ...] = ()
    decided_by: str = ""
    decided_at: str = ""
    """ISO 8601, UTC; empty for never."""
