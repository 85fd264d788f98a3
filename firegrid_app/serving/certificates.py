"""A local authority made on the spot and a certificate by it, so that phones get a secure page.

For trials in one network only: whoever has `tls/root.key` can pose as any site to a phone that
trusts this root. The real thing is a public certificate (README, Caddy).
"""

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509

from firegrid_app import clock
from firegrid_app.serving.words import Stop

LIFE = timedelta(days=397)
"""Phones refuse server certificates that live much longer."""
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class ServerFiles:
    """What granian serves with, and the root that phones are to trust."""

    root: Path
    certificate: Path
    key: Path


def server_files(folder: Path, addresses: list[str]) -> ServerFiles:
    """The files for these addresses; made, or renewed when an address is new or time runs out."""
    files = ServerFiles(folder / "root.crt", folder / "server.crt", folder / "server.key")
    names = ["localhost", "127.0.0.1", "::1", *addresses]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority = _authority(files.root, folder / "root.key")
        if not _still_good(files, names, authority):
            issued = authority.issue_cert(
                *names,
                organization_name="FireGrid",
                organization_unit_name="local trial",
                common_name=names[-1],
                # A phone's clock may be a day behind.
                not_before=_naive(clock.now() - timedelta(days=1)),
                not_after=_naive(clock.now() + LIFE - timedelta(days=1)),
            )
            _write(files.key, issued.private_key_pem.bytes(), 0o600)
            chain = b"".join(blob.bytes() for blob in issued.cert_chain_pems)
            _write(files.certificate, chain, 0o644)
    except (OSError, ValueError) as error:
        raise Stop("no_certificate", reason=type(error).__name__) from None
    return files


def _authority(certificate: Path, key: Path) -> trustme.CA:
    if certificate.exists() and key.exists():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    made = trustme.CA(
        path_length=0,
        organization_name="FireGrid",
        organization_unit_name=f"FireGrid local authority {socket.gethostname()}"[:60],
    )
    _write(key, made.private_key_pem.bytes(), 0o600)
    _write(certificate, made.cert_pem.bytes(), 0o644)
    return made


def _still_good(files: ServerFiles, names: list[str], authority: trustme.CA) -> bool:
    if not (files.certificate.exists() and files.key.exists()):
        return False
    served = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    root = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    try:
        served.verify_directly_issued_by(root)
    except Exception:  # whatever is wrong with it, a new one is made
        return False
    said = served.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(name.value) for name in said}
    return set(names) <= covered and served.not_valid_after_utc - clock.now() > RENEW_BEFORE


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _write(file: Path, content: bytes, mode: int) -> None:
    # Never half-written and never readable by others, not even for a moment.
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(content)
    fresh.replace(file)
