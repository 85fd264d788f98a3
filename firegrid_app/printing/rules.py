"""What may stand on paper: words without the characters no paper can show."""

import unicodedata
from typing import Any

MOST_WORDS = 4000
"""Characters of one field; longer ones end in an ellipsis."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Controls, marks that turn the direction of writing, halves of characters, no characters."""


def cleaned(held: Any) -> Any:
    """The same shape with every text fit to be set; numbers and truth values stay as they are."""
    if isinstance(held, str):
        return fit_for_paper(held)
    if isinstance(held, dict):
        return {key: cleaned(value) for key, value in held.items()}
    if isinstance(held, list | tuple):
        return [cleaned(value) for value in held]
    return held


def fit_for_paper(words: str) -> str:
    """Composed, without unseen characters but line breaks; cut at `MOST_WORDS`."""
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\t", " "))
    words = "".join(one for one in words if one == "\n" or unicodedata.category(one) not in _UNSEEN)
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
