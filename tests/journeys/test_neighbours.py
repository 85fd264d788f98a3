"""Who looks after a home stands at its door and on the list of those to go to, without a signal."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.households.tables import NeighbourPair
from firegrid_app.visits.tables import Household
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD
from tests.journeys.test_sealed import ready

pytestmark = pytest.mark.browser


def put_in_care(app: RunningApp, phone: str) -> tuple[str, str]:
    """The top door of this member's grid needs help to get out, the second looks after it: both
    by name."""
    now = datetime.now(UTC).replace(microsecond=0)
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        person_id, grid_id = session.exec(
            select(Person.id, Post.grid_id).join(Post).where(Person.phone == phone)
        ).one()
        doors = session.exec(
            select(Household)
            .where(Household.grid_id == grid_id, Household.care_mark == "")
            .order_by(Household.building, Household.unit, Household.id)
        ).all()
        home, helper = doors[:2]
        home.care_mark, home.care_basis, home.care_agreed_on = (
            "needs_evacuation_help",
            "consent",
            now.date(),
        )
        session.add(
            NeighbourPair(
                household_id=home.id,
                helper_id=helper.id,
                name="郑秀英",
                phone="13912345678",
                note="走东侧楼梯",
                agreed_on=now.date(),
                made_by_id=person_id,
                made_at=now,
            )
        )
        session.commit()
        names = tuple(
            " ".join(filter(None, (one.building, one.unit, one.room))) for one in (home, helper)
        )
    engine.dispose()
    return names


def test_a_neighbour_is_called_from_the_door_and_the_list_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    phone = member_of(app, 306)
    home, helper = put_in_care(app, phone)
    context = open_phone()
    page = context.new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.goto("/doors")
    expect(page.locator(".fg-door").first).to_be_visible()
    context.set_offline(True)
    page.goto("/doors")

    page.get_by_text("要再去").click()
    listed = page.get_by_role("button", name=home)
    expect(listed.first).to_be_visible()
    entry = page.locator(".fg-return", has_text=home)
    expect(entry).to_contain_text("郑秀英")
    entry.click()
    sheet = page.get_by_role("dialog", name=home)
    there = sheet.get_by_role("region", name="邻里守望")
    expect(there).to_contain_text(f"郑秀英 · {helper}")
    expect(there).to_contain_text("走东侧楼梯")
    expect(there.get_by_role("link", name="13912345678")).to_have_attribute(
        "href", "tel:13912345678"
    )
    sheet.get_by_role("button", name="已见面").click()
    expect(sheet).to_be_hidden()
    # Somebody was met there: the home is on no list of today any more.
    expect(entry).to_have_count(0)
    page.get_by_role("button", name=f"{helper}，").first.click()
    expect(page.get_by_role("dialog", name=helper).get_by_text("郑秀英")).to_have_count(0)

    context.set_offline(False)
    page.goto("/outbox")
    wait_until(page, ALL_SENT, seconds=40)
