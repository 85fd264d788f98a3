"""`make lock`: writes constraints.txt, every installed package with its exact version."""

import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "constraints.txt"
HEAD = "# Every package that requirements.txt brings along, as tested. Renewed by `make lock`.\n"


def main() -> None:
    """Ask pip and write."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    # Debian's pip lists itself and setuptools only with --all: they are the machine's, not ours.
    frozen = subprocess.check_output([*pip, "freeze", "--exclude-editable"], text=True)
    FILE.write_text(HEAD + frozen)
    print(f"✓ {FILE.name}")


if __name__ == "__main__":
    main()
