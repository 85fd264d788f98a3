"""The running app and real browsers: one server a database, phones and desks to open on it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from browser import FLAGS
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".web" / "build" / "client" / "index.html"
COMMUNITY_POSITION = {"latitude": 29.3574, "longitude": 105.9165, "accuracy": 12}

PATIENCE = 3
"""How many times as long as on a quiet machine a journey waits: it costs only where it fails."""
expect.set_options(timeout=5_000 * PATIENCE)

UNSENT = """async () => {
  const open = indexedDB.open("firegrid");
  const db = await new Promise((ok) => (open.onsuccess = () => ok(open.result)));
  const asked = db.transaction("outbox").objectStore("outbox").getAll();
  const rows = await new Promise((ok) => (asked.onsuccess = () => ok(asked.result)));
  db.close();
  return rows
    .filter((row) => row.state !== "sent")
    .map(({ kind, state, code, message, body }) =>
      `${kind} ${state} ${code} ${message} ${JSON.stringify(body)}`);
}"""
"""What a phone still holds, in words for whoever reads why a journey failed."""


GRID_MEMBERS = (
    "select person.phone from person join post on post.person_id = person.id"
    " where post.role = 'grid_member' and person.pilot order by person.id"
)


@dataclass
class RunningApp:
    """A FireGrid server of its own, with the pilot street loaded."""

    url: str
    database_url: str
    log: Path
    supervisor: int
    """Process id of the server's parent process; its children serve."""
    members: list[str] = field(default_factory=list)
    """Phones of the pilot's grid members, as they stood before any journey moved one."""
    walkers: dict[str, str] = field(default_factory=dict)
    """Which journey walks as whom, by phone."""

    def claim(self, phone: str) -> str:
        """The person with this phone, for this journey alone: what others do does not count."""
        journey = os.environ["PYTEST_CURRENT_TEST"].partition("[")[0]
        walker = self.walkers.setdefault(phone, journey)
        assert walker == journey, f"{phone} walks in {walker} already: take another"
        return phone

    def workers(self) -> list[int]:
        """Process ids that serve at this moment."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.supervisor)], capture_output=True, text=True, check=False
        )
        return [int(line) for line in found.stdout.split()]

    def rows(self, statement: str, **values: object) -> list[sa.Row]:
        """What really stands in the database, read past the app."""
        engine = sa.create_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(sa.text(statement), values))
        finally:
            engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _missing(what: str) -> None:
    """Skip aloud on a desk without it; in CI nothing is skipped."""
    if os.environ.get("CI"):
        pytest.fail(f"CI has no {what}")
    pytest.skip(f"no {what}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("FIREGRID_TEST_CHROMIUM") or shutil.which("chromium") or ""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path or None, headless=True, args=[*FLAGS]
            )
        except Exception as error:
            _missing(f"Chromium ({str(error).splitlines()[0]})")
            raise
        yield browser
        browser.close()


@contextmanager
def phone_of_its_own(
    chromium: Browser, app: RunningApp, *flags: str, **different: object
) -> Iterator[BrowserContext]:
    """A phone with a made-up camera and microphone (a tone a second); told at its start, it is a
    browser of its own."""
    path = os.environ.get("FIREGRID_TEST_CHROMIUM") or shutil.which("chromium") or None
    browser = chromium.browser_type.launch(
        executable_path=path,
        headless=True,
        args=[*FLAGS, "--use-fake-device-for-media-stream", *flags],
    )
    wanted = {"geolocation": COMMUNITY_POSITION, "permissions": ["geolocation"]}
    context = browser.new_context(
        base_url=app.url,
        viewport={"width": 360, "height": 800},
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **{**wanted, **different},
    )
    context.set_default_timeout(20_000 * PATIENCE)
    yield context
    browser.close()


def _postgres() -> Iterator[str]:
    base = os.environ.get("FIREGRID_TEST_POSTGRES_URL") or "postgresql://127.0.0.1/postgres"
    admin_url = sa.make_url(base).set(drivername="postgresql+psycopg")
    name = f"firegrid_journey_{os.getpid()}"
    try:
        admin = sa.create_engine(admin_url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(sa.text(f"create database {name}"))
    except sa.exc.OperationalError:
        _missing("PostgreSQL")
        raise
    yield admin_url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"drop database {name} with (force)"))
    admin.dispose()


def _redis() -> str:
    url = os.environ.get("FIREGRID_TEST_REDIS_URL") or "redis://127.0.0.1:6379/9"
    import redis

    client = redis.Redis.from_url(url)
    with suppress(redis.exceptions.ConnectionError):
        client.ping()
        return url
    _missing("Redis")
    return ""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningApp]:
    """SQLite with one worker, and PostgreSQL with Redis and two: by settings alone."""
    if not BUILT.exists():
        _missing("build of the pages (firegrid build)")
    folder = tmp_path_factory.mktemp(f"app-{request.param}")
    port = _free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("FIREGRID_", "REFLEX_"))},
        "FIREGRID_DATA_DIR": str(folder),
        "FIREGRID_HOST": "127.0.0.1",
        "FIREGRID_PORT": str(port),
    }
    postgres: Iterator[str] | None = None
    if request.param == "postgresql":
        postgres = _postgres()
        environment["FIREGRID_DATABASE_URL"] = next(postgres)
        environment["FIREGRID_REDIS_URL"] = _redis()
        environment["FIREGRID_WORKERS"] = "2"
    database_url = environment.get("FIREGRID_DATABASE_URL", f"sqlite:///{folder}/firegrid.db")
    firegrid = [sys.executable, "-m", "firegrid_app.cli"]
    for step in ("migrate", "pilot"):
        subprocess.run([*firegrid, step], cwd=ROOT, env=environment, check=True, timeout=120)
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*firegrid, "serve"], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    running = RunningApp(f"http://127.0.0.1:{port}", database_url, log, server.pid)
    try:
        _wait_until_it_answers(running, server)
        running.members = [phone for (phone,) in running.rows(GRID_MEMBERS)]
        yield running
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if postgres is not None:
            next(postgres, None)


def _wait_until_it_answers(running: RunningApp, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{running.url}/api/ping", timeout=2).json() == {"firegrid": "here"}:
                return
        time.sleep(0.3)
    pytest.fail("the server did not come up:\n" + running.log.read_text(errors="replace")[-4000:])


HAS_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note for the fixtures whether the journey itself failed."""
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


def tell_what_stands(opened: list[BrowserContext], app: RunningApp) -> None:
    """Print what every phone shows and holds, and what the server said last."""
    for page in (page for context in opened for page in context.pages):
        print("—", page.url)
        with suppress(PlaywrightError):
            print(page.locator("body").inner_text(timeout=2000)[:600])
            print(*page.evaluate(UNSENT), sep="\n")
    print("— server:", *app.log.read_text(errors="replace").splitlines()[-15:], sep="\n")


@pytest.fixture
def phone(chromium: Browser, app: RunningApp) -> Iterator[BrowserContext]:
    """A phone with a microphone."""
    with phone_of_its_own(chromium, app, permissions=["geolocation", "microphone"]) as context:
        yield context


@pytest.fixture
def open_phone(
    chromium: Browser, app: RunningApp, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a phone (360 x 800, touch, Chinese) on the running app; any number of them."""
    opened: list[BrowserContext] = []

    def open_one(**different: object) -> BrowserContext:
        wanted = {
            "base_url": app.url,
            "viewport": {"width": 360, "height": 800},
            "device_scale_factor": 2,
            "is_mobile": True,
            "has_touch": True,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "geolocation": COMMUNITY_POSITION,
            "permissions": ["geolocation"],
        }
        context = chromium.new_context(**{**wanted, **different})
        context.set_default_timeout(20_000 * PATIENCE)
        opened.append(context)
        return context

    yield open_one
    if request.node.stash.get(HAS_FAILED, False):
        tell_what_stands(opened, app)
    for context in opened:
        context.close()


@pytest.fixture
def open_desk(open_phone: Callable[..., BrowserContext]) -> Callable[[], BrowserContext]:
    """Open a desk browser (1280 x 800)."""
    return lambda: open_phone(
        viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False, permissions=[]
    )


def log_in(page: Page, phone: str, password: str) -> None:
    """Enter by the log-in page, as a person does."""
    page.goto("/login")
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)


def wait_until(page: Page, question: str, seconds: float = 20) -> None:
    """Poll a (possibly asynchronous) question in the page until it is true.

    `seconds` on a quiet machine. `wait_for_function` takes a promise for a yes and passes at once.
    """
    deadline = time.monotonic() + seconds * PATIENCE
    while not _answer(page, question):
        if time.monotonic() > deadline:
            pytest.fail(f"never true in {seconds} s: {question}")
        time.sleep(0.1)


def _answer(page: Page, question: str) -> object:
    """The page's answer; None of a page that was left while it thought."""
    try:
        return page.evaluate(question)
    except PlaywrightError as error:
        if "context was destroyed" not in str(error):
            raise
        return None
