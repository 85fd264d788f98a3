"""Makes `.venv` from requirements.txt and gives way to the command that follows in the Makefile.

The system's Python runs this, whatever its age: only old syntax here; environment.py has the rest.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST_TRIED = 14


def too_old(version):
    """The sentence for a Python too old for us, or an empty one."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    found = f"{version[0]}.{version[1]}"
    return (
        f"需要 Python 3.11 以上，这里是 {found}；装好后可用 make run PYTHON=python3.11。 / "
        f"Python 3.11 or newer is needed, this is {found}; with a newer one installed say"
        " `make run PYTHON=python3.11`."
    )


def newer_python():
    """The newest Python on the PATH that is new enough and runs, or None."""
    for minor in range(NEWEST_TRIED, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and runs(found):
            return found
    return None


def runs(python):
    """Does it start at all? Version managers put names on the PATH that only complain."""
    with open(os.devnull, "w") as nowhere:
        return subprocess.call([python, "-c", ""], stdout=nowhere, stderr=nowhere) == 0


def main():
    """Check the Python, then make the environment."""
    complaint = too_old(sys.version_info)
    if complaint:
        newer = newer_python()
        if newer:
            os.execv(newer, [newer, *sys.argv])
        sys.exit("✗ " + complaint)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:0] = [here, os.path.dirname(here)]
    import environment

    sys.exit(environment.main())


if __name__ == "__main__":
    main()
