"""The lists as they ship: one JSON file a list, in every language, each item with its source.

They are files of the app, the same for every street; a phone has them in its own code, so that they
open without network.
"""

import json
from functools import lru_cache
from pathlib import Path

from firegrid_app.checklists.rules import SHIPPED, Checklist, Item

FOLDER = Path(__file__).with_name("shipped")


@lru_cache(maxsize=1)
def checklists() -> dict[str, Checklist]:
    """All lists by code."""
    found = {}
    for code in SHIPPED:
        raw = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
        items = tuple(Item(**{**item, "at": tuple(item.get("at", ()))}) for item in raw["items"])
        found[code] = Checklist(raw["code"], raw["name"], raw["source"], items)
    return found


@lru_cache(maxsize=1)
def korean_words() -> dict[str, str]:
    """The Korean of shipped items by their Chinese, for versions kept before there was any."""
    return {item.zh_CN: item.ko for one in checklists().values() for item in one.items}


def as_module() -> str:
    """The lists as a JavaScript module for phones: `{code: {name, items}}`."""
    lists = {
        code: {
            "name": one.name,
            "items": [
                {
                    "code": item.code,
                    "zh_CN": item.zh_CN,
                    "en": item.en,
                    "ko": item.ko,
                    "category": item.category,
                    "at": item.at,
                }
                for item in one.items
            ],
        }
        for code, one in checklists().items()
    }
    return f"export default {json.dumps(lists, ensure_ascii=False)};\n"
