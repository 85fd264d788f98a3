"""Who is posted in grids today and which fields of theirs: the one place that decides it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Role, is_in_force
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards.houses import House, as_counted, in_order
from firegrid_app.boards.tables import PublicContact
from firegrid_app.grids.tables import Grid
from firegrid_app.posting.rules import Decided, shown_fields
from firegrid_app.posting.tables import Face, PostingDecision

_PLACE = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True)
class Posted:
    """One posted contact. What is not shown is empty here already."""

    id: int
    grid_id: int
    person_id: int | None
    role: str
    name: str
    phone: str
    """In full: whoever hands it on masks it."""
    face: str
    """Hash of the photo."""
    duties: bool
    houses: tuple[House, ...] = ()
    """What this person keeps, as people count; empty for the whole grid."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands on paper about this contact."""
        facts = (self.role, self.name, self.phone, self.face, str(self.duties))
        # Nothing where there is nothing: papers printed before keepers were known stay as they are.
        return (*facts, *(part for house in self.houses for part in house if part))

    def serves(self, building: str) -> bool:
        """Does the contact stand on the notice of this building?"""
        return not self.houses or any(one == building for one, _ in self.houses)

    def units_of(self, building: str) -> list[str]:
        """Units of a building the contact keeps, "" for all of it; none for the whole grid."""
        return [unit for one, unit in self.houses if one == building]


def keepers_first(people: Iterable[Posted], building: str) -> list[Posted]:
    """Who stands on the notice of a building, in the order they stand there (YC-71): who keeps it,
    who keeps a unit of it, unit by unit as people count, then who serves the whole grid."""
    served = [one for one in people if one.serves(building)]

    def place(one: Posted) -> tuple[bool, bool, list[tuple[bool, int, str]]]:
        unit = next(iter(one.units_of(building)), "")
        return not one.houses, bool(unit), as_counted(unit)

    return sorted(served, key=place)


def posted(session: Session, grids: Iterable[Grid], today: date) -> dict[int, list[Posted]]:
    """Posted contacts by grid, in the order of their posts.

    In force today, with a basis, of nobody who was switched off, and of nobody whose post there is
    over: who leaves is off the boards at once (E.4).
    """
    over = {grid.id or 0: grid.path for grid in grids}
    found: dict[int, list[Posted]] = {grid_id: [] for grid_id in over}
    rows = session.exec(
        select(PublicContact)
        .outerjoin(Person, col(Person.id) == col(PublicContact.person_id))
        .where(
            col(PublicContact.grid_id).in_(over),
            PublicContact.basis != "",
            PublicContact.starts_on <= today,
            or_(col(PublicContact.ends_on).is_(None), col(PublicContact.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(PublicContact.id))
    ).all()
    people = {row.person_id for row in rows if row.person_id is not None}
    held = _held(session, people, today)
    faces = {
        face.person_id: face.sha256
        for face in session.exec(select(Face).where(col(Face.person_id).in_(people)))
    }
    decided = decisions(session, [row.id or 0 for row in rows])
    for row in rows:
        path = over[row.grid_id]
        if row.person_id is not None and not any(
            role == row.role and path.startswith(of) for role, of in held.get(row.person_id, ())
        ):
            continue
        shown = shown_fields(flags_of(row), decided.get(row.id or 0, ()), today)
        found[row.grid_id].append(
            Posted(
                id=row.id or 0,
                grid_id=row.grid_id,
                person_id=row.person_id,
                role=row.role,
                name=row.display_name if "name" in shown else "",
                phone=row.work_phone if "phone" in shown else "",
                face=faces.get(row.person_id or 0, "") if "photo" in shown else "",
                duties="duties" in shown,
                houses=in_order(row.houses),
            )
        )
    for some in found.values():
        some.sort(key=lambda one: _PLACE.get(one.role, len(_PLACE)))  # type: ignore[call-overload]
    return found


def flags_of(contact: PublicContact) -> dict[str, bool]:
    """What a contact shows before anybody decided otherwise; duties belong to the post."""
    return {"name": contact.publish_name, "phone": contact.publish_phone, "duties": True}


def decisions(session: Session, contact_ids: Iterable[int]) -> dict[int, list[Decided]]:
    """What was decided about these contacts, in order."""
    found: dict[int, list[Decided]] = {}
    for row in session.exec(
        select(PostingDecision)
        .where(col(PostingDecision.contact_id).in_(list(contact_ids)))
        .order_by(col(PostingDecision.id))
    ):
        found.setdefault(row.contact_id, []).append(Decided(row.field, row.shown, row.ends_on))
    return found


def _held(session: Session, people: set[int], today: date) -> dict[int, list[tuple[str, str]]]:
    """Role and grid path of the posts these people hold today."""
    held: dict[int, list[tuple[str, str]]] = {}
    rows = session.exec(
        select(Post, Grid.path)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(col(Post.person_id).in_(people))
    )
    for post, path in rows:
        if is_in_force(post.starts_on, post.ends_on, today):
            held.setdefault(post.person_id, []).append((post.role, path))
    return held
