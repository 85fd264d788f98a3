"""`make test`: everything. Services first, then checks, the phone's code, the pages, the tests.

With arguments (`make test ARGS="tests/sync -x"`) only pytest runs, with those.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable

import browser
import check
import services
from services import IN_CI, Missing, say

ROOT = check.ROOT
BIN = check.BIN
SCRIPTS = (ROOT / "firegrid_app" / "phone", ROOT / "tests")
MOST_WORKERS = 4


def provide(stack: contextlib.ExitStack) -> list[str]:
    """Find or start what the tests need, name it in the environment; what is missing comes back."""
    missing = []

    def need(variable: str, provider: Callable[[], str]) -> None:
        try:
            os.environ[variable] = provider()
        except Missing as reason:
            missing.append(str(reason))

    need("FIREGRID_TEST_CHROMIUM", browser.chromium)
    need("FIREGRID_TEST_POSTGRES_URL", lambda: stack.enter_context(services.postgres()))
    need("FIREGRID_TEST_REDIS_URL", lambda: stack.enter_context(services.redis_server()))
    need("FIREGRID_TEST_S3_URL", lambda: stack.enter_context(services.s3_server()))
    if chromium := os.environ.get("FIREGRID_TEST_CHROMIUM"):
        say(f"Chromium: {chromium}")
    return missing


def pytest(*arguments: str) -> bool:
    """Did these tests pass?"""
    command = [sys.executable, "-m", "pytest", *arguments]
    # 5: nothing was collected, e.g. no browser tests in a folder.
    return subprocess.run(command, cwd=ROOT).returncode in (0, 5)


def room_tests() -> bool:
    """All but the browser's, on every core: each test process has databases of its own."""
    cores = min(os.cpu_count() or 1, MOST_WORKERS)
    parallel = ["-n", str(cores), "--dist", "loadfile"] if cores > 1 else []
    return pytest("-m", "not browser", *parallel)


def browser_tests() -> bool:
    """The journeys: one after the other, they want the processor for themselves.

    A browser waits so many seconds for what a busy machine may take longer to do: a journey that
    failed is walked once more, aloud. What fails twice has failed.
    """
    if pytest("-m", "browser"):
        return True
    say("! 有浏览器测试未通过，再跑一遍 / Journeys failed: those once more")
    return pytest("-m", "browser", "--last-failed", "--last-failed-no-failures", "none")


def phone_tests() -> bool:
    """The phone's own code and the map's, in Node."""
    files = sorted(str(file) for folder in SCRIPTS for file in folder.rglob("*.test.js"))
    return subprocess.run([BIN / "node", "--test", *files], cwd=ROOT).returncode == 0


def build() -> bool:
    """The pages the browser journeys open; the same ones that `make run` serves."""
    return subprocess.run([BIN / "firegrid", "build"], cwd=ROOT).returncode == 0


def main(arguments: list[str]) -> int:
    """Run it all and sum up."""
    for name in [name for name in os.environ if name.startswith("FIREGRID_")]:
        if not name.startswith("FIREGRID_TEST_"):
            del os.environ[name]
    with contextlib.ExitStack() as stack:
        missing = provide(stack)
        for reason in missing:
            say(f"! 跳过 / skipped: {reason}")
        if missing and IN_CI:
            say("✗ CI 中不得跳过 / In CI nothing may be skipped")
            return 1
        if arguments:
            return 0 if pytest(*arguments) else 1
        unhappy = check.run_all()
        parts: dict[str, Callable[[], bool]] = {
            # First: the phone's tests, and some of the rooms', stand on what the build has brought.
            "build": build,
            "phone (node --test)": phone_tests,
            "pytest": room_tests,
        }
        if os.environ.get("FIREGRID_TEST_CHROMIUM"):
            parts["browser"] = browser_tests
        for name, part in parts.items():
            began = time.monotonic()
            good = part()
            if not good:
                unhappy.append(name)
            say(f"{'✓' if good else '✗'} {name} ({time.monotonic() - began:.1f} s)")
    for reason in missing:
        say(f"! 跳过了 / was skipped: {reason}")
    if unhappy:
        say(f"✗ 未通过 / Not passed: {', '.join(unhappy)}")
        return 1
    say("✓ 全部通过 / All passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
