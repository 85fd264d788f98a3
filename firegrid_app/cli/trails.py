"""Checks every hazard's trail on the server: whole, and telling the same as the hazard's row."""

from collections.abc import Callable

from firegrid_app.database import reading
from firegrid_app.hazards.trail import Broken, broken_trails

MOST_NAMED = 50
"""Broken trails named one by one; more are only counted."""


def verify(say: Callable[[str], None]) -> bool:
    """Look at all trails, name the broken ones; are all whole?"""
    looked_at = broken = 0
    with reading() as session:
        for found in broken_trails(session):
            if not isinstance(found, Broken):
                looked_at += found
                continue
            broken += 1
            if broken <= MOST_NAMED:
                say(f"✗ {found.hazard_id}: {', '.join(found.why)}")
    if broken:
        say(
            f"✗ {looked_at} 条隐患中有 {broken} 条的流程记录对不上"
            f" / {broken} of {looked_at} trails do not hold."
        )
    else:
        say(f"✓ {looked_at} 条隐患的流程记录全部完整 / All {looked_at} trails are whole.")
    return not broken
