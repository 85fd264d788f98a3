"""Searching hazards: how what was written and what is looked for are brought to one form.

Chinese has no blanks between words: a part of a sentence is looked for as it is, from one character
on. Both sides are folded here, so that no database's idea of upper case decides what is found.
"""

import unicodedata
from collections.abc import Iterable

LONGEST_TEXT = 8000
"""Characters of one hazard that can be searched; what was said first stays in."""
LONGEST_SEARCH = 40
MOST_WORDS = 5
INDEXED_FROM = 3
"""Characters a word needs for an index of trigrams to help; shorter ones are read through."""


def folded(text: str) -> str:
    """Full and half width, upper and lower case alike; what no database can keep is left out."""
    plain = text.replace("\x00", " ").encode(errors="ignore").decode()
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def words_in(search: str) -> list[str]:
    """What is looked for; every one of them has to be there."""
    return folded(search[:LONGEST_SEARCH]).split()[:MOST_WORDS]


def searchable(parts: Iterable[str]) -> str:
    """What can be searched of a hazard: a line a part, so that no word reaches over two."""
    return "\n".join(filter(None, map(folded, parts)))[:LONGEST_TEXT]


def paper_number(day: str, hazard_id: str) -> str:
    """The number on a hazard's papers: the day it was found (`20261122`) and the id's beginning."""
    return f"{day}-{hazard_id[:8].upper()}"
