"""`make migration m="…"`: a new revision from the difference between the tables and the last one.

It is made against an empty SQLite file brought to the last revision, so it does not depend on what
lies in `data/`. Read what it wrote before you commit it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALEMBIC = Path(sys.executable).parent / "alembic"


def main(message: str) -> int:
    """Write the revision, unless tables and revisions agree already."""
    if not message.strip():
        print('✗ 请写明改了什么 / Say what changes: make migration m="…"', file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FIREGRID_DATA_DIR": folder, "FIREGRID_DATABASE_URL": ""}

        def alembic(*step: str, quiet: bool = False) -> int:
            output = subprocess.DEVNULL if quiet else None
            command = [ALEMBIC, *step]
            return subprocess.run(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            ).returncode

        if code := alembic("upgrade", "head"):
            return code
        if alembic("check", quiet=True) == 0:
            print("✓ 表结构没有变化，不需要迁移 / The tables have not changed: nothing to write")
            return 0
        return alembic("revision", "--autogenerate", "-m", message.strip())


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
