"""What people read: one catalogue a language, a file a room; zh_CN is the source and whole.

A key is `<file>.<key in the file>`. On the server `say()` fills a sentence; on pages `t()`
(ui/text) makes a Var that the phone fills from the same catalogue.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

DEFAULT = "zh_CN"
LANGUAGES = ("zh_CN", "en", "ko")
HTML_LANG = {"zh_CN": "zh-CN", "en": "en", "ko": "ko"}
SERVER_ROOMS = frozenset(
    {
        "answers",
        "boards",
        "exposed",
        "hotline",
        "importing",
        "letters",
        "maps",
        "notices",
        "open311",
        "papers",
        "quiz",
        "residents",
        "wall",
        "wayfinding",
        "worklog",
    }
)
"""Files only the server reads from (boards, map frames, the command line): no phone loads them."""

BROUGHT_ROOMS = frozenset(
    {
        "access",
        "alarms",
        "alerts",
        "calls",
        "campaigns",
        "checklists",
        "city",
        "covering",
        "desk",
        "dissuasion",
        "duties",
        "entries",
        "equipment",
        "exposure",
        "files",
        "gridmap",
        "grids",
        "handover",
        "households",
        "loop",
        "loudspeaker",
        "meetings",
        "messages",
        "outbox",
        "place_letters",
        "places",
        "points",
        "posting",
        "presence",
        "recordings",
        "refusals",
        "reports",
        "rewards",
        "roads",
        "rota",
        "scripts",
        "shout_log",
        "signing",
        "supervision",
        "training",
    }
)
"""Files a page brings with its own code: they weigh nothing on the first screen."""
SAID_BY_FORMS = frozenset({"refusals.hazards.no_words_for_other", "refusals.photos.not_a_photo"})
"""Of those, what the first screen says by itself, before any server could refuse it."""


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> dict[str, str]:
    """All texts of one language, `file.key` to sentence. Gaps look like `{name}`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    texts: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / language).glob("*.json")):
        for key, sentence in json.loads(file.read_text(encoding="utf-8")).items():
            texts[f"{file.stem}.{key}"] = sentence
    return texts


def page_catalogue(language: str) -> dict[str, str]:
    """All texts that pages may use, whatever they travel with."""
    return {
        key: text
        for key, text in catalogue(language).items()
        if key.split(".", 1)[0] not in SERVER_ROOMS
    }


def brought_with(key: str) -> str:
    """The room whose texts a page must bring along to say this one; "" if every phone has it."""
    room = key.split(".", 1)[0]
    return room if room in BROUGHT_ROOMS and key not in SAID_BY_FORMS else ""


def say(key: str, language: str = DEFAULT, /, **values: object) -> str:
    """The sentence of `key` with its gaps filled. An unknown key is a programming error."""
    return catalogue(language)[key].format_map(values)


def refusal(code: str, language: str = DEFAULT, /, **details: object) -> str:
    """The sentence for a refusal's code (`refusals.STATUS`)."""
    return say(f"refusals.{code}", language, **told(details, language))


def told(details: Mapping[str, object], language: str) -> dict[str, object]:
    """What fills the gaps of a refusal's sentence; words by language are those of this one."""
    return {
        name: words_in(value, language) if isinstance(value, Mapping) else value
        for name, value in details.items()
    }


def words_in(words: Mapping[str, str], language: str) -> str:
    """Somebody's own words in this language, else in Chinese, in which all of them are."""
    return words.get(language) or words[DEFAULT]


def best_language(cookie: str, accept: str) -> str:
    """The language to answer in: the chosen one, else the browser's first we have, else zh_CN."""
    if cookie in LANGUAGES:
        return cookie
    for part in accept.split(","):
        wanted = part.split(";")[0].strip().lower().split("-")[0]
        for language, tag in HTML_LANG.items():
            if tag.split("-")[0] == wanted:
                return language
    return DEFAULT
