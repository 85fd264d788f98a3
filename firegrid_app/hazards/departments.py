"""Use cases of departments: which there are to call, and who reports in for each."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from firegrid_app.access.rules import Action, Actor, Role
from firegrid_app.access.service import audit
from firegrid_app.access.tables import Person, Post
from firegrid_app.clock import local_day
from firegrid_app.grids.service import grid_by_code, paths_over
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards.one_cards import DepartmentCard, Handler
from firegrid_app.hazards.tables import Department, DepartmentPerson
from firegrid_app.refusals import Refused
from firegrid_app.settings import settings

_LOWEST = 1
"""A county or a street has departments."""


def may_set_departments(actor: Actor, grid: Grid) -> bool:
    """May this person say which departments this grid can call?"""
    return grid.level <= _LOWEST and actor.may(Action.SET_DUTIES, grid.path)


def departments_over(session: Session, grid_path: str, today: date) -> list[DepartmentCard]:
    """Departments that can be called to this grid, its street's first, with who reports in."""
    rows = session.exec(
        select(Department)
        .join(Grid, col(Grid.id) == Department.grid_id)
        .where(col(Grid.path).in_(paths_over(grid_path)), col(Department.ended_on).is_(None))
        .order_by(col(Grid.level).desc(), col(Department.name))
    ).all()
    people = _handlers(session, [one.id or 0 for one in rows], today)
    return [
        DepartmentCard(one.id or 0, one.name, tuple(people.get(one.id or 0, ()))) for one in rows
    ]


def _handlers(session: Session, ids: list[int], today: date) -> dict[int, list[str]]:
    """Names of those who can report in: linked, and not switched off."""
    rows = session.exec(
        select(DepartmentPerson.department_id, Person.name)
        .join(Person, col(Person.id) == DepartmentPerson.person_id)
        .where(col(DepartmentPerson.department_id).in_(ids), col(Person.switched_off_at).is_(None))
        .order_by(col(Person.name))
    )
    found: dict[int, list[str]] = {}
    for department_id, name in rows:
        found.setdefault(department_id, []).append(name)
    return found


def handlers_of_street(session: Session, grid: Grid, today: date) -> list[Handler]:
    """Who holds a department's post in this grid or above it today."""
    rows = session.exec(
        select(Person.id, Person.name)
        .join(Post, col(Post.person_id) == Person.id)
        .join(Grid, col(Grid.id) == Post.grid_id)
        .where(
            col(Grid.path).in_(paths_over(grid.path)),
            Post.role == Role.DEPARTMENT_HANDLER,
            Post.starts_on <= today,
            or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today),
            col(Person.switched_off_at).is_(None),
        )
        .order_by(col(Person.name))
    )
    return [Handler(person_id, name) for person_id, name in dict(rows.all()).items() if person_id]


def set_department(
    session: Session, actor: Actor, code: str, name: str, person_id: int, now: datetime
) -> Department:
    """Name a department that can be called, and who reports in for it; the same name adds people.

    Refuses `hazards.departments_of_street`, `hazards.no_department_name`,
    `hazards.no_handler`, `grids.unknown`, `access.outside_grid`.
    """
    grid = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if not may_set_departments(actor, grid):
        raise Refused("hazards.departments_of_street")
    name = " ".join(name.split())[:40]
    today = local_day(now, settings().zone)
    if len(name) < 2:
        raise Refused("hazards.no_department_name")
    if person_id not in {one.person_id for one in handlers_of_street(session, grid, today)}:
        raise Refused("hazards.no_handler")
    department = session.exec(
        select(Department).where(Department.grid_id == grid.id, Department.name == name)
    ).first()
    if department is None:
        department = Department(grid_id=grid.id or 0, name=name)
        session.add(department)
    department.ended_on = None
    session.flush()
    assert department.id is not None
    if session.get(DepartmentPerson, (department.id, person_id)) is None:
        session.add(DepartmentPerson(department_id=department.id, person_id=person_id))
    audit(session, actor.person_id, "set_department", f"department:{department.id}", now)
    session.flush()
    return department


def end_department(session: Session, actor: Actor, department_id: int, now: datetime) -> None:
    """It is called no more; what it was called to stays. Refuses `hazards.unknown_department`."""
    department = session.get(Department, department_id)
    grid = session.get(Grid, department.grid_id) if department else None
    if department is None or grid is None or not may_set_departments(actor, grid):
        raise Refused("hazards.unknown_department")
    department.ended_on = local_day(now, settings().zone)
    audit(session, actor.person_id, "end_department", f"department:{department.id}", now)
    session.flush()
