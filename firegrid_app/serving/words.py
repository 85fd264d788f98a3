"""What the command line says when it cannot go on: one sentence, in Chinese and English.

Standard library only: `scripts/bootstrap.py` uses this before anything is installed. These are not
in `texts/`, because that catalogue travels to every phone.
"""

_SENTENCES: dict[str, tuple[str, str]] = {
    "no_venv": (
        "这台机器的 Python 缺少 venv 模块，请先安装（Debian/Ubuntu：apt install python3-venv）。",
        "This Python has no venv module; install it first (Debian, Ubuntu: apt install"
        " python3-venv).",
    ),
    "disk_full": (
        "{path} 所在磁盘只剩 {free}，至少需要 {need}，请先清理。",
        "The disk of {path} has only {free} left and {need} are needed; make room first.",
    ),
    "disk_filled_up": (
        "写到一半磁盘满了，请清理后重试；没有留下半成品。",
        "The disk filled up on the way; make room and try again. Nothing half-made was kept.",
    ),
    "no_network": (
        "连不上 {registry} 软件仓库，请检查网络，或先指定镜像（{hint}）。",
        "The {registry} package registry cannot be reached; check the network or name a mirror"
        " ({hint}).",
    ),
    "install_failed": (
        "安装依赖没有成功，经过见 {log}。",
        "Installing the requirements failed; the whole story is in {log}.",
    ),
    "build_failed": (
        "页面构建没有成功，经过见 {log}。",
        "Building the pages failed; the whole story is in {log}.",
    ),
    "not_built": (
        "页面还没有构建，请先运行 firegrid build（或 make run）。",
        "The pages have not been built yet; run `firegrid build` (or `make run`) first.",
    ),
    "not_migrated": (
        "数据库结构不是最新的，请先运行 firegrid migrate。",
        "The database is not at the newest revision; run `firegrid migrate` first.",
    ),
    "newer_database": (
        "数据库由更新版本的程序建立，这个版本不认识它，请升级程序。",
        "The database was made by a newer version of this program; upgrade the program.",
    ),
    "no_database": (
        "连不上数据库，请检查 FIREGRID_DATABASE_URL（{reason}）。",
        "The database cannot be reached; check FIREGRID_DATABASE_URL ({reason}).",
    ),
    "database_not_empty": (
        "数据库里已经有网格或人员，演练数据只能装进空库。",
        "The database already holds grids or people; pilot data goes into an empty one only.",
    ),
    "no_backup_folder": (
        "没有说备份放在哪里：firegrid backup 文件夹，或设置 FIREGRID_BACKUP_DIR。",
        "Nothing says where backups go: `firegrid backup FOLDER`, or set FIREGRID_BACKUP_DIR.",
    ),
    "backup_folder_closed": (
        "不能写入备份目录 {path}，请检查路径和权限。",
        "The backup folder {path} cannot be written to; check its path and permissions.",
    ),
    "backup_running": (
        "{path} 里正在做另一个备份，等它做完再试。",
        "Another backup is being written into {path}; try again when it is done.",
    ),
    "no_backup": (
        "{path} 里没有{name}完整的备份，没有改动任何东西。",
        "There is no whole backup {name}in {path}; nothing was changed.",
    ),
    "backup_broken": (
        "备份 {name} 不完整或被改过，没有用它；请换一个较早的（--of）。",
        "The backup {name} is cut off or was changed and was not used; take an older one (--of).",
    ),
    "newer_backup": (
        "备份由更新版本的程序做成，这个版本不认识它，请升级程序；没有改动任何东西。",
        "The backup was made by a newer version of this program: upgrade it; nothing was changed.",
    ),
    "restore_into_empty": (
        "数据库里已经有表；只恢复到什么都没有的数据库，请换一个空库（或 FIREGRID_DATA_DIR）。",
        "The database has tables already; a backup goes into one with nothing in it: name another"
        " (or another FIREGRID_DATA_DIR).",
    ),
    "port_not_a_number": (
        "端口要写 1 到 65535 之间的数字，“{value}”不行。",
        "A port is a number from 1 to 65535; {value!r} is not.",
    ),
    "port_taken": (
        "端口 {port} 已被占用，请换一个，例如 make run PORT={other}。",
        "Port {port} is taken; choose another, for example `make run PORT={other}`.",
    ),
    "port_forbidden": (
        "没有权限使用端口 {port}，请用 1024 以上的端口。",
        "Port {port} may not be used by this account; choose one above 1023.",
    ),
    "host_unknown": (
        "{host} 不是这台机器的地址，监听不了。",
        "{host} is not an address of this machine, so nothing can listen there.",
    ),
    "bad_setting": (
        "设置 {name} 的值不能用：{zh}。",
        "The setting {name} has a value that cannot be used: {en}.",
    ),
    "bad_settings": (
        "设置之间有冲突：{zh}。",
        "The settings do not fit together: {en}.",
    ),
    "data_dir_closed": (
        "不能写入数据目录 {path}，请检查 FIREGRID_DATA_DIR 和权限。",
        "The data folder {path} cannot be written to; check FIREGRID_DATA_DIR and its permissions.",
    ),
    "pilot_in_production": (
        "库里有 {count} 个演练账号，密码是公开的；正式环境请换用空库，不能带着它们启动。",
        "The database holds {count} pilot accounts whose password is public; production starts only"
        " with a database without them.",
    ),
    "pilot_not_in_production": (
        "正式环境（FIREGRID_MODE=production）不装演练数据。",
        "Pilot data is not loaded in production (FIREGRID_MODE=production).",
    ),
    "unknown_person": (
        "没有手机号为 {phone} 的人员。",
        "Nobody has the phone number {phone}.",
    ),
    "weak_password": (
        "密码太弱：至少 {least} 位，不要用手机号或常见密码。",
        "That password is too weak: at least {least} characters, not the phone number or a common"
        " one.",
    ),
    "passwords_differ": (
        "两次输入的密码不一样，没有改动。",
        "The two passwords differ; nothing was changed.",
    ),
    "no_certificate": (
        "做不出本地证书（{reason}），请检查数据目录。",
        "The local certificate could not be made ({reason}); check the data folder.",
    ),
}


def sentence(code: str, **gaps: object) -> str:
    """The sentence of `code`, Chinese first, on one line. An unknown code is a mistake of ours."""
    return " / ".join(part.format(**gaps) for part in _SENTENCES[code])


_STATUSES = {
    "disk_filled_up": 10,
    "backup_folder_closed": 11,
    "no_database": 12,
    "not_migrated": 13,
    "backup_running": 14,
}
"""Exit statuses that other programs ask by (docs/backup.md); all else that stops a command is 1."""


def code_of(status: int) -> str:
    """Why a command ended with this exit status; `other` where the status does not tell."""
    return next((code for code, known in _STATUSES.items() if known == status), "other")


class Stop(Exception):
    """A reason not to go on; shown as one sentence, and the exit status is not zero."""

    def __init__(self, code: str, **gaps: object) -> None:
        super().__init__(sentence(code, **gaps))
        self.code = code
        self.status = _STATUSES.get(code, 1)
