"""What a run found: figures, their peers and goals, checks; medians and ratios."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Literal

Better = Literal["less", "more"]


@dataclass(frozen=True)
class Goal:
    """A limit for our value, or, with a peer, for our value divided by that peer's."""

    limit: float
    peer: str = ""


@dataclass(frozen=True)
class Figure:
    """One measured thing: our rounds, and those of everybody measured beside us in this run."""

    metric: str
    what: str
    unit: str
    better: Better
    ours: Sequence[float]
    beside: dict[str, Sequence[float]] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()

    def value(self, peer: str = "") -> float:
        """The median of the rounds, ours or a peer's."""
        return median(self.beside[peer] if peer else self.ours)

    def ratio(self, peer: str) -> float:
        """Ours to the peer's: the median of the rounds' ratios, since a machine drifts."""
        return ratio(self.ours, self.beside[peer])

    def reached(self, goal: Goal) -> float:
        """What the goal looks at."""
        return self.ratio(goal.peer) if goal.peer else self.value()

    def meets(self, goal: Goal) -> bool:
        """Is the goal met?"""
        reached = self.reached(goal)
        return reached <= goal.limit if self.better == "less" else reached >= goal.limit


@dataclass(frozen=True)
class Check:
    """A yes or no that a run stands on: nothing lost, or a peer that has to fail and did."""

    metric: str
    what: str
    passed: bool
    seen: str = ""


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median ratio of rounds measured side by side; of the medians where rounds are missing."""
    if len(ours) == len(theirs):
        return median(_share(our, their) for our, their in zip(ours, theirs, strict=True))
    return _share(median(ours), median(theirs))


def _share(our: float, their: float) -> float:
    if not their:
        return 1.0 if not our else float("inf")
    return our / their


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank); 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    rank = -int(-(share * len(ordered)) // 1)  # rounded up
    return ordered[min(len(ordered), max(1, rank)) - 1]


@dataclass
class Report:
    """Everything a run says, in the order it was found."""

    machine: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def is_evidence(self) -> bool:
        """Did everything pass that the figures stand on?"""
        return all(check.passed for check in self.checks)

    def missed(self) -> list[Figure]:
        """Figures that miss a goal."""
        return [f for f in self.figures if not all(map(f.meets, f.goals))]

    def as_json(self) -> dict[str, Any]:
        """For the results file."""
        return {
            "machine": self.machine,
            "figures": [_figure_json(figure) for figure in self.figures],
            "checks": [asdict(check) for check in self.checks],
            "skipped": self.skipped,
            "details": self.details,
        }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "metric": figure.metric,
        "what": figure.what,
        "unit": figure.unit,
        "better": figure.better,
        "firegrid": {"median": figure.value(), "rounds": list(figure.ours)},
        "beside": {
            peer: {
                "median": figure.value(peer),
                "rounds": list(rounds),
                "ratio": figure.ratio(peer),
            }
            for peer, rounds in figure.beside.items()
        },
        "goals": [
            asdict(goal) | {"reached": figure.reached(goal), "met": figure.meets(goal)}
            for goal in figure.goals
        ],
    }
