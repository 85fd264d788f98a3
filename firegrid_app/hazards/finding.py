"""Hazards by words: every word stands in what was written, or in the name of the kind or the grid.

Words that are rare are looked up first, and the list is made of what they found. Words that are
common are asked of one hazard after the other where the list ends at a page, and joined as a whole
where all of it is counted: a database does not know which of both it should do.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.fulltext import has_fts, saying
from firegrid_app.hazards.rules.kinds import CATEGORY
from firegrid_app.hazards.rules.search import folded, words_in
from firegrid_app.hazards.tables import Hazard, HazardText
from firegrid_app.texts import LANGUAGES, say

Condition = sa.ColumnElement[bool]
RARE = 2000
"""Hazards a word is found in at most to be called rare: so many ids go into one statement."""


@dataclass(frozen=True)
class Wanted:
    """What a hazard has to be, said in two ways that mean the same."""

    in_turn: list[Condition] = field(default_factory=list)
    """For one after the other, until there are enough."""
    as_a_whole: list[Condition] = field(default_factory=list)
    """For all of them."""


def said(session: Session, top: Grid, words: str) -> Wanted:
    """What a hazard below `top` has to be for each of these words to stand in it."""
    wanted = words_in(words)
    if not wanted:
        return Wanted()
    rows = session.exec(
        select(Grid.id, Grid.name).where(
            col(Grid.path).startswith(top.path, autoescape=True), col(Grid.valid_to).is_(None)
        )
    )
    grids = {grid_id: folded(name) for grid_id, name in rows}
    called = {word: _called(word, grids) for word in wanted}
    plain = [word for word in wanted if not called[word]]
    # Words that stand in the text alone are looked for in one reading of it.
    groups = [plain] * bool(plain) + [[word] for word in wanted if called[word]]
    found: list[tuple[set[UUID], int]] = []
    for number, group in enumerate(groups):
        ids = _few(session, group, called[group[0]])
        if ids is not None:
            found.append((ids, number))
    rarest = min(found, key=lambda one: len(one[0]), default=None)
    if rarest is not None:
        groups.pop(rarest[1])
        few = [col(Hazard.id).in_(rarest[0]), *(_asked(one, called[one[0]]) for one in groups)]
        return Wanted(few, few)
    in_turn = [_asked(one, called[one[0]]) for one in groups]
    if session.get_bind().dialect.name == "sqlite":
        # It joins by asking one after the other in any case.
        return Wanted(in_turn, in_turn)
    return Wanted(
        [_asked(one, called[one[0]], alone=True) for one in groups],
        [
            _asked(one, called[one[0]])
            if called[one[0]]
            else col(Hazard.id).in_(saying(one, fts=False))
            for one in groups
        ],
    )


def _called(word: str, grids: dict[int | None, str]) -> list[Condition]:
    """Hazards whose kind, in any language, or whose grid is called so today."""
    kinds = [
        code
        for code in CATEGORY
        if any(word in folded(say(f"hazards.category.{code}", one)) for one in LANGUAGES)
    ]
    named = [grid_id for grid_id, name in grids.items() if word in name]
    ways: list[Condition] = []
    if named:
        ways.append(col(Hazard.grid_id).in_(named))
    if kinds:
        ways.append(col(Hazard.category).in_(kinds))
    return ways


def _few(session: Session, words: list[str], called: list[Condition]) -> set[UUID] | None:
    """Ids of all hazards with these words; None where there are more than `RARE`."""
    ids: set[UUID] = set()
    ways: list[Any] = [saying(words, fts=has_fts(session))]
    ways += [select(Hazard.id).where(one) for one in called]
    for way in ways:
        ids.update(session.execute(way.limit(RARE + 1)).scalars())
        if len(ids) > RARE:
            return None
    return ids


def _asked(words: list[str], called: list[Condition], *, alone: bool = False) -> Condition:
    """Asked of a hazard: does each word stand in its text, or is its kind or grid called so?

    `alone`: PostgreSQL is not to read all texts first to have the answers ready.
    """
    text = sa.select(1).where(
        col(HazardText.hazard_id) == col(Hazard.id),
        *(col(HazardText.text).contains(word, autoescape=True) for word in words),
    )
    return sa.or_(*called, (text.offset(0) if alone else text).exists())
