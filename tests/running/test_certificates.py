"""`HTTPS=1`: an authority and a certificate of our own, kept, renewed when they must be."""

import ipaddress
import stat
from pathlib import Path

import pytest
from cryptography import x509

from firegrid_app.serving.certificates import server_files
from firegrid_app.serving.words import Stop


def names(certificate: Path) -> set[str]:
    served = x509.load_pem_x509_certificate(certificate.read_bytes())
    said = served.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in said}


def test_the_certificate_covers_this_machine_and_its_addresses(tmp_path: Path) -> None:
    files = server_files(tmp_path / "tls", ["192.168.1.20", "10.0.0.7"])
    assert names(files.certificate) == {
        *("localhost", "127.0.0.1", str(ipaddress.ip_address("::1"))),
        *("192.168.1.20", "10.0.0.7"),
    }
    root = x509.load_pem_x509_certificate(files.root.read_bytes())
    x509.load_pem_x509_certificate(files.certificate.read_bytes()).verify_directly_issued_by(root)


def test_only_the_owner_may_read_the_keys(tmp_path: Path) -> None:
    files = server_files(tmp_path / "tls", [])
    for key in (files.key, files.root.with_name("root.key")):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.key.parent.stat().st_mode) == 0o700


def test_both_are_kept(tmp_path: Path) -> None:
    first = server_files(tmp_path, ["10.0.0.7"])
    before = (first.root.read_bytes(), first.certificate.read_bytes())
    again = server_files(tmp_path, ["10.0.0.7"])
    assert (again.root.read_bytes(), again.certificate.read_bytes()) == before


def test_a_new_address_gets_a_new_certificate_from_the_same_root(tmp_path: Path) -> None:
    root = server_files(tmp_path, ["10.0.0.7"]).root.read_bytes()
    files = server_files(tmp_path, ["10.0.0.8"])
    assert "10.0.0.8" in names(files.certificate)
    assert files.root.read_bytes() == root


def test_it_is_renewed_before_it_runs_out(tmp_path: Path, clock) -> None:
    first = server_files(tmp_path, []).certificate.read_bytes()
    clock.forward(days=300)
    assert server_files(tmp_path, []).certificate.read_bytes() == first
    clock.forward(days=70)
    assert server_files(tmp_path, []).certificate.read_bytes() != first


def test_it_lives_no_longer_than_phones_accept(tmp_path: Path) -> None:
    served = x509.load_pem_x509_certificate(server_files(tmp_path, []).certificate.read_bytes())
    assert (served.not_valid_after_utc - served.not_valid_before_utc).days <= 398


def test_a_broken_certificate_is_made_anew_and_a_broken_root_is_told(tmp_path: Path) -> None:
    files = server_files(tmp_path, [])
    files.root.write_text("not a certificate")
    with pytest.raises(Stop) as stopped:
        server_files(tmp_path, [])
    assert stopped.value.code == "no_certificate"
