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
    """Write the revision."""
    if not message.strip():
        print('✗ 请写明改了什么 / Say what changes: make migration m="…"', file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FIREGRID_DATA_DIR": folder, "FIREGRID_DATABASE_URL": ""}
        for step in (["upgrade", "head"], ["revision", "--autogenerate", "-m", message.strip()]):
            code = subprocess.run([ALEMBIC, *step], cwd=ROOT, env=environment).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
