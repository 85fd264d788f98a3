"""Our own server: real, with the pilot street, its own data, and people logged in."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session, col, func, select

from bench.rig.databases import alchemy_url
from bench.rig.machine import ROOT, CannotMeasure, bare_environment, free_port, say
from bench.rig.processes import Server, served
from firegrid_app.access.passwords import hash_token
from firegrid_app.access.tables import LoginSession, Person, Post
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.importing.pilot import PILOT_PASSWORD
from firegrid_app.points.tables import CheckPoint

COMMAND = (sys.executable, "-m", "firegrid_app.cli")
PASSWORD = PILOT_PASSWORD
MEMBER, SECRETARY, OFFICER = "10000000004", "10000000002", "10000000001"
"""Pilot accounts: a grid member, the secretary of that community, the officer of the street."""
STREET, COMMUNITY, GRID = "500118003", "500118003001", "500118003001001"
COOKIE = "firegrid_session"


@dataclass(frozen=True)
class Home:
    """A data folder, and the database if that is not the SQLite file in it."""

    folder: Path
    postgres: str = ""
    redis: str = ""

    @property
    def database(self) -> str:
        """The address for SQLAlchemy."""
        return alchemy_url(self.postgres) or f"sqlite:///{self.folder}/firegrid.db"

    def environment(self) -> dict[str, str]:
        """For every command that works on it."""
        return bare_environment(
            FIREGRID_DATA_DIR=str(self.folder),
            FIREGRID_DATABASE_URL=self.postgres,
            FIREGRID_REDIS_URL=self.redis,
        )


def run_command(home: Home, *arguments: str) -> None:
    """`firegrid ...`; raises with its words when it fails."""
    ended = subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=home.environment(), capture_output=True, text=True
    )
    if ended.returncode:
        raise CannotMeasure(f"firegrid {arguments[0]}: {(ended.stderr or ended.stdout)[-500:]}")


def fill(home: Home) -> Home:
    """Migrated, with the pilot street; the pages are those of the code as it is."""
    _build_pages()
    home.folder.mkdir(parents=True, exist_ok=True)
    run_command(home, "migrate")
    run_command(home, "pilot")
    return home


@lru_cache(maxsize=1)
def _build_pages() -> None:
    say("building the pages, if anything changed")
    built = subprocess.run([*COMMAND, "build"], cwd=ROOT, env=bare_environment(), stdout=2)
    if built.returncode:
        raise CannotMeasure("the pages could not be built, see above")


@contextmanager
def firegrid(
    home: Home, *, core: int | None = None, port: int | None = None, before: tuple[str, ...] = ()
) -> Iterator[Server]:
    """`firegrid serve` on this data; `before` is a command that runs it, strace for one."""
    port = port or free_port()
    command = [*before, *COMMAND, "serve", "--host", "127.0.0.1", "--port", str(port)]
    answers = ("/api/ping", b'"here"')
    with served(command, port, home.environment(), home.folder, core=core, answers=answers) as up:
        yield up


@dataclass(frozen=True)
class Member:
    """Somebody with a phone: logged in, with a grid and a check point in it."""

    person_id: int
    token: str
    grid: str
    check_point_id: int
    lat: float
    lon: float
    """Inside the grid: outside it every arrival would be flagged, which is not what is measured."""


def log_in_members(home: Home, most: int) -> list[Member]:
    """So many grid members, each of another grid, each logged in by a row of its own."""
    engine = make_engine(home.database)
    now = datetime.now(UTC)
    with Session(engine) as session:
        rows = session.exec(
            select(Person.id, Grid, func.min(CheckPoint.id))
            .join(Post, col(Post.person_id) == Person.id)
            .join(Grid, col(Grid.id) == Post.grid_id)
            .join(CheckPoint, col(CheckPoint.grid_id) == Grid.id)
            .where(Post.role == "grid_member", Grid.level == 3)
            .group_by(col(Person.id), col(Grid.id))
            .order_by(Grid.code)
            .limit(most)
        ).all()
        members = []
        for person_id, grid, point in rows:
            token, (lat, lon) = (
                secrets.token_urlsafe(32),
                (grid.label_lat or 0, grid.label_lon or 0),
            )
            member = Member(person_id or 0, token, grid.code, point, lat, lon)
            session.add(log_in_row(member.person_id, member.token, now))
            members.append(member)
        session.commit()
    engine.dispose()
    if len({member.grid for member in members}) < most:
        raise CannotMeasure(f"the pilot has no {most} members with check points in other grids")
    return members


def log_in_person(home: Home, phone: str) -> str:
    """The token of a new log-in of this pilot account."""
    engine = make_engine(home.database)
    token = secrets.token_urlsafe(32)
    with Session(engine) as session:
        person = session.exec(select(Person).where(Person.phone == phone)).one()
        session.add(log_in_row(person.id or 0, token, datetime.now(UTC)))
        session.commit()
    engine.dispose()
    return token


def give_post(home: Home, phone: str, grid: str, role: str) -> None:
    """One more post for a pilot account."""
    engine = make_engine(home.database)
    with Session(engine) as session:
        person = session.exec(select(Person).where(Person.phone == phone)).one()
        held = session.exec(select(Grid).where(Grid.code == grid)).one()
        session.add(
            Post(
                person_id=person.id or 0,
                grid_id=held.id or 0,
                role=role,
                starts_on=date(2026, 1, 1),
            )
        )
        session.commit()
    engine.dispose()


def log_in_row(person_id: int, token: str, now: datetime) -> LoginSession:
    """A device of this person that is logged in with this token for a day."""
    return LoginSession(
        token_hash=hash_token(token),
        person_id=person_id,
        device="bench",
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=1),
    )
