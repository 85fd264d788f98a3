"""Brings the database to the newest revision, and fills an empty one with the pilot's street."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select

from firegrid_app import clock
from firegrid_app.access.tables import Person
from firegrid_app.clock import local_day
from firegrid_app.database import engine, reading, transaction
from firegrid_app.duties import calendar
from firegrid_app.duties.making import are_made, ensure_made
from firegrid_app.grids import changing
from firegrid_app.grids.tables import Grid
from firegrid_app.hazards import keeping as hazards
from firegrid_app.importing import pilot
from firegrid_app.residents import keeping as residents
from firegrid_app.serving.machine import ROOT, means_no_space, need_writable
from firegrid_app.serving.steps import Step
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings

_LOCK = 0x46495245
"""Any number, the same for every server of one database: one of them migrates, the others wait."""


def is_migrated() -> bool:
    """Is the database at the newest revision? Stops when it cannot be reached or is newer."""
    scripts = ScriptDirectory.from_config(_config())
    # For looking only: a server or an import that is writing must not keep us waiting.
    looking = engine().execution_options(writes=False)
    with database_errors(), looking.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    try:
        for revision in current:
            scripts.get_revision(revision)
    except CommandError:
        raise Stop("newer_database") from None
    return set(current) == set(scripts.get_heads())


def load_calendar() -> int:
    """Add the shipped public holidays and make-up days that the calendar lacks; how many."""
    with database_errors():
        # Looking takes no lock: a server that starts does not wait for one that writes.
        with reading() as session:
            if not calendar.lacking_days(session):
                return 0
        with transaction() as session:
            return calendar.load_calendar(session)


def make_duties() -> int:
    """Make the duties of the weeks to come, where that is not done yet; how many."""
    today = local_day(clock.now(), settings().zone)
    with database_errors():
        # As above: hour after hour, in every worker, there is nothing to do.
        with reading() as session:
            if are_made(session, today):
                return 0
        with transaction() as session:
            return ensure_made(session, today)


def change_grids() -> int:
    """Do the changes of grids that were planned for today; how many."""
    with database_errors():
        with reading() as session:
            if not changing.some_are_due(session, clock.now()):
                return 0
        with transaction() as session:
            return changing.apply_due(session, clock.now())


def run_after_hazards() -> int:
    """Remind of hazards and let late ones step up; how many were looked at."""
    looked_at, more_left = 0, True
    with database_errors():
        while True:
            with reading() as session:
                left = hazards.left_behind(session, clock.now()) if more_left else []
                if not left and not hazards.some_are_due(session, clock.now()):
                    return looked_at
            with transaction() as session:
                some = hazards.run_after(session, clock.now(), left)
            looked_at += some
            if some < hazards.TOGETHER:
                return looked_at
            more_left = len(left) == hazards.TOGETHER


def forget_reporters() -> int:
    """Forget who reported what is long over; how many rounds' worth of reports and photos."""
    forgotten = 0
    with database_errors():
        with reading() as session:
            if not residents.some_are_over(session, clock.now()):
                return 0
        while True:
            with transaction() as session:
                some = residents.forget(session, clock.now())
            forgotten += some
            if some < residents.TOGETHER:
                return forgotten


def migrate() -> bool:
    """Bring the database to the newest revision; was there anything to do?"""
    need_writable(settings().data_dir)
    if is_migrated():
        load_calendar()
        return False
    with Step("更新数据库结构 / Migrating the database"), database_errors(), _one_at_a_time():
        command.upgrade(_config(), "head")
    load_calendar()
    return True


def newest_revision() -> str:
    """The revision this version of the program works with."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade(connection: sa.Connection, revision: str) -> None:
    """Bring the database of a connection to `revision` and commit. Stops at one we do not know."""
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise Stop("newer_backup") from None


def _config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if engine().dialect.name == "postgresql":
        with engine().connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
            connection.commit()
            yield
            connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
        return
    with (settings().data_dir / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def database_errors() -> Iterator[None]:
    """What a database that is away, or a full disk, says becomes one sentence."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig)
        if means_no_space(said):
            raise Stop("disk_filled_up") from None
        # The driver's words may hold the address; its first line says what is wrong.
        raise Stop("no_database", reason=said.strip().splitlines()[0][:160]) from None


def is_empty(session: Session) -> bool:
    """Is there neither a grid nor a person?"""
    grid = session.exec(select(Grid.id).limit(1)).first()
    person = session.exec(select(Person.id).limit(1)).first()
    return grid is None and person is None


def pilot_people(session: Session) -> int:
    """How many accounts with a published password are in this database?"""
    query = select(func.count()).select_from(Person).where(col(Person.pilot).is_(True))
    return session.exec(query).one()


def refuse_pilot_in_production() -> None:
    """Stop when a production server would run with accounts whose password anyone can read."""
    if settings().mode == "production":
        with reading() as session:
            count = pilot_people(session)
        if count:
            raise Stop("pilot_in_production", count=count)


def load_pilot_if_empty() -> bool:
    """Fill an empty pilot database with the street; was it filled?"""
    with reading() as session:
        if settings().mode == "production" or not is_empty(session):
            return False
    load_pilot()
    return True


def load_pilot() -> None:
    """Fill the database with the street. Stops when it is not empty, or a production one."""
    if settings().mode == "production":
        raise Stop("pilot_not_in_production")
    with reading() as session:
        if not is_empty(session):
            raise Stop("database_not_empty")
    with Step("载入南大街演练数据 / Loading the Nandajie pilot") as step, database_errors():
        pilot.load_pilot(report=step.note)
