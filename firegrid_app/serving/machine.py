"""Questions to the machine before anything is made: disk, port, network, addresses.

Standard library only: `scripts/bootstrap.py` uses this before anything is installed.
"""

import contextlib
import errno
import ipaddress
import re
import shutil
import socket
import tempfile
from pathlib import Path

from firegrid_app.serving.words import Stop

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder; every command works from here."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
"""Hosts that mean "all addresses", and where to reach ourselves then."""

_NO_NETWORK = re.compile(
    r"NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|NameResolutionError"
    r"|Name or service not known|Temporary failure in name resolution|Connection (?:reset|refused)"
    r"|Network is unreachable|No route to host|SSLError|CERTIFICATE_VERIFY_FAILED"
    r"|\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    r"|ERR_SOCKET_TIMEOUT)\b"
)
_NO_SPACE = re.compile(r"No space left on device|\bENOSPC\b|database or disk is full")


def means_no_network(said: str) -> bool:
    """Does this output of pip or npm say that the registry could not be reached?"""
    return _NO_NETWORK.search(said) is not None


def means_no_space(said: str) -> bool:
    """Does this output of a tool say that the disk is full?"""
    return _NO_SPACE.search(said) is not None


def need_disk(folder: Path, need: int) -> None:
    """Stop unless the disk of `folder` has `need` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < need:
        raise Stop("disk_full", path=folder, free=_size(free), need=_size(need))


def _size(count: int) -> str:
    return (
        f"{count / 1_000_000_000:.1f} GB" if count >= 1_000_000_000 else f"{count // 1_000_000} MB"
    )


def parse_port(value: str) -> int:
    """A port as typed by a person."""
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 65535):
        raise Stop("port_not_a_number", value=value)
    return int(value)


def need_port(host: str, port: int) -> None:
    """Stop unless we may listen there now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise Stop("host_unknown", host=host) from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        # A port whose last connections are still closing is free all the same.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < 65535 else 8000
                raise Stop("port_taken", port=port, other=other) from None
            if error.errno in (errno.EACCES, errno.EPERM):
                raise Stop("port_forbidden", port=port) from None
            raise Stop("host_unknown", host=host) from None


def need_writable(folder: Path, closed: str = "data_dir_closed") -> None:
    """Stop unless files can be made in `folder`, which is made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Stop("disk_filled_up") from None
        raise Stop(closed, path=folder) from None


def local_addresses() -> list[str]:
    """This machine's IPv4 addresses that a phone in the same network could use, likeliest first."""
    found: list[str] = []
    # Connecting a UDP socket sends nothing; it only asks which address would be used.
    for target in ("192.0.2.1", "10.255.255.255", "192.168.255.255"):
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        ):
            probe.connect((target, 9))
            found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found += [
            str(item[4][0])
            for item in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        ]
    return [address for address in dict.fromkeys(found) if _is_reachable(address)]


def _is_reachable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_unspecified or parsed.is_link_local)
