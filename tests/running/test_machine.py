"""Ports, hosts, folders and addresses of the machine the server is to run on."""

import ipaddress
import socket
from pathlib import Path

import pytest

from firegrid_app.serving import machine
from firegrid_app.serving.words import Stop


@pytest.mark.parametrize("typed", ["abc", "", "0", "65536", "80.5", "-1", "٨٠", "9" * 5000])
def test_a_port_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Stop) as stopped:
        machine.parse_port(typed)
    assert stopped.value.code == "port_not_a_number"


@pytest.mark.parametrize(("typed", "port"), [("1", 1), ("8000", 8000), ("65535", 65535)])
def test_a_port_is_read(typed: str, port: int) -> None:
    assert machine.parse_port(typed) == port


def test_a_taken_port_is_refused_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"PORT={port + 1}"):
            machine.need_port("127.0.0.1", port)


def test_a_port_taken_on_every_address_is_taken_on_each() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        with pytest.raises(Stop):
            machine.need_port("127.0.0.1", other.getsockname()[1])


def test_a_free_port_is_accepted() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    machine.need_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.9", "not-a-host.invalid", "300.1.1.1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(Stop) as stopped:
        machine.need_port(host, 8000)
    assert stopped.value.code == "host_unknown"


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(Stop) as stopped:
        machine.need_writable(tmp_path / "data" / "here")
    assert stopped.value.code == "data_dir_closed"


def test_a_data_folder_is_made(tmp_path: Path) -> None:
    machine.need_writable(tmp_path / "new" / "data")
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_addresses_for_phones_are_not_the_machine_s_own_loop() -> None:
    for address in machine.local_addresses():
        assert not ipaddress.ip_address(address).is_loopback


@pytest.mark.parametrize(
    "said",
    [
        "npm error code ENOTFOUND\nnpm error network request to https://example.org failed",
        "npm error code ECONNREFUSED",
        "npm error errno ETIMEDOUT",
        "ReadTimeoutError(\"HTTPSConnectionPool(host='example.org', port=443)",
    ],
)
def test_the_tools_words_for_no_network_are_known(said: str) -> None:
    assert machine.means_no_network(said)
    assert not machine.means_no_space(said)


def test_an_ordinary_failure_is_not_taken_for_the_network() -> None:
    assert not machine.means_no_network("Build failed with 1 error: Could not load x.jsx")
