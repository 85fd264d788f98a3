"""`firegrid run` and `firegrid serve`: all in order, then the server in this very process."""

import os
from typing import NoReturn

from firegrid_app.importing.pilot import PILOT_PASSWORD
from firegrid_app.serving import companion, pages, ready_database, runner
from firegrid_app.serving.accounts import pilot_accounts
from firegrid_app.serving.certificates import ServerFiles, server_files
from firegrid_app.serving.headers import ROOT_CERTIFICATE
from firegrid_app.serving.machine import local_addresses, need_port, need_writable
from firegrid_app.serving.welcome import address_of, addresses, welcome
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings

_PLAIN_PORTS = 10
"""How many ports above ours are tried for the plain page with the root certificate."""
FEW_POOLS = {"MALLOC_ARENA_MAX": "2"}
"""For glibc: else each thread keeps freed memory in a pool of its own, and a server that has taken
in 20 large photos at once stays hundreds of megabytes larger."""


def run(*, pilot: bool = True) -> NoReturn:
    """Migrate, fill an empty pilot database, build what changed, serve."""
    chosen = settings()
    need_port(chosen.host, chosen.port)
    need_writable(chosen.data_dir)
    ready_database.migrate()
    if pilot:
        ready_database.load_pilot_if_empty()
    ready_database.refuse_pilot_in_production()
    ready_database.make_duties()
    pages.build()
    _serve()


def serve() -> NoReturn:
    """Serve what is there; stops when something is missing."""
    chosen = settings()
    need_port(chosen.host, chosen.port)
    need_writable(chosen.data_dir)
    if not pages.is_built():
        raise Stop("not_built")
    if not ready_database.is_migrated():
        raise Stop("not_migrated")
    ready_database.load_calendar()
    ready_database.make_duties()
    ready_database.refuse_pilot_in_production()
    _serve()


def _serve() -> NoReturn:
    chosen = settings()
    local = local_addresses()
    files: ServerFiles | None = None
    if chosen.https:
        files = server_files(chosen.data_dir.resolve() / "tls", local)
        os.environ[ROOT_CERTIFICATE] = str(files.root)
    companion.start(_greeting(local, files))
    os.environ.update(FEW_POOLS | os.environ)
    command = runner.command(
        host=chosen.host,
        port=chosen.port,
        workers=chosen.workers,
        log_level=chosen.log_level,
        certificate=files.certificate if files else None,
        key=files.key if files else None,
    )
    os.execv(command[0], command)


def _greeting(local: list[str], files: ServerFiles | None) -> companion.Task:
    chosen = settings()
    scheme = "https" if files else "http"
    here, phones = addresses(scheme, chosen.host, chosen.port, local)
    plain_port, trust = 0, ""
    if files:
        plain_port = _free_port(chosen.host, chosen.port + 1)
        if plain_port and phones:
            trust = address_of("http", local[0], plain_port)
    words = welcome(
        here=here,
        phones=phones,
        accounts=pilot_accounts(),
        password=PILOT_PASSWORD,
        trust=trust,
    )
    return companion.Task(
        scheme=scheme,
        host=chosen.host,
        port=chosen.port,
        words=words,
        certificate=str(files.root) if files and plain_port else "",
        plain_port=plain_port,
    )


def _free_port(host: str, first: int) -> int:
    for port in range(first, min(first + _PLAIN_PORTS, 65536)):
        try:
            need_port(host, port)
        except Stop:
            continue
        return port
    return 0
