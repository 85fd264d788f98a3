"""The ladder a hazard climbs: member, grid head, community, street, department (YC-49 to YC-58)."""

from collections.abc import Mapping
from enum import StrEnum

from firegrid_app.access.rules import Role


class Rung(StrEnum):
    """Who sees to a hazard, from the finder's level up."""

    MEMBER = "member"
    GRID_HEAD = "grid_head"
    COMMUNITY = "community"
    STREET = "street"
    DEPARTMENT = "department"


ORDER = tuple(Rung)

_HELD_BY: dict[Rung, tuple[tuple[Role, int], ...]] = {
    Rung.MEMBER: ((Role.GRID_MEMBER, 3), (Role.GRID_MEMBER, 2)),
    Rung.GRID_HEAD: ((Role.GRID_HEAD, 3),),
    Rung.COMMUNITY: ((Role.COMMUNITY_SECRETARY, 2),),
    Rung.STREET: ((Role.STREET_OFFICER, 1),),
    Rung.DEPARTMENT: (
        (Role.DEPARTMENT_HANDLER, 0),
        (Role.DEPARTMENT_HANDLER, 1),
        (Role.COUNTY_ADMINISTRATOR, 0),
    ),
}
"""Post and level of the grid it is held at; of a rung's posts the first that is filled counts."""

Holders = Mapping[Rung, tuple[int, ...]]
"""Who stands on each rung over one grid: ids of people, the one who answers first."""


def rung_of(role: Role, level: int) -> Rung | None:
    """The rung a post stands on; None for posts that see to no hazard."""
    for rung, posts in _HELD_BY.items():
        if (role, level) in posts:
            return rung
    return None


def on_rungs(posts: list[tuple[Role, int, int]]) -> dict[Rung, tuple[int, ...]]:
    """Who stands where, from the posts over a grid as (role, level, person), oldest first."""
    found: dict[Rung, tuple[int, ...]] = {}
    for rung, held in _HELD_BY.items():
        for role, level in held:
            people = tuple(dict.fromkeys(who for r, at, who in posts if (r, at) == (role, level)))
            if people:
                found[rung] = people
                break
    return found


def first_owner(holders: Holders, finder: int) -> tuple[Rung, int | None]:
    """Who sees to a new hazard: the grid's head (YC-49), else the member who found it (YC-55).

    Else the first level above with somebody on it; nobody only where no post over it is filled.
    """
    heads = holders.get(Rung.GRID_HEAD, ())
    if heads:
        return Rung.GRID_HEAD, heads[0]
    if finder in holders.get(Rung.MEMBER, ()):
        return Rung.MEMBER, finder
    return next_up(holders, Rung.GRID_HEAD, None) or (Rung.GRID_HEAD, None)


def next_up(holders: Holders, rung: Rung, owner: int | None) -> tuple[Rung, int] | None:
    """The next rung above with somebody else on it, and who; None when there is nobody above."""
    for higher in ORDER[ORDER.index(rung) + 1 :]:
        for person in holders.get(higher, ()):
            if person != owner:
                return higher, person
    return None


def skip_to(holders: Holders, rung: Rung, owner: int | None) -> tuple[Rung, int] | None:
    """Where 越级 leads: the street, from the street on the department (YC-54, YC-58)."""
    just_below = max(ORDER.index(Rung.STREET) - 1, ORDER.index(rung))
    return next_up(holders, ORDER[just_below], owner)


def passed_over(holders: Holders, rung: Rung, to: Rung) -> tuple[int, ...]:
    """Who stands between: the skipped are told as well (YC-58)."""
    between = ORDER[ORDER.index(rung) : ORDER.index(to)]
    return tuple(dict.fromkeys(who for one in between for who in holders.get(one, ())))
