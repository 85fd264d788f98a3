"""What leaves the server about checklists."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ItemLine:
    """One thing to look at, as the street edits it."""

    code: str
    zh_CN: str
    en: str
    ko: str
    category: str
    source: str
    on: bool
    own: bool
    """Worded by the street."""


@dataclass(frozen=True)
class VersionLine:
    """Who changed a list, and when; times on the wall clock."""

    number: int
    by: str
    at: str


@dataclass(frozen=True)
class FaultLine:
    """A fault found lately, in the words its list had then."""

    id: str
    at: str
    grid_name: str
    point_name: str
    words: str


@dataclass(frozen=True)
class ChecklistView:
    """One list of one street."""

    code: str = ""
    name: str = ""
    picks: list[tuple[str, str]] = field(default_factory=list)
    """Code and name of the streets whose lists the reader keeps."""
    lists: list[tuple[str, str]] = field(default_factory=list)
    """Code of each list and its name in every language."""
    chosen: str = ""
    source: str = ""
    number: int = 0
    """Version; 0 for the list as it ships."""
    lines: list[ItemLine] = field(default_factory=list)
    versions: list[VersionLine] = field(default_factory=list)
    faults: list[FaultLine] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    """Kinds of hazard a fault can be."""
