"""A member comes on duty without a signal: reads what was left, takes over, leaves words too."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, expect
from sqlmodel import Session, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.rota.tables import Shift, ShiftNote
from tests.journeys.conftest import RunningApp, wait_until
from tests.journeys.test_one_day import ALL_SENT
from tests.journeys.test_shipped import BODIES, RECORD, enter, sent_items, shape

pytestmark = pytest.mark.browser

LEFT = "东门车棚充电桩还没断电，物业说今晚来修"


def on_duty_now(app: RunningApp, phone: str) -> int:
    """A shift that has begun an hour ago, and the one before it with words left; its id."""
    engine = sa.create_engine(app.database_url)
    now = datetime.now(UTC)
    try:
        with Session(engine) as session:
            person, grid_id = session.exec(
                select(Person.id, Post.grid_id).join(Post).where(Person.phone == phone)
            ).one()
            head = session.exec(
                select(Post.person_id).where(Post.grid_id == grid_id, Post.role == "grid_head")
            ).one()
            shifts = [
                Shift(
                    grid_id=grid_id,
                    person_id=who,
                    starts_at=now + timedelta(hours=first),
                    ends_at=now + timedelta(hours=last),
                    made_at=now,
                )
                for who, first, last in ((head, -9, -1), (person, -1, 7))
            ]
            session.add_all(shifts)
            session.flush()
            session.add(
                ShiftNote(
                    id=uuid4(),
                    grid_id=grid_id,
                    person_id=head,
                    happened_at=now - timedelta(hours=1),
                    received_at=now,
                    shift_id=shifts[0].id,
                    words=LEFT,
                )
            )
            session.commit()
            return int(shifts[1].id or 0)
    finally:
        engine.dispose()


def like_the_samples(items: list[dict[str, Any]]) -> None:
    for item in items:
        sample = BODIES / f"v{item['version']}" / f"{item['kind']}.json"
        if RECORD and not sample.exists():
            sample.write_text(json.dumps(item, ensure_ascii=False, indent=1) + "\n")
        kept = json.loads(sample.read_text())
        assert shape(item) == shape(kept), f"{item['kind']}: a shipped version has changed"


def test_a_member_takes_over_and_hands_over_without_a_signal(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    shift = on_duty_now(app, app.members[197])
    context = open_phone()
    page = enter(app, context, 197)
    expect(page.get_by_text(LEFT)).to_be_visible()
    items = sent_items(page)
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text(LEFT)).to_be_visible()
    page.get_by_role("button", name="已接班").click()
    expect(page.get_by_text("已接班。")).to_be_visible()
    expect(page.get_by_text(LEFT)).to_be_hidden()
    page.get_by_role("link", name="交接、换班").click()
    page.get_by_role("button", name="留给下一班").click()
    expect(page.get_by_text("请写一句交接内容")).to_be_visible()
    page.get_by_label("要告诉下一班什么").fill("充电桩已断电，钥匙在值班室")
    page.get_by_role("button", name="留给下一班").click()
    expect(page.get_by_text("您留的话")).to_be_visible()
    context.set_offline(False)
    wait_until(page, ALL_SENT, seconds=40)
    taken = app.rows("select notes from shift_taken where shift_id = :s", s=shift)
    assert len(taken) == 1
    ((words,),) = app.rows("select words from shift_note where shift_id = :s", s=shift)
    assert words == "充电桩已断电，钥匙在值班室"
    assert {one["kind"] for one in items} == {"shift.taken", "shift.note"}
    like_the_samples(items)
