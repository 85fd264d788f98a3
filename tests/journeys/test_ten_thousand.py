"""A phone on which ten thousand records wait: said in time, all of them there, and it goes on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from firegrid_app.texts import say
from tests.journeys.conftest import RunningApp
from tests.journeys.test_draining import me_of
from tests.journeys.test_handover import save_file
from tests.journeys.test_nothing_is_lost import log_a_shout, member_of
from tests.journeys.test_shipped import enter
from tests.journeys.waiting import fill

pytestmark = pytest.mark.browser

MANY = 10_000


def warning(count: int) -> str:
    return say("phone.many_unsent", count=count)


def test_at_ten_thousand_the_phone_warns_and_goes_on_keeping_and_handing_over(
    app: RunningApp, open_phone: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    context = open_phone()
    page = enter(app, context, 120)
    context.set_offline(True)
    page.goto("/outbox")
    fill(page, *me_of(app, member_of(app, 120)), shouts=MANY - 1, hazards=0)

    page.goto("/")
    expect(page.get_by_text(say("phone.records_waiting", count=MANY - 1))).to_be_visible()
    expect(page.get_by_text(warning(MANY - 1))).to_have_count(0)
    log_a_shout(page, 7)
    expect(page.get_by_text(warning(MANY))).to_be_visible()

    log_a_shout(page, 8)
    expect(page.get_by_text(warning(MANY + 1))).to_be_visible()
    page.goto("/outbox")
    expect(page.get_by_text(warning(MANY + 1))).to_be_visible()
    expect(page.locator(".fg-entry")).to_have_count(50)

    # The way out the warning names: all of them, in one file.
    first, *rest, last = save_file(page, tmp_path).read_text(encoding="utf-8").splitlines()
    assert (json.loads(first)["records"], len(rest), json.loads(last)) == (
        MANY + 1,
        MANY + 1,
        {"end": MANY + 1},
    )
    assert len({json.loads(json.loads(line)["item"])["id"] for line in rest}) == MANY + 1
