"""The `firegrid` command: run, build, migrate, pilot, passwords, imports."""

import errno
import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from firegrid_app.serving.words import Stop

app = typer.Typer(
    name="firegrid",
    help="FireGrid 消防网格 / the daily instrument of community fire-safety grids.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_IMPORTING = "firegrid_app.importing.commands"
_OURS = {
    "run",
    "serve",
    "build",
    "migrate",
    "pilot",
    "set-password",
    "verify-trail",
    "index",
    "sweep-photos",
    "backup",
    "restore",
    "dev",
}

Host = Annotated[str | None, typer.Option(help="监听地址 / address to listen at  [FIREGRID_HOST]")]
Port = Annotated[str | None, typer.Option(help="端口 / port  [FIREGRID_PORT]")]
Https = Annotated[
    bool | None,
    typer.Option("--https", help="用本地证书 / with a local certificate  [FIREGRID_HTTPS]"),
]


def _configure(host: str | None = None, port: str | None = None, https: bool | None = None) -> None:
    from firegrid_app.serving.configuration import configure
    from firegrid_app.serving.machine import parse_port

    if port is not None:
        port = str(parse_port(port))
    configure(host=host, port=port, https="1" if https else None)


@app.command()
def run(
    host: Host = None,
    port: Port = None,
    https: Https = None,
    pilot: Annotated[
        bool, typer.Option(help="空库时载入演练数据 / fill an empty database with the pilot")
    ] = True,
) -> None:
    """建库、构建、启动，一步到位 / Migrate, build and serve, all that is needed."""
    _configure(host, port, https)
    from firegrid_app.serving import launch

    launch.run(pilot=pilot)


@app.command()
def serve(host: Host = None, port: Port = None, https: Https = None) -> None:
    """只启动（已建库、已构建）/ Serve only; the database and the pages must be ready."""
    _configure(host, port, https)
    from firegrid_app.serving import launch

    launch.serve()


@app.command()
def dev(host: Host = None, port: Port = None) -> None:
    """改代码即刷新，供开发用 / Serve with hot reload, for developers."""
    _configure(host, port)
    from firegrid_app.serving import develop

    develop.develop()


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="重新构建 / build anew")] = False,
    update_lock: Annotated[
        bool, typer.Option("--update-lock", help="更新 reflex.lock / let npm's lock change")
    ] = False,
) -> None:
    """构建页面（有改动才做）/ Build the pages if anything changed."""
    _configure()
    from firegrid_app.serving import pages

    if not pages.build(force=force, update_lock=update_lock):
        typer.echo("✓ 页面已是最新 / The pages are up to date.")


@app.command()
def migrate() -> None:
    """更新数据库结构 / Bring the database to the newest revision."""
    _configure()
    from firegrid_app.serving import ready_database

    if not ready_database.migrate():
        typer.echo("✓ 数据库已是最新 / The database is up to date.")


@app.command()
def pilot() -> None:
    """在空库中载入演练数据 / Load the Nandajie pilot into an empty database."""
    _configure()
    from firegrid_app.serving import ready_database

    ready_database.migrate()
    ready_database.load_pilot()


@app.command("set-password")
def set_password(
    phone: Annotated[str, typer.Argument(help="手机号 / phone number")],
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="从标准输入读取 / read it from standard input")
    ] = False,
) -> None:
    """设置某人的密码，其他设备随即退出 / Set a person's password; every device is logged out."""
    _configure()
    from firegrid_app.cli.passwords import ask, set_password_of

    set_password_of(phone, ask(from_stdin=from_stdin))
    typer.echo("✓ 密码已设置 / The password is set.")


@app.command("verify-trail")
def verify_trail() -> None:
    """核对全部隐患流程记录是否被改动 / Check every hazard's trail for changes."""
    _configure()
    from firegrid_app.cli.trails import verify

    if not verify(typer.echo):
        sys.exit(1)


@app.command()
def index() -> None:
    """重建隐患搜索索引 / Make the index behind the search of hazards anew."""
    _configure()
    from firegrid_app.cli.indexing import index_hazards

    if not index_hazards(typer.echo):
        sys.exit(1)


@app.command("sweep-photos")
def sweep_photos(
    remove: Annotated[
        bool, typer.Option("--remove", help="删除无主文件 / remove what nobody names")
    ] = False,
) -> None:
    """核对照片库：缺了哪些、哪些已无主 / Hold the photo store against the records."""
    _configure()
    from firegrid_app.cli.photos import sweep

    if not sweep(typer.echo, remove=remove):
        sys.exit(1)


@app.command()
def backup(
    folder: Annotated[
        Path | None, typer.Argument(help="备份目录 / folder of backups  [FIREGRID_BACKUP_DIR]")
    ] = None,
    photos: Annotated[
        bool, typer.Option(help="连同照片 / photos too, or the records alone")
    ] = True,
) -> None:
    """备份全部记录和照片，服务可照常运行 / Keep all records and photos, while people work."""
    _configure()
    from firegrid_app.cli.backups import make_backup

    make_backup(folder, with_photos=photos, say=typer.echo)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="备份目录 / folder of backups")],
    of: Annotated[
        str, typer.Option(help="哪一个备份，默认最新 / which of them; else the newest")
    ] = "",
) -> None:
    """把备份恢复到空的数据库（SQLite 或 PostgreSQL）/ Put a backup into an empty database."""
    _configure()
    from firegrid_app.cli.backups import restore_backup

    if not restore_backup(folder, of, say=typer.echo):
        sys.exit(1)


def _add_importing(arguments: list[str]) -> None:
    """Import and coverage bring many libraries: loaded when they are meant, or for help."""
    if arguments and arguments[0] in _OURS:
        return
    if importlib.util.find_spec(_IMPORTING) is not None:
        commands = importlib.import_module(_IMPORTING)
        app.add_typer(commands.app)


def main() -> None:
    """Run a command; whatever stops it is one sentence and a non-zero exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Chinese shows question marks; it must not end the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        _add_importing(sys.argv[1:])
        app()
    except Stop as stop:
        _say(stop)
    except KeyboardInterrupt:
        os._exit(130)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _say(Stop("disk_filled_up"))


def _say(stop: Stop) -> None:
    sys.stdout.flush()
    print(f"✗ {stop}", file=sys.stderr)
    sys.exit(stop.status)
