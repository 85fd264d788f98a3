"""The map frame in a real browser, fed by the API of the test: no built pages are needed."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect
from starlette.testclient import TestClient

from firegrid_app.campaigns.service import campaign_card
from firegrid_app.database import transaction
from firegrid_app.desk.service import overview
from firegrid_app.equipment.tables import Equipment
from firegrid_app.grids.tables import Grid
from firegrid_app.shouts.cards import EntriesAsk
from firegrid_app.shouts.entries import entries_view
from firegrid_app.texts import say
from tests.campaigns.test_campaigns import FINE, ask, make
from tests.cast import SIDE, SOUTH, STREET, WEST, A, B, Cast
from tests.factories import NOW, report, walk
from tests.journeys.conftest import PATIENCE, wait_until
from tests.visits.test_visit import knock

pytestmark = [
    pytest.mark.browser,
    # What the databases answer is tested in tests/maps; here it is the same either way.
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

ORIGIN = "http://firegrid.test"
DESK = """<!DOCTYPE html><script>
var said = [];
addEventListener("message", function (event) { said.push(event.data); });
function tell(words) { frames[0].postMessage(words, location.origin); }
</script><iframe src="/api/map/frame?grid=%s" style="width:800px;height:560px;border:0"></iframe>"""


class Desk:
    """A page with the frame in it, and what came of it."""

    def __init__(self, page: Page, client: TestClient) -> None:
        self.page = page
        self.client = client
        self.faults: list[str] = []
        self.is_cut_off = False
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if self.is_cut_off:
            route.abort("internetdisconnected")
        elif address.path == "/desk":
            route.fulfill(body=DESK % address.query, content_type="text/html")
        elif address.path == "/api/map/changes":
            # A client that waits for the end of an answer: here the map asks by itself.
            route.fulfill(status=204)
        else:
            answer = self.client.get(f"{address.path}?{address.query}")
            headers = dict(answer.headers)
            headers.pop("content-encoding", None)
            headers.pop("content-length", None)
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    def open(self, grid: str) -> Frame:
        """The frame of this grid."""
        self.page.goto(f"{ORIGIN}/desk?{grid}")
        return self.page.frames[1]

    def picture(self, grid: str) -> Frame:
        """The same, once the grids are drawn and the map around them stands."""
        frame = self.open(grid)
        wait_until(self.page, "() => said.some((one) => one.firegrid === 'ready')")
        return frame

    def fold_legend(self, frame: Frame) -> None:
        """So that no grid lies below it, and the grids fill the frame."""
        frame.click(".map-legend summary")
        frame.click(".map-show-all")
        self.page.wait_for_timeout(600)  # the picture slides there

    def picked(self) -> list[dict[str, object]]:
        """What the frame has said of picked grids: it comes a moment after the picking."""
        wait_until(self.page, "() => said.some((one) => one.firegrid === 'grid')")
        picked: list[dict[str, object]] = self.page.evaluate(
            "said.filter((one) => one.firegrid === 'grid')"
        )
        return picked

    def tell(self, words: dict[str, object]) -> None:
        """What the desk's page says to the frame."""
        self.page.evaluate("words => tell(words)", words)


@pytest.fixture
def desk(chromium: Browser, door: Callable[[str], TestClient]) -> Iterator[Callable[[str], Desk]]:
    """`desk("officer")`: that person's browser."""
    contexts = []

    def open_for(who: str) -> Desk:
        context = chromium.new_context(viewport={"width": 820, "height": 600}, locale="zh-CN")
        context.set_default_timeout(20_000 * PATIENCE)
        contexts.append(context)
        return Desk(context.new_page(), door(who))

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def busy_day(cast: Cast) -> None:
    """a: walked enough; b: an overdue hazard; c: nobody came."""
    with transaction() as session:
        walk(session, cast.actor("member_a"), NOW - timedelta(hours=3), 125)
        report(session, cast.actor("member_b"), NOW - timedelta(days=30), grid_code=B)


def shown(frame: Frame, selector: str, words: str) -> None:
    """Wait until that place says these words."""
    deadline = time.monotonic() + 10 * PATIENCE
    while words not in (text := frame.evaluate(
        "place => (document.querySelector(place) || {innerText: ''}).innerText", selector
    )):  # fmt: skip
        if time.monotonic() > deadline:
            pytest.fail(f"{selector} says {text!r}, not {words!r}")
        time.sleep(0.05)


def test_legend_and_description_say_what_the_list_says(desk, session, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    listed = overview(session, cast.actor("officer"), STREET, NOW)
    counts = {say(f"desk.standing.{tally.standing}"): tally.grids for tally in listed.tallies}
    rows = frame.locator(".map-legend li").all_inner_texts()
    legend = {re.sub(r"[\s\d个]", "", row): int(re.search(r"\d+", row)[0]) for row in rows}
    assert {word: count for word, count in legend.items() if count} == counts
    described = frame.locator(".grid-layer canvas").get_attribute("aria-label")
    for word, count in counts.items():
        assert f"{word} {count} 个" in described
    assert officer.faults == []


def test_a_tapped_grid_is_told_to_the_page_and_the_page_can_choose_one(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    # Three grids side by side fill the frame's width: the left third is a.
    officer.fold_legend(frame)
    officer.page.mouse.click(150, 290)
    assert officer.picked() == [{"firegrid": "grid", "code": A}]
    shown(frame, ".map-readout", "125 / 120")
    officer.tell({"firegrid": "select", "code": B})
    shown(frame, ".map-readout", "小桥子社区第2网格")
    shown(frame, ".map-readout", "超期 1 条")
    assert frame.locator("path.map-chosen").count() == 1
    assert officer.faults == []


def test_only_what_changed_is_painted_again(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    canvas = frame.query_selector(".grid-layer canvas")
    with transaction() as session:
        walk(session, cast.actor("member_b"), NOW - timedelta(hours=2), 125, grid_code=B)
        walk(session, cast.actor("other_secretary"), NOW - timedelta(hours=1), 10,
             grid_code="500118003002001")  # fmt: skip
    officer.tell({"firegrid": "refresh"})
    shown(frame, ".map-legend", "巡查未满时\n1 个")
    assert canvas.evaluate("one => one === document.querySelector('.grid-layer canvas')")


def picture(frame: Frame) -> str:
    """The picture as it is now, once it has stood still."""
    canvas = "() => document.querySelector('.grid-layer canvas').toDataURL()"
    last = ""
    while (now := frame.evaluate(canvas)) != last:
        last = now
        time.sleep(0.15)
    return now


def test_overlays_alone_and_together_say_what_the_list_says(desk, session, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    listed = overview(session, cast.actor("officer"), STREET, NOW)
    row = ".map-overlays label:has-text('{}')"
    assert f"未销案 {listed.open_hazards}，超期 {listed.overdue_hazards}" in frame.inner_text(
        row.format("隐患")
    )
    assert f"{listed.doors_left} / {listed.doors} 户" in frame.inner_text(row.format("未敲门"))
    seen = {picture(frame)}
    for name in ("隐患", "未敲门", "未到点位"):
        frame.check(row.format(name) + " input")
        seen.add(picture(frame))
    frame.uncheck(row.format("巡查情况") + " input")
    alone = picture(frame)
    assert len(seen | {alone}) == 5
    assert not frame.is_visible(".map-legend li")
    # What was chosen stays chosen on this device, from the first picture on.
    again = officer.picture(STREET)
    assert again.is_checked(row.format("隐患") + " input")
    assert not again.is_checked(row.format("巡查情况") + " input")
    assert picture(again) == alone
    assert officer.faults == []


def test_premises_are_laid_over_the_grids_when_wanted(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    row = ".map-overlays label:has-text('场所')"
    before = picture(frame)
    frame.check(row + " input")
    expect(frame.locator(row)).to_contain_text("0 红 0 黄 0 绿 2 未查")
    assert picture(frame) != before
    frame.uncheck(row + " input")
    assert picture(frame) == before
    assert officer.faults == []


def test_the_five_entries_are_laid_over_the_grids_and_say_what_their_table_says(
    desk, session, cast, busy_day
):
    table = entries_view(session, cast.actor("officer"), EntriesAsk(STREET), NOW)
    reached = {one.entry: f"{one.reached} / {one.of}" for one in table.tallies}
    officer = desk("officer")
    frame = officer.picture(STREET)
    before = picture(frame)
    row = ".map-overlays label:has-text('五进宣传') input"
    frame.check(row)
    for entry, words in reached.items():
        expect(frame.locator(f"li[data-entry={entry}] b")).to_have_text(words)
    expect(frame.locator(".map-days")).to_contain_text(f"{table.first} 至 {table.last}")
    assert picture(frame) != before
    # Of another day the season that ends with it.
    officer.tell({"firegrid": "days", "day": "2026-11-20", "week": False})
    expect(frame.locator(".map-days")).to_contain_text("至 2026-11-20")
    frame.uncheck(row)
    expect(frame.locator("li[data-entry]").first).to_be_hidden()
    assert officer.faults == []


def test_hydrants_and_guard_posts_are_laid_over_the_grids_when_wanted(desk, cast, busy_day):
    with transaction() as session:
        session.add_all(
            Equipment(code=name, kind=kind, name=name, grid_id=cast.grids["a"], amount=12,
                      lat=SOUTH + SIDE / 2, lon=WEST + SIDE * share, every_months=1)
            for name, kind, share in (
                ("东门岗", "guard_post", 0.2), ("西门岗", "guard_post", 0.8),
                ("口上的栓", "hydrant", 0.5),
            )
        )  # fmt: skip
    officer = desk("officer")
    frame = officer.picture(STREET)
    row = ".map-overlays label:has-text('{}')"
    seen = {picture(frame)}
    for name, words in (
        ("执勤岗点", "2 处，待检测 2"),
        ("消火栓", "1 处，待检测 1"),
        ("关爱家庭", " 户"),
    ):
        frame.check(row.format(name) + " input")
        expect(frame.locator(row.format(name))).to_contain_text(words)
        seen.add(picture(frame))
    assert len(seen) == 4
    # One grid fills the frame: its middle is the frame's.
    frame = officer.picture(A)
    officer.fold_legend(frame)
    officer.page.mouse.move(8 + 400, 8 + 280)
    shown(frame, ".map-readout", "口上的栓")
    shown(frame, ".map-readout", "检测到期")
    assert officer.faults == []


def test_a_campaign_colours_the_grids_and_says_what_its_list_says(desk, session, cast, busy_day):
    campaign = make(session, cast, grid_code=STREET, who="officer")
    session.commit()
    officer = desk("officer")
    with transaction() as other:
        knock(other, cast, **ask(campaign, FINE))
    frame = officer.picture(STREET)
    frame.get_by_label("敲门行动").check()
    session.rollback()
    total = campaign_card(session, cast.actor("officer"), campaign.id, NOW).total
    shown(frame, ".map-overlays", f"{total.done} / {total.doors} 户")
    rows = frame.locator(".map-overlays li[data-step]").all_inner_texts()
    assert [re.sub(r"\s", "", row) for row in rows] == ["还没开始2个", "进行中1个"]
    # What the colours meant before is not said beside what they mean now.
    expect(frame.locator(".map-legend li[data-standing]").first).to_be_hidden()
    described = frame.locator(".grid-layer canvas").get_attribute("aria-label")
    assert f"冬季敲门：已完成 {total.done} / {total.doors} 户" in described
    frame.get_by_label("敲门行动").uncheck()
    expect(frame.locator(".map-legend li[data-standing]").first).to_be_visible()
    assert officer.faults == []


def test_who_keeps_no_doors_is_offered_no_campaign(desk, cast, busy_day):
    frame = desk("member_a").picture(A)
    expect(frame.get_by_label("未敲门")).to_be_visible()
    expect(frame.get_by_label("敲门行动")).to_be_hidden()


def test_another_day_is_drawn_and_said(desk, session, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    officer.tell({"firegrid": "days", "day": "2026-11-20", "week": False})
    shown(frame, ".map-legend", "未巡查\n2 个")
    officer.tell({"firegrid": "select", "code": B})
    shown(frame, ".map-readout", "0 / 120 分钟")
    officer.tell({"firegrid": "days", "day": "", "week": False})
    shown(frame, ".map-legend", "今日已达标\n1 个")
    assert officer.faults == []


def test_a_message_from_elsewhere_is_not_heard(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    frame.evaluate("code => window.postMessage({firegrid: 'select', code: code}, '*')", B)
    time.sleep(0.3)
    assert frame.locator("path.map-chosen").count() == 0


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>']
)
def test_hostile_names_run_nothing(desk, cast, busy_day, name):
    with transaction() as session:
        for key in ("street", "community", "a", "b"):
            session.get_one(Grid, cast.grids[key]).name = name
    officer = desk("officer")
    frame = officer.picture(STREET)
    officer.fold_legend(frame)
    officer.page.mouse.click(150, 290)
    shown(frame, ".map-readout", name)
    assert officer.faults == []
    assert frame.locator("img").count() == 0


def test_without_a_network_the_picture_stays_and_says_its_age(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    officer.is_cut_off = True
    officer.tell({"firegrid": "refresh"})
    shown(frame, ".map-notice", "连不上服务器，图上是")
    assert frame.locator(".grid-layer canvas").count() == 1
    officer.is_cut_off = False
    officer.tell({"firegrid": "refresh"})
    frame.locator(".map-notice").wait_for(state="hidden")


def test_who_is_logged_out_keeps_no_picture(desk, cast, busy_day):
    officer = desk("officer")
    frame = officer.picture(STREET)
    officer.client.cookies.clear()
    officer.tell({"firegrid": "refresh"})
    shown(frame, ".map-words", "请先登录")
    assert frame.locator(".grid-layer canvas").count() == 0
    assert frame.locator(".map-legend").is_hidden()


def test_grids_without_outlines_are_words_and_a_legend(desk, cast, busy_day):
    with transaction() as session:
        for key in ("a", "b", "c"):
            session.get_one(Grid, cast.grids[key]).outline = None
    frame = desk("officer").open(STREET)
    shown(frame, ".map-words", "网格还没有边界")
    shown(frame, ".map-legend", "3 个小网格")


def test_nothing_below_is_said_in_words(desk, cast):
    frame = desk("other_officer").open("500118004")
    shown(frame, ".map-words", "这里还没有小网格")
