"""What papers of grids would say today: read once for many grids, so that old ones are found."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from firegrid_app.boards.contacts import Posted, posted
from firegrid_app.boards.service import supervision_line
from firegrid_app.grids.service import paths_over
from firegrid_app.grids.tables import WITHOUT_OUTLINE, Grid
from firegrid_app.places.tables import Place
from firegrid_app.posting.layout import Standing, standing_in
from firegrid_app.posting.rules import WITH_MAP, fingerprint, outline_print
from firegrid_app.posting.tables import Edition


class Walls:
    """Contacts, names and lines of some grids as of a day."""

    def __init__(self, session: Session, grids: Iterable[Grid], today: date) -> None:
        wanted = {grid.id or 0: grid for grid in grids}
        paths = {path for grid in wanted.values() for path in paths_over(grid.path)}
        over = session.exec(
            select(Grid).options(WITHOUT_OUTLINE).where(col(Grid.path).in_(paths), Grid.level >= 1)
        )
        self._by_path = {one.path: one for one in over}
        communities = [grid_id for grid_id, grid in wanted.items() if grid.level == 2]
        self._inside: dict[int, list[Grid]] = {grid_id: [] for grid_id in communities}
        for one in session.exec(
            select(Grid)
            .options(WITHOUT_OUTLINE)
            .where(col(Grid.parent_id).in_(communities), col(Grid.valid_to).is_(None))
            .order_by(col(Grid.path))
        ):
            self._inside[one.parent_id or 0].append(one)
        small = [one for some in self._inside.values() for one in some]
        around = [one for one in self._by_path.values() if one.level == 2]
        everything = {one.id or 0: one for one in [*wanted.values(), *small, *around]}
        self._posted = posted(session, everything.values(), today)
        self._wanted = list(wanted.values())
        self._drawable = {*wanted, *(one.id for one in small)}
        self._session = session

    def people(self, grid: Grid, building: str = "") -> list[Posted]:
        """Who is posted in the grid; of a building, its keepers and who serves the whole grid."""
        everybody = self._posted.get(grid.id or 0, [])
        if not building:
            return everybody
        return [one for one in everybody if one.serves(building)]

    def inside(self, grid: Grid) -> list[Grid]:
        """The small grids of a community."""
        return self._inside.get(grid.id or 0, [])

    def above(self, grid: Grid) -> list[Grid]:
        """Street and community it lies in, the street first."""
        return [self._by_path[path] for path in paths_over(grid.path)[:-1] if path in self._by_path]

    def line(self, grid: Grid) -> str:
        """The supervision phone that stands on its papers."""
        return supervision_line(self.above(grid), grid)

    def supervisor(self, grid: Grid) -> Posted | None:
        """Who answers for premises of a grid to the public: its head, else the secretary above."""
        for one in (grid, *reversed(self.above(grid))):
            for person in self.people(one):
                if person.role in ("grid_head", "community_secretary") and person.phone:
                    return person
        return None

    def drawn_of(self, kind: str, grid: Grid) -> str:
        """The fingerprint of the map a paper of this kind would have today; empty: it has none.

        Neighbours are drawn around it in pale lines; they alone make no paper old.
        """
        if kind not in WITH_MAP:
            return ""
        grids = (grid, *self.inside(grid))
        return outline_print((one.name, self._outlines.get(one.id)) for one in grids)

    @cached_property
    def _outlines(self) -> dict[int | None, dict[str, Any] | None]:
        """Read when first asked for: most who ask about papers ask about people alone."""
        rows = self._session.exec(
            select(Grid.id, Grid.outline).where(col(Grid.id).in_(self._drawable))
        )
        drawn: dict[int | None, Any] = dict(rows.all())
        return drawn

    def is_old(self, paper: Edition, grid: Grid, place: Place | None = None) -> bool:
        """Would it be printed otherwise today, in its words or in its map?"""
        if paper.fingerprint != self.print_of(paper.kind, grid, paper.subject, place):
            return True
        return bool(paper.drawn) and paper.drawn != self.drawn_of(paper.kind, grid)

    @cached_property
    def _equipment(self) -> list[Standing]:
        """Read when first asked for, as outlines are."""
        small = [one for some in self._inside.values() for one in some]
        grids = {one.id: one for one in (*self._wanted, *small)}
        return standing_in(self._session, grids.values())

    def equipment(self, grid: Grid, place: Place | None = None) -> list[Standing]:
        """Fire equipment of a grid with the small grids in it, or of premises alone."""
        ids = {grid.id, *(one.id for one in self.inside(grid))}
        return [
            one
            for one in self._equipment
            if one.grid_id in ids and (place is None or one.place_id == place.id)
        ]

    def print_of(self, kind: str, grid: Grid, subject: str, place: Place | None = None) -> str:
        """The fingerprint a paper of this kind would have today; empty: there is none any more."""
        names = [*(one.name for one in self.above(grid)), grid.name]
        lines: list[Iterable[str]] = [(kind, subject, *names, self.line(grid))]
        if kind == "sign":
            if place is None or place.grid_id != grid.id:
                return ""
            lines.append((place.name, place.category, place.responsible_person))
            supervisor = self.supervisor(grid)
            lines += [supervisor.facts] if supervisor else []
            return fingerprint(lines)
        if kind == "layout":
            if subject and (place is None or place.grid_id != grid.id):
                return ""
            pieces = self.equipment(grid, place)
            lines += [(place.name,)] if place else []
            return fingerprint([*lines, *(one.facts for one in pieces)]) if pieces else ""
        if kind == "cards" and subject:
            people = [one for one in self.people(grid) if str(one.id) == subject]
            if not people:
                return ""
            return fingerprint([*lines, *(one.facts for one in people)])
        lines += [one.facts for one in self.people(grid, subject if kind == "notice" else "")]
        if kind == "pack":
            for one in self.inside(grid):
                lines.append((one.name,))
                lines += [person.facts for person in self.people(one)]
        return fingerprint(lines)
