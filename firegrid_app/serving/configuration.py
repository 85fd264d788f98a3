"""Reads the settings for a command; a bad one becomes one sentence that names the variable."""

import os
import re

from pydantic import ValidationError
from pydantic_settings import SettingsError

from firegrid_app.serving.machine import ROOT
from firegrid_app.serving.words import Stop
from firegrid_app.settings import Settings, settings

_PROBLEMS: dict[str, tuple[str, str]] = {
    "int_parsing": ("应为整数", "it must be a whole number"),
    "bool_parsing": ("应为 1 或 0", "it must be 1 or 0"),
    "greater_than_equal": ("不能小于 {ge}", "it must be at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "it must be at most {le}"),
    "literal_error": ("只能是 {expected}", "it must be {expected}"),
}


def configure(**given: str | None) -> Settings:
    """The settings in force; `given` (from options) go before the environment.

    Relative paths count from the project's folder, wherever the command was started.
    """
    os.chdir(ROOT)
    for name, value in given.items():
        if value is not None:
            os.environ[f"FIREGRID_{name.upper()}"] = value
    settings.cache_clear()
    try:
        return settings()
    except ValidationError as error:
        raise _stop(error) from None
    except SettingsError as error:
        found = re.search(r'field "(\w+)"', str(error))
        name = f"FIREGRID_{found[1].upper()}" if found else "FIREGRID_*"
        raise Stop("bad_setting", name=name, zh="格式不对", en="it is not readable") from None


def _stop(error: ValidationError) -> Stop:
    # The first is enough: values are not shown, they may hold passwords.
    problem = error.errors(include_input=False, include_url=False)[0]
    gaps = problem.get("ctx", {})
    zh, en = _PROBLEMS.get(problem["type"], ("格式不对", "it is not readable"))
    if problem["type"] == "value_error":
        zh, _, en = str(gaps["error"]).partition(" / ")
    if not problem["loc"]:
        return Stop("bad_settings", zh=zh, en=en)
    name = f"FIREGRID_{problem['loc'][0]}".upper()
    return Stop("bad_setting", name=name, zh=zh.format(**gaps), en=en.format(**gaps))
