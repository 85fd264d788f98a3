"""`HTTPS=1` in a real browser: every page runs under its own policy, the socket finds its way."""

import base64
import hashlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from firegrid_app.importing.pilot import PILOT_PASSWORD
from firegrid_app.serving.built import read_pages
from tests.journeys.conftest import BUILT, FLAGS, PATIENCE, ROOT, _free_port, _missing, log_in

pytestmark = pytest.mark.browser

SECRETARY = "10000000002"
NEED_MORE = ("/404", "/invitation")
"""Pages that rightly complain when they are opened by their bare address."""
COMPLAIN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error("policy:", event.violatedDirective, event.blockedURI, event.sample);
});
"""


@dataclass
class Secure:
    """A server with a certificate of its own making."""

    url: str
    root: Path
    said: Path


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    if not BUILT.exists():
        _missing("build of the pages (firegrid build)")
    folder = tmp_path_factory.mktemp("secure")
    port = _free_port()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FIREGRID_")}
    environment = {
        **plain,
        "FIREGRID_DATA_DIR": str(folder),
        "FIREGRID_PORT": str(port),
        "PYTHONUTF8": "1",
    }
    firegrid = [sys.executable, "-m", "firegrid_app.cli"]
    for step in ("migrate", "pilot"):
        subprocess.run([*firegrid, step], cwd=ROOT, env=environment, check=True, timeout=120)
    said = folder / "server.log"
    with said.open("wb") as out:
        server = subprocess.Popen(
            [*firegrid, "serve", "--https"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        running = Secure(f"https://localhost:{port}", folder / "tls" / "root.crt", said)
        _wait(running, server)
        yield running
    finally:
        # As Ctrl+C does it.
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def _wait(running: Secure, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(httpx.HTTPError, OSError):
            trusting = ssl.create_default_context(cafile=str(running.root))
            if httpx.get(f"{running.url}/ping", verify=trusting, timeout=2).status_code == 200:
                return
        time.sleep(0.3)
    pytest.fail("the server did not come up:\n" + running.said.read_text(errors="replace"))


@pytest.fixture
def page(chromium: Browser, secure: Secure) -> Iterator[Page]:
    # A browser that trusts this certificate as a phone with the root does: "ignoring errors" would
    # not let a service worker in.
    trusting = chromium.browser_type.launch(
        executable_path=os.environ.get("FIREGRID_TEST_CHROMIUM") or shutil.which("chromium"),
        args=[*FLAGS, f"--ignore-certificate-errors-spki-list={_key_of(secure)}"],
    )
    context = trusting.new_context(base_url=secure.url, locale="zh-CN")
    context.add_init_script(COMPLAIN)
    yield context.new_page()
    trusting.close()


def _key_of(secure: Secure) -> str:
    served = x509.load_pem_x509_certificate(secure.root.with_name("server.crt").read_bytes())
    key = served.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def test_the_terminal_shows_the_way_for_phones(secure: Secure) -> None:
    deadline = time.monotonic() + 10 * PATIENCE
    while "Ctrl+C" not in secure.said.read_text() and time.monotonic() < deadline:
        time.sleep(0.2)
    said = secure.said.read_text()
    assert secure.url in said
    assert SECRETARY in said
    assert PILOT_PASSWORD in said


def test_every_page_keeps_to_its_policy_and_the_desk_hears_from_the_server(
    page: Page, secure: Secure
) -> None:
    complaints: list[str] = []
    sockets: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    log_in(page, SECRETARY, PILOT_PASSWORD)
    assert page.evaluate("isSecureContext")
    assert page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.active !== null)")
    for address in sorted(read_pages(BUILT.parent).policies):
        if address in NEED_MORE:
            continue
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert answer.request.redirected_from is None
        page.wait_for_timeout(500)
    page.goto("/desk")
    # What only an event of Reflex, over the socket, can bring.
    expect(page.get_by_text("泸州街社区").first).to_be_visible()
    assert sockets
    assert all(address.startswith("wss://localhost:") for address in sockets)
    assert complaints == []
