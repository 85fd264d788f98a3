"""Settings: read once, frozen, and unsafe ones refused."""

import pytest
from pydantic import ValidationError

from firegrid_app.settings import Settings, settings


def given(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"FIREGRID_{name.upper()}", value)
    return Settings()


def test_nothing_set_is_a_pilot_on_sqlite(tmp_path):
    found = settings()
    assert found.mode == "pilot"
    assert found.database == f"sqlite:///{tmp_path.as_posix()}/firegrid.db"
    assert found.zone.key == "Asia/Shanghai"
    assert found.allowed_origins == ()


def test_they_are_read_once_and_cannot_be_changed():
    assert settings() is settings()
    with pytest.raises(ValidationError):
        settings().mode = "production"  # type: ignore[misc]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_the_driver_we_ship(monkeypatch, scheme):
    found = given(monkeypatch, database_url=f"{scheme}://u@h/d")
    assert found.database == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    "values",
    [
        {"database_url": "mysql://h/d"},
        {"database_url": "sqlite://"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc/passwd"},
        {"mode": "prod"},
        {"mode": "production"},
        {"mode": "production", "public_url": "http://firegrid.example.cn"},
        {"workers": "2"},
        {"workers": "0"},
        {"session_days": "0"},
        {"session_days": "91"},
        {"trusted_proxies": "-1"},
        {"port": "0"},
        {"port": "65536"},
    ],
    ids=str,
)
def test_unsafe_or_impossible_values_are_refused(monkeypatch, values):
    with pytest.raises(ValidationError):
        given(monkeypatch, **values)


def test_what_goes_together_is_taken(monkeypatch):
    found = given(
        monkeypatch,
        mode="production",
        public_url="https://firegrid.example.cn",
        workers="2",
        redis_url="redis://h:6379",
        allowed_origins="https://a.example/, https://b.example",
    )
    assert found.workers == 2
    assert found.allowed_origins == ("https://a.example", "https://b.example")
