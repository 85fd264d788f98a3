"""What leaves the server about people, posts and sessions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostCard:
    """A post as shown: role code, grid code and name."""

    id: int
    role: str
    grid_code: str
    grid_name: str
    grid_level: int


@dataclass(frozen=True)
class MeCard:
    """Who is logged in."""

    person_id: int
    name: str
    posts: tuple[PostCard, ...]
    can_record: bool
    """May work in the field: gets the phone's home."""
    can_lead: bool
    """May look over grids: gets the desk."""
    can_speak: bool
    """May speak scripts for some grid (`shouts/recordings.py`)."""
    can_invite: bool
    pilot: bool
    """This server holds pilot data."""
    training_first: bool = False
    """A post of mine gives no field rights before the training is on record (YB-31)."""


@dataclass(frozen=True)
class HeldPost:
    """A post in the leader's list, with its dates in ISO 8601."""

    id: int
    role: str
    grid_code: str
    grid_name: str
    starts_on: str
    ends_on: str
    """Its last day; empty while none is set."""
    coming: bool
    """Begins on a later day."""
    may_end: bool


@dataclass(frozen=True)
class HolderCard:
    """Who holds a grid; the phone is masked unless the reader may see it."""

    name: str
    role: str
    phone: str
    switched_off: bool


@dataclass(frozen=True)
class PersonCard:
    """A person in the leader's list; the phone is masked unless the reader may see it."""

    id: int
    name: str
    phone: str
    posts: tuple[HeldPost, ...]
    """Those in the reader's own grids."""
    elsewhere: bool
    """Holds a post outside them too, which is not shown."""
    has_password: bool
    switched_off: bool
    managed: bool
    """The reader may give a new link, switch off and on."""


@dataclass(frozen=True)
class GridChoice:
    """A grid to choose: its code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class SessionCard:
    """One logged-in device; moments in ISO 8601, UTC."""

    id: int
    device: str
    created_at: str
    last_seen_at: str
    current: bool


@dataclass(frozen=True)
class SystemLine:
    """Another system that may send in, never its key; days and times on the wall clock."""

    id: int
    name: str
    grid_name: str
    """Empty where the list is of one grid."""
    made: str
    maker: str
    used: str
    """Empty where it never was."""
