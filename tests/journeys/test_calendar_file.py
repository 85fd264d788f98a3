"""The holidays of a year handed in at the desk: mistakes first, then what changes, then written."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in
from tests.journeys.test_one_day import PASSWORD

pytestmark = pytest.mark.browser

ADMINISTRATOR = "10000001555"


def hand_in(page: Page, *lines: str) -> None:
    text = "\n".join(("日期,类型,名称", *lines, ""))
    page.locator("input[type=file]").set_input_files(
        [{"name": "放假安排.csv", "mimeType": "text/csv", "buffer": text.encode()}]
    )


def test_a_year_is_taken_in_from_a_file(
    app: RunningApp, open_desk: Callable[[], BrowserContext]
) -> None:
    # A year nobody else looks at: the one after next, of which nothing is shipped.
    year = datetime.now(UTC).year + 2
    written = "select day from calendar_day where day between :first and :last"
    days = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
    page = open_desk().new_page()
    log_in(page, ADMINISTRATOR, PASSWORD)
    page.goto("/desk/duties")
    for number in (1, 2):
        page.get_by_role("button", name=str(year - 2 + number), exact=True).click()
        expect(
            page.get_by_role("heading", name=f"{year - 2 + number}年节假日与调休")
        ).to_be_visible()
    expect(page.get_by_text(f"{year}年的节假日安排尚未录入，按周一至周五计算。")).to_be_visible()

    hand_in(page, f"{year}-01-03,休,元旦", f"{year}-02-31,休,春节")
    expect(page.get_by_text("有 1 处错误，改好后再选一次文件；什么都没有写入。")).to_be_visible()
    expect(page.get_by_text("第 3 行")).to_be_visible()
    expect(page.get_by_role("button", name="确认写入")).to_have_count(0)
    assert app.rows(written, **days) == []

    hand_in(page, f"{year}-01-03,休,元旦", f"{year}-01-08,班,元旦调休")
    expect(page.get_by_text("读了 2 行，会改 2 处，0 处不变。")).to_be_visible()
    assert app.rows(written, **days) == []
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_text("已写入 2 处改动。")).to_be_visible()
    expect(page.get_by_text(f"{year}-01-08 · 上班")).to_be_visible()
    expect(page.get_by_text(f"{year}年的节假日安排尚未录入，按周一至周五计算。")).to_be_hidden()
    assert len(app.rows(written, **days)) == 2
