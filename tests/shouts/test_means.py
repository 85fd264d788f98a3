"""The phone offers the means the server takes, and knows alike which reach all grids below."""

import re
from pathlib import Path

import pytest

from firegrid_app.shouts.rules import HEARD_BELOW, MEANS
from firegrid_app.texts import LANGUAGES, catalogue

PHONE = Path(__file__).parents[2] / "firegrid_app/phone/shouts/means.js"


def listed(name):
    (line,) = re.findall(rf"{name} = \[(.*)\];", PHONE.read_text(encoding="utf-8"))
    return re.findall(r'"(\w+)"', line)


def test_phone_and_server_have_the_same():
    assert listed("MEANS") == list(MEANS)
    assert set(listed("HEARD_BELOW")) == HEARD_BELOW <= set(MEANS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_word(language):
    assert {f"shouts.means.{one}" for one in MEANS} <= set(catalogue(language))
