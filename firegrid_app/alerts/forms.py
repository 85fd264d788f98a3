"""What the desk's forms hold, as a draft, and back: times are those on the wall."""

from collections.abc import Mapping
from datetime import datetime

from firegrid_app.alerts.rules import COLOURED, Draft, Kind
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings
from firegrid_app.texts import say


def proposed_title(kind: str, weather: str, colour: str) -> str:
    """As the office would head it, where the kind says it all; else empty."""
    if kind == Kind.WEATHER:
        what = say(f"alerts.weather.{weather}")
    elif kind == Kind.FIRE_DANGER:
        what = say("alerts.fire_danger")
    else:
        return ""
    return say("alerts.title_of", what=what, colour=say(f"alerts.colour.{colour}"))


def moment_in(text: str) -> datetime:
    """The moment that a field for day and time holds, on the wall clock. Refuses
    `alerts.bad_moment`."""
    try:
        naive = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the zone is ours
    except ValueError:
        raise Refused("alerts.bad_moment") from None
    return naive.replace(tzinfo=settings().zone)


def wall_minute(at: datetime) -> str:
    """A moment as such a field holds it."""
    return f"{at.astimezone(settings().zone):%Y-%m-%dT%H:%M}"


def draft_in(texts: Mapping[str, str], *, to_residents: bool) -> Draft:
    """The draft of a form's fields, by their names. What does not belong to the kind is left out.

    Refuses `alerts.bad_moment`.
    """
    kind = texts["kind"]
    return Draft(
        kind=kind,
        weather=texts["weather"] if kind == Kind.WEATHER else "",
        colour=texts["colour"] if kind in COLOURED else "",
        title=texts["title"],
        words=texts["words"],
        issuer=texts["issuer"],
        number=texts["number"],
        starts_at=moment_in(texts["starts_at"]),
        ends_at=moment_in(texts["ends_at"]),
        deadline_at=moment_in(texts["deadline_at"]),
        to_residents=to_residents,
    )
