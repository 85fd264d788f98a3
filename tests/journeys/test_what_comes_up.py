"""A drill comes up: on the phone of who takes part, with its photos at the desk of who leads."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, expect
from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.training.tables import Drill
from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import member_of
from tests.journeys.test_one_day import PASSWORD
from tests.photos.pictures import camera_jpeg

pytestmark = pytest.mark.browser

SHANGHAI = timedelta(hours=8)


def drill_today(app: RunningApp, phone: str) -> str:
    """Of the member's own small grid, so that nobody else hears of it; its head's phone."""
    engine = sa.create_engine(app.database_url)
    now = datetime.now(UTC)
    try:
        with Session(engine) as session:
            grid_id = session.exec(
                select(Post.grid_id).join(Person).where(Person.phone == phone)
            ).one()
            head_id, head = session.exec(
                select(Person.id, Person.phone)
                .join(Post)
                .where(Post.grid_id == grid_id, Post.role == "grid_head")
            ).one()
            session.add(
                Drill(
                    id=uuid4(),
                    grid_id=grid_id,
                    kind="evacuation",
                    place="3栋门前",
                    scenario="夜间3栋楼道电动车起火，疏散两个单元",
                    held_on=(now + SHANGHAI).date(),
                    made_by_id=head_id,
                    made_at=now,
                )
            )
            session.commit()
            return head
    finally:
        engine.dispose()


def test_a_drill_on_the_phone_without_a_signal_and_its_photos_at_the_desk(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
    tmp_path: Path,
) -> None:
    member = member_of(app, 330)
    head = drill_today(app, member)
    context = open_phone()
    page = context.new_page()
    log_in(page, member, PASSWORD)
    expect(page.get_by_text("记录都已送到服务器")).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null")
    coming = page.locator("section", has=page.get_by_role("heading", name="近期安排"))
    expect(coming.get_by_text("疏散逃生演练")).to_be_visible()
    context.set_offline(True)
    page.reload()
    expect(coming.get_by_text("演练 · ", exact=False)).to_contain_text("3栋门前")

    desk = open_desk().new_page()
    log_in(desk, head, PASSWORD)
    desk.goto("/drills")
    desk.get_by_role("button", name="疏散逃生演练").click()
    photo = tmp_path / "drill.jpg"
    photo.write_bytes(camera_jpeg(6))
    tiles = desk.locator(".fg-photo img")
    desk.locator("input[type=file]").set_input_files([photo])
    expect(tiles).to_have_count(1)
    tiles.first.scroll_into_view_if_needed()
    wait_until(desk, "() => document.querySelector('.fg-photo img')?.naturalWidth > 0")
    desk.locator("input[type=file]").set_input_files(
        [{"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"MZ no picture"}]
    )
    expect(desk.get_by_role("alert")).to_contain_text("照片")
    expect(tiles).to_have_count(1)
    desk.get_by_role("button", name="去掉第 1 张照片").click()
    desk.get_by_role("alertdialog").get_by_role("button", name="去掉").click()
    expect(tiles).to_have_count(0)
    rows = app.rows("select count(*) from photo where record_kind = 'drill'")
    assert rows[0][0] == 0
