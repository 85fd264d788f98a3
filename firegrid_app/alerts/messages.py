"""What another system may send: the fields of CAP 1.2 that matter here, as JSON (docs/alerts.md).

CAP is the Common Alerting Protocol of OASIS; fields it has and we do not use are passed over.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from firegrid_app.alerts.rules import COLOURED, MOST_WORDS, WEATHERS, Draft, Kind
from firegrid_app.sync.fields import NO_NUL, Moment
from firegrid_app.texts import LANGUAGES, say

Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(max_length=5000, pattern=NO_NUL, strip_whitespace=True)]
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, pattern=NO_NUL, strip_whitespace=True),
]
OURS = "FIREGRID"
"""`valueName` of a geocode that is a grid's code."""
TIME_TO_PASS_ON = timedelta(hours=2)
"""Where the sender names no deadline."""
_COLOUR_OF = {
    "extreme": "red",
    "severe": "orange",
    "moderate": "yellow",
    "minor": "blue",
    "red": "red",
    "orange": "orange",
    "yellow": "yellow",
    "blue": "blue",
}
"""CAP's severities, and the colours themselves."""
_FIRE = ("fire_danger", "forest fire", "森林火险", "草原火险", "森林草原火险", "高火险")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Geocode(_Part):
    """A code of some list; ours says so."""

    valueName: Line
    value: Line


class Area(_Part):
    """Where it holds."""

    geocode: Annotated[tuple[Geocode, ...], Field(max_length=400)] = ()


class Info(_Part):
    """What it says."""

    event: Line
    severity: Line = ""
    headline: Line = ""
    description: Prose = ""
    instruction: Prose = ""
    senderName: Line = ""
    onset: Moment | None = None
    effective: Moment | None = None
    expires: Moment
    deadline: Moment | None = None
    """Ours: until when it is to be passed on."""
    number: Line = ""
    """Ours: number of the document."""
    residents: bool = True
    """Ours: false for what is for the grids' own people."""
    area: Annotated[tuple[Area, ...], Field(max_length=50)] = ()


class Message(_Part):
    """A message. `references` names the one an update or a cancellation is about."""

    identifier: Name
    status: Literal["Actual", "Exercise", "System", "Test", "Draft"] = "Actual"
    msgType: Literal["Alert", "Update", "Cancel"] = "Alert"
    references: Prose = ""
    info: Annotated[tuple[Info, ...], Field(max_length=10)] = ()
    """Of several (one a language, as a rule) the first is taken."""

    def about(self) -> list[str]:
        """Identifiers in `references`: as such, or CAP's `sender,identifier,sent`, with spaces
        between several."""
        parts = [one.split(",") for one in self.references.split()]
        return [part[1] if len(part) == 3 else part[0] for part in parts]


def hash_of(raw: Any) -> str:
    """SHA-256 of a message's content, whatever order its keys came in."""
    canonical = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def grids_named(info: Info) -> list[str]:
    """Codes of grids it is for; none means all of the sender's."""
    return [
        code.value for area in info.area for code in area.geocode if code.valueName.upper() == OURS
    ]


def draft_of(info: Info, now: datetime) -> Draft:
    """What is to be issued. Whether it can be is `rules.problem_of`'s to say."""
    kind, weather = _what(info.event)
    colour = _colour(info) if kind in COLOURED else ""
    starts_at = info.onset or info.effective or now
    asked = info.deadline or max(now, starts_at) + TIME_TO_PASS_ON
    return Draft(
        kind=kind,
        weather=weather,
        colour=colour,
        title=(info.headline or info.event)[:60],
        words=_words(info),
        issuer=info.senderName[:60],
        number=info.number[:60],
        starts_at=starts_at,
        ends_at=info.expires,
        deadline_at=asked if info.deadline else min(asked, info.expires),
        to_residents=info.residents,
    )


def _what(event: str) -> tuple[str, str]:
    """Kind and weather of an event, named by our code, in Chinese or in English."""
    told = event.lower()
    for code in WEATHERS:
        names = [say(f"alerts.weather.{code}", language).lower() for language in LANGUAGES]
        if told == code or any(told.startswith(name) for name in names):
            return Kind.WEATHER, code
    if any(told.startswith(name) for name in _FIRE):
        return Kind.FIRE_DANGER, ""
    return Kind.NOTICE, ""


def _colour(info: Info) -> str:
    named = _COLOUR_OF.get(info.severity.lower(), "")
    return named or next(
        (
            colour
            for colour in ("red", "orange", "yellow", "blue")
            if say(f"alerts.colour.{colour}") in (info.severity, *_parts(info.headline))
        ),
        "",
    )


def _parts(headline: str) -> tuple[str, ...]:
    """Pairs of signs of a headline: 暴雨红色预警 names its colour by two of them."""
    return tuple(headline[at : at + 2] for at in range(len(headline) - 1))


def _words(info: Info) -> str:
    """What people are to do, else what it is; what is too long to be called out is passed over."""
    for words in (info.instruction, info.description, info.headline):
        if 4 <= len(words) <= MOST_WORDS:
            return words
    return ""
