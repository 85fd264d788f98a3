"""What leaves the server about shouts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShoutCard:
    """One shout of a day; the moment in ISO 8601, UTC."""

    script: str
    means: str
    people_reached: int
    seconds: int
    """How long the phone played it; 0: nobody counted."""
    where_words: str
    person_name: str
    at: str
