"""The report as lines for a terminal: a line a figure, below it a line for each peer."""

from collections.abc import Iterator

from bench.figures import Figure, Goal, Report

_WIDTH = 58
_HEAD = f"{'':<5} {'':<{_WIDTH}} {'FireGrid':>12} {'peer':>12} {'ratio':>8}  goal"


def lines(report: Report) -> Iterator[str]:
    """The whole table."""
    yield _HEAD
    for figure in report.figures:
        yield from _figure(figure)
    if report.checks:
        yield ""
    for check in report.checks:
        seen = f": {check.seen}" if check.seen else ""
        yield f"{'✓' if check.passed else '✗'} {check.metric} {check.what}{seen}"
    for reason in report.skipped:
        yield f"! {reason}"
    yield ""
    yield _summary(report)


def _summary(report: Report) -> str:
    missed = report.missed()
    goals = sum(len(figure.goals) for figure in report.figures)
    words = f"{goals - sum(_misses(figure) for figure in missed)} of {goals} goals met."
    if not report.is_evidence():
        words += " NOT EVIDENCE: a check failed, see ✗."
    return words


def _misses(figure: Figure) -> int:
    return sum(not figure.meets(goal) for goal in figure.goals)


def _figure(figure: Figure) -> Iterator[str]:
    own = next((goal for goal in figure.goals if not goal.peer), None)
    what = f"{figure.what}, {figure.unit}" if figure.unit else figure.what
    yield _line(figure.metric, what, number(figure.value()), "", "", _goal(figure, own))
    for peer in figure.beside:
        goal = next((goal for goal in figure.goals if goal.peer == peer), None)
        yield _line(
            "", f"  {peer}", "", number(figure.value(peer)), times(figure.ratio(peer)),
            _goal(figure, goal),
        )  # fmt: skip


def _line(metric: str, what: str, ours: str, theirs: str, share: str, goal: str) -> str:
    return f"{metric:<5} {what:<{_WIDTH}} {ours:>12} {theirs:>12} {share:>8}  {goal}".rstrip()


def _goal(figure: Figure, goal: Goal | None) -> str:
    if goal is None:
        return ""
    sign = "≤" if figure.better == "less" else "≥"
    limit = times(goal.limit) if goal.peer else number(goal.limit)
    return f"{sign} {limit} {'✓' if figure.meets(goal) else '✗ missed'}"


def number(value: float) -> str:
    """Three digits that matter, thousands set off."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def times(value: float) -> str:
    """A ratio; to nothing there is none."""
    if value == float("inf"):
        return "–"
    return f"{value:.2f}×" if value < 10 else f"{value:.0f}×"
