"""What a responsibility letter says: shipped, a file an edition, in every language.

Each names its sources; phones have the newest in their own code. An edition never changes, so that
what somebody signed can be read for ever: other words are another edition.
"""

import json
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("letters")


@lru_cache(maxsize=1)
def editions() -> dict[int, dict[str, tuple[str, ...]]]:
    """Every edition by its number: the paragraphs by language."""
    return {
        int(file.stem): {
            language: tuple(lines)
            for language, lines in json.loads(file.read_text(encoding="utf-8"))["words"].items()
        }
        for file in FOLDER.glob("*.json")
    }


def as_module() -> str:
    """The newest edition as a JavaScript module for phones: `{edition, words}`."""
    edition = max(editions())
    letter = {"edition": edition, "words": editions()[edition]}
    return f"export default {json.dumps(letter, ensure_ascii=False)};\n"
