"""Which parts of a picture are covered before the public sees it: rectangles in thousandths."""

import json
from collections.abc import Iterable

MOST_BOXES = 30
WHOLE = 1000
"""Rectangles are told in thousandths of the picture's width and height, whatever its size."""
LEAST = 5
"""Narrower than this covers nothing that can be recognised."""
Box = tuple[int, int, int, int]
"""Left, top, width, height."""


def is_box(box: Box) -> bool:
    """Does it lie in the picture, and is it large enough to cover something?"""
    left, top, width, height = box
    return (
        left >= 0
        and top >= 0
        and width >= LEAST
        and height >= LEAST
        and left + width <= WHOLE
        and top + height <= WHOLE
    )


def written(boxes: Iterable[Box]) -> str:
    """As the decision keeps them."""
    return json.dumps([list(box) for box in boxes], separators=(",", ":"))


def read(text: str) -> tuple[Box, ...]:
    """Rectangles from what the decision keeps."""
    return tuple((left, top, width, height) for left, top, width, height in json.loads(text))
