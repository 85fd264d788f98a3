"""Words sent without the beginning they share with another: the code and the name of a grid begin
as its community's. The one place that puts them together again is `fireGrid.withBeginnings`."""

from collections.abc import Iterable

WHOLE = "="
"""Stands before a word that does not go on after its beginning."""


def without(beginnings: Iterable[str], words: Iterable[str]) -> tuple[str, ...]:
    """Each word without its beginning, or whole behind `WHOLE`."""
    return tuple(map(_rest, beginnings, words))


def _rest(beginning: str, word: str) -> str:
    rest = word.removeprefix(beginning)
    goes_on = word.startswith(beginning) and not rest.startswith(WHOLE)
    return rest if goes_on else WHOLE + word
