"""A phone that cannot send: its file comes in at the desk; what it sends later counts once."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, wait_until
from tests.journeys.test_nothing_is_lost import log_a_shout, shouts_of
from tests.journeys.test_one_day import ALL_SENT, PASSWORD, SECRETARY
from tests.journeys.test_random_faults import report_hazard
from tests.journeys.test_sealed import PHOTO, hazards_of, look, ready

pytestmark = pytest.mark.browser


def member_below_the_secretary(app: RunningApp, number: int) -> str:
    rows = app.rows(
        "select person.phone from person join post on post.person_id = person.id"
        " join grid on grid.id = post.grid_id"
        " where post.role = 'grid_member' and person.pilot"
        " and grid.code like '500118003001%' order by person.id"
    )
    return app.claim(rows[number][0])


def save_file(page: Page, folder: Path) -> Path:
    page.goto("/outbox")
    with page.expect_download() as saved:
        page.get_by_role("button", name="存成文件").click()
    target = folder / saved.value.suggested_filename
    saved.value.save_as(target)
    return target


def hand_in(desk: Page, file: Path) -> None:
    desk.locator("input[type=file]").set_input_files(file)


def test_a_file_comes_in_at_the_desk_and_the_phone_that_sends_later_hears_already(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
    tmp_path: Path,
) -> None:
    phone = member_below_the_secretary(app, -1)
    page = open_phone().new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.context.route("**/api/sync", lambda route: route.abort())
    report_hazard(page, "存文件的地方")
    log_a_shout(page, 41)
    photo = bytes(look(page, PHOTO))
    file = save_file(page, tmp_path)

    desk = open_desk().new_page()
    log_in(desk, SECRETARY, PASSWORD)
    desk.goto("/desk")
    desk.get_by_role("link", name="接收交来的记录").click()
    desk.wait_for_url("**/take-in*")

    edited = tmp_path / "edited.json"
    edited.write_text(file.read_text(encoding="utf-8").replace("存文件的地方", "别的地方"))
    hand_in(desk, edited)
    expect(desk.get_by_text("接收 1 条，已有 0 条，未接收 1 条")).to_be_visible()
    expect(desk.get_by_text("这条在导出后被改过")).to_be_visible()
    assert hazards_of(app, phone) == []
    assert shouts_of(app, phone) == [41]

    hand_in(desk, file)
    expect(desk.get_by_text("接收 1 条，已有 1 条，未接收 0 条，照片、录音 1 个")).to_be_visible()
    expect(desk.get_by_text("存文件的地方")).to_be_visible()
    wanted = [("存文件的地方", hashlib.sha256(photo).hexdigest())]
    assert hazards_of(app, phone) == wanted

    page.context.unroute("**/api/sync")
    page.goto("/outbox")
    page.get_by_role("button", name="现在发送").click()
    wait_until(page, ALL_SENT, seconds=40)
    assert hazards_of(app, phone) == wanted
    assert shouts_of(app, phone) == [41]
    noted = app.rows(
        "select count(*) from received_item join person on person.id = handed_in_by_id"
        " where person.phone = :phone",
        phone=SECRETARY,
    )
    assert noted[0][0] == 2


def test_what_is_no_such_file_is_said_and_what_is_cut_or_broken_harms_no_other(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[[], BrowserContext],
    tmp_path: Path,
) -> None:
    phone = member_below_the_secretary(app, -2)
    page = open_phone().new_page()
    log_in(page, phone, PASSWORD)
    ready(page)
    page.context.route("**/api/sync", lambda route: route.abort())
    for number in (51, 52, 53):
        log_a_shout(page, number)
    file = save_file(page, tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    desk = open_desk().new_page()
    log_in(desk, SECRETARY, PASSWORD)
    desk.goto("/take-in")
    for content, words in (
        ('{"type": "FeatureCollection"}', "这不是手机“待发”页存成的文件"),
        ('{"firegrid":"unsent","version":1,"items":[]}', "这是旧版本存成的文件"),
        ('{"firegrid":"unsent","version":9}\n', "由更新的版本存成"),
    ):
        wrong = tmp_path / "wrong.json"
        wrong.write_text(content)
        hand_in(desk, wrong)
        expect(desk.get_by_text(words)).to_be_visible()
    broken = tmp_path / "broken.json"
    broken.write_text("".join([lines[0], lines[1], lines[2][:30] + "\n", lines[3]]))
    hand_in(desk, broken)
    expect(desk.get_by_text("接收 2 条，已有 0 条，未接收 1 条")).to_be_visible()
    expect(desk.get_by_text("文件第 3 行读不出。")).to_be_visible()
    expect(desk.get_by_text("文件不完整")).to_be_visible()
    assert {51, 53} <= set(shouts_of(app, phone))
    assert 52 not in shouts_of(app, phone)

    neighbour = open_desk().new_page()
    log_in(neighbour, phone, PASSWORD)
    neighbour.goto("/take-in")
    hand_in(neighbour, file)
    expect(neighbour.get_by_text("您的岗位没有这项权限。")).to_be_visible()
    assert 52 not in shouts_of(app, phone)
