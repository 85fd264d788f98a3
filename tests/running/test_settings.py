"""A setting that cannot be used is one sentence with its name, and never shows a password."""

import os

import pytest

from firegrid_app.serving.configuration import configure
from firegrid_app.serving.words import Stop
from firegrid_app.settings import settings


@pytest.fixture(autouse=True)
def _stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(os.getcwd())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIREGRID_MODE", "prod"),
        ("FIREGRID_TIMEZONE", "Mars/Olympus"),
        ("FIREGRID_DATABASE_URL", "mysql://root:secret-word@h/x"),
        ("FIREGRID_SESSION_DAYS", "many"),
        ("FIREGRID_SESSION_DAYS", "400"),
        ("FIREGRID_TRUSTED_PROXIES", "-1"),
        ("FIREGRID_PORT", "70000"),
        ("FIREGRID_HTTPS", "maybe"),
        ("FIREGRID_LOG_LEVEL", "loud"),
        ("FIREGRID_WORKERS", "0"),
    ],
)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Stop) as stopped:
        configure()
    said = str(stopped.value)
    assert name in said
    assert "\n" not in said
    assert "secret-word" not in said


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"FIREGRID_MODE": "production"}, "FIREGRID_PUBLIC_URL"),
        (
            {"FIREGRID_MODE": "production", "FIREGRID_PUBLIC_URL": "http://a.example"},
            "FIREGRID_PUBLIC_URL",
        ),
        ({"FIREGRID_WORKERS": "2"}, "FIREGRID_REDIS_URL"),
    ],
)
def test_settings_that_do_not_fit_together_are_named(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Stop, match=named):
        configure()


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREGRID_PORT", "9001")
    monkeypatch.setenv("FIREGRID_HOST", "127.0.0.1")
    chosen = configure(port="9002", host=None)
    assert (chosen.port, chosen.host) == (9002, "127.0.0.1")


def test_further_origins_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREGRID_ALLOWED_ORIGINS", "https://a.example/, https://b.example")
    settings.cache_clear()
    assert settings().allowed_origins == ("https://a.example", "https://b.example")
