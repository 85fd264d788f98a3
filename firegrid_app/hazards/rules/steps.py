"""The moves a hazard may make, as one table: from where, to where, who may, what must be said."""

from dataclasses import dataclass
from enum import StrEnum

from firegrid_app.access.rules import Action


class Status(StrEnum):
    """Where a hazard stands."""

    OPEN = "open"
    CORRECTED = "corrected"
    """Said to be put right; somebody else has to look."""
    CLOSED = "closed"
    MERGED = "merged"
    """The same as another one, which is seen to instead."""


class Step(StrEnum):
    """What can happen to a hazard."""

    REPORTED = "reported"
    FIXED_ON_SPOT = "fixed_on_spot"
    DISSUADED = "dissuaded"
    """Somebody was talked to on the spot (劝导制止, YC-47)."""
    ASSIGNED = "assigned"
    REMINDED = "reminded"
    RELEASED = "released"
    """Whoever had it holds no post over its grid any more: it is nobody's."""
    STEPPED_UP = "stepped_up"
    SKIPPED = "skipped"
    """Past the levels between, straight up (越级)."""
    URGED = "urged"
    ANSWERED = "answered"
    GRADED = "graded"
    LISTED = "listed"
    """Put on the list of major hazards the government supervises (挂牌督办)."""
    DELISTED = "delisted"
    TRANSFERRED = "transferred"
    """Handed to the police, the fire service, a department (移送); it is still followed."""
    WHISTLED = "whistled"
    """Departments are called to the grid (网格吹哨、部门报到)."""
    CHECKED_IN = "checked_in"
    REPLIED = "replied"
    """A department says what it did."""
    COMMENTED = "commented"
    CORRECTED = "corrected"
    REOPENED = "reopened"
    CLOSED = "closed"
    MERGED = "merged"
    """It is the same as another, and follows that one from now on."""
    UNMERGED = "unmerged"
    """It is not: it stands again as it stood."""
    FOUND_GONE = "found_gone"
    """The resident who reported it looked: it is gone."""
    FOUND_THERE = "found_there"
    """The resident who reported it looked: it is there still, or again."""


BY_RESIDENTS = frozenset({Step.FOUND_GONE, Step.FOUND_THERE})
"""Steps of a resident without an account: the trail names nobody."""


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    starts: tuple[Status | None, ...]
    """Statuses it may be taken from; None: there is no hazard yet."""
    ends: Status | None = None
    """The status after it; None: as before."""
    right: Action | None = None
    """Who may by right in the hazard's grid; None: nobody from a desk or a phone."""
    owner: bool = False
    """Whoever has to see to the hazard may too, whatever the right."""
    finder: bool = False
    """Whoever reported it may too."""
    words: bool = False
    """It must be said why."""


_LIVE = (Status.OPEN, Status.CORRECTED)

MOVES: dict[Step, Move] = {
    Step.REPORTED: Move((None,), Status.OPEN),
    # Finder and fixer are one (LY-47): it belongs to the report, nobody closes alone later.
    Step.FIXED_ON_SPOT: Move((Status.OPEN,), Status.CLOSED),
    # With what was said, by whoever stands there: a desk talks to nobody on the spot.
    Step.DISSUADED: Move(_LIVE, right=Action.REPORT_HAZARD, owner=True, finder=True),
    # By the house, when its day has come: nobody takes it from a desk or a phone.
    Step.REMINDED: Move(_LIVE),
    Step.RELEASED: Move(_LIVE),
    Step.ASSIGNED: Move(_LIVE, right=Action.CLOSE_HAZARD),
    Step.STEPPED_UP: Move(_LIVE, right=Action.CLOSE_HAZARD, owner=True, words=True),
    # In an emergency whoever works there goes straight up, in one tap (YC-54, YC-58).
    Step.SKIPPED: Move(_LIVE, right=Action.REPORT_HAZARD, owner=True, finder=True),
    Step.URGED: Move(_LIVE, right=Action.SEE_GRID, finder=True),
    Step.ANSWERED: Move(_LIVE, right=Action.CLOSE_HAZARD, owner=True, words=True),
    # A member suspects, an authorised person grades (GB 35181); a listed one is major (YB-12).
    Step.GRADED: Move(_LIVE, right=Action.GRADE_MAJOR, words=True),
    Step.LISTED: Move(_LIVE, right=Action.GRADE_MAJOR),
    Step.DELISTED: Move((Status.CORRECTED,), right=Action.GRADE_MAJOR, words=True),
    # Who refuses or breaks the law goes to who may enforce it (YC-28, LY-56).
    Step.TRANSFERRED: Move(_LIVE, right=Action.CLOSE_HAZARD, words=True),
    # The grid whistles (YB-49); who reports in for a department is asked in whistles.py.
    Step.WHISTLED: Move(_LIVE, right=Action.CLOSE_HAZARD),
    Step.CHECKED_IN: Move(_LIVE, right=Action.SEE_GRID),
    Step.REPLIED: Move(_LIVE, right=Action.SEE_GRID, words=True),
    Step.COMMENTED: Move(_LIVE, right=Action.SEE_GRID, owner=True, finder=True, words=True),
    # Whoever reports may say it is put right, a leader decides (YB-53).
    Step.CORRECTED: Move((Status.OPEN,), Status.CORRECTED, Action.REPORT_HAZARD, owner=True),
    Step.REOPENED: Move((Status.CORRECTED,), Status.OPEN, Action.CLOSE_HAZARD),
    Step.CLOSED: Move((Status.CORRECTED,), Status.CLOSED, Action.CLOSE_HAZARD),
    Step.MERGED: Move(_LIVE, Status.MERGED, Action.CLOSE_HAZARD),
    # Where it stands then is what it stood at before; the trail knows (rules/trail.py).
    Step.UNMERGED: Move((Status.MERGED,), Status.OPEN, Action.CLOSE_HAZARD, words=True),
    # Whoever reported without an account holds its secret link, and no right (field row 34).
    Step.FOUND_GONE: Move((Status.CLOSED,)),
    Step.FOUND_THERE: Move((Status.CLOSED,), Status.OPEN, words=True),
}
"""Every move there is (A.1.4); what is not in it is refused."""

UNFINISHED = _LIVE
"""Statuses of hazards that are counted, listed and run after."""


def next_status(status: Status | None, step: Step) -> Status | None:
    """Where `step` leads from `status`; None where the move is not allowed."""
    move = MOVES[step]
    if status not in move.starts:
        return None
    return move.ends or status
