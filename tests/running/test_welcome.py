"""What the terminal shows when the server answers, and who shows it."""

import http.server
import json
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import Person
from firegrid_app.database import transaction
from firegrid_app.serving.accounts import PilotAccount, pilot_accounts
from firegrid_app.serving.companion import Task
from firegrid_app.serving.root_page import make_server
from firegrid_app.serving.welcome import addresses, welcome

MEMBER = PilotAccount(Role.GRID_MEMBER, "姜龙", "10000000111", "小桥子社区第1网格")


def test_the_words_name_the_address_the_account_and_the_password() -> None:
    said = welcome(
        here="http://localhost:8000/",
        phones=["http://192.168.1.20:8000/"],
        accounts=[MEMBER],
        password="known-to-all",
    )
    for part in ("http://localhost:8000/", "192.168.1.20", "10000000111", "known-to-all", "网格员"):
        assert part in said
    assert "HTTPS=1" in said
    assert "▀" in said


def test_over_https_the_way_to_the_root_certificate_is_shown() -> None:
    said = welcome(
        here="https://localhost:8000/",
        phones=["https://192.168.1.20:8000/"],
        accounts=[],
        password="",
        trust="http://192.168.1.20:8001/",
    )
    assert "http://192.168.1.20:8001/" in said
    assert "HTTPS=1" not in said


@pytest.mark.parametrize(
    ("host", "here", "phones"),
    [
        ("0.0.0.0", "http://localhost:8000/", ["http://192.168.1.20:8000/"]),
        ("127.0.0.1", "http://127.0.0.1:8000/", []),
        ("192.168.1.20", "http://192.168.1.20:8000/", ["http://192.168.1.20:8000/"]),
        ("::1", "http://[::1]:8000/", []),
    ],
)
def test_phones_get_an_address_they_can_reach(host: str, here: str, phones: list[str]) -> None:
    assert addresses("http", host, 8000, ["192.168.1.20"]) == (here, phones)


def test_one_pilot_account_a_role_is_named_and_nobody_else(cast) -> None:
    assert pilot_accounts() == []
    with transaction() as session:
        for who in ("secretary", "member_a", "member_b", "switched_off"):
            session.get(Person, cast.people[who]).pilot = True
    found = pilot_accounts()
    assert [account.role for account in found] == [Role.COMMUNITY_SECRETARY, Role.GRID_MEMBER]
    assert found[1].phone == cast.phones["member_a"]


class _Ping(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_companion_speaks_when_the_server_answers_and_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(b"certificate")
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Ping) as server,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Ping) as spare,
    ):
        plain_port = spare.server_address[1]
        spare.server_close()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        task = Task(
            scheme="http",
            host="127.0.0.1",
            port=server.server_address[1],
            words="你好",
            certificate=str(tmp_path / "root.crt"),
            plain_port=plain_port,
        )
        companion = subprocess.Popen(
            [sys.executable, "-m", "firegrid_app.serving.companion"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert companion.stdin is not None
        assert companion.stdout is not None
        companion.stdin.write(json.dumps(asdict(task)).encode() + b"\n")
        companion.stdin.flush()
        assert companion.stdout.readline().decode() == "你好\n"
        address = f"http://127.0.0.1:{plain_port}"
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(transport=transport) as client:
            assert client.get(f"{address}/firegrid-root.crt").content == b"certificate"
        companion.stdin.close()
        # The rest of its output ends when it does.
        assert companion.stdout.read() == b""
        companion.stdout.close()
        companion.wait(5)
        server.shutdown()


def test_the_plain_page_shows_the_way_and_repeats_no_made_up_host(tmp_path: Path) -> None:
    (tmp_path / "root.crt").write_bytes(b"certificate")
    server = make_server("127.0.0.1", 0, tmp_path / "root.crt", 8443)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with httpx.Client() as client:
            page = client.get(address + "/").text
            assert "https://127.0.0.1:8443/" in page
            assert "CA 证书" in page
            made_up = client.get(address + "/", headers={"host": 'x"><script>'}).text
            assert "<script>" not in made_up
            assert client.get(address + "/root.key").status_code == 404
    finally:
        server.shutdown()
        server.server_close()
