"""Check points on the phone: floors, a code before the camera, a fault on the list, no network."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import RunningApp, log_in, phone_of_its_own, wait_until
from tests.journeys.test_one_day import ALL_SENT, GRID, PASSWORD, SECRETARY

pytestmark = pytest.mark.browser

NEIGHBOUR = "500118003001002"


def member_of(app: RunningApp, grid: str) -> str:
    """Phone of this grid's member in the pilot, whomever a journey invited since."""
    return app.rows(
        "select person.phone from post join person on person.id = post.person_id"
        " join grid on grid.id = post.grid_id where grid.code = :grid and post.role = 'grid_member'"
        " and person.pilot order by person.id desc limit 1",
        grid=grid,
    )[0][0]


def tag_of(app: RunningApp, grid: str, name: str = "") -> tuple[str, str]:
    """Code and name of a point of this grid."""
    rows = app.rows(
        "select tag, check_point.name from check_point join grid on grid.id = check_point.grid_id"
        " where grid.code = :grid and check_point.name like :name order by check_point.id limit 1",
        grid=grid,
        name=f"%{name}%",
    )
    return rows[0][0], rows[0][1]


def before_the_camera(text: str, path: Path) -> Path:
    """A film of a wall with this code on it, as a camera gives it."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=9, border=4)
    wall = Image.new("RGB", (640, 480), (190, 186, 178))
    code = Image.open(drawn).convert("RGB").rotate(4, expand=True, fillcolor=(190, 186, 178))
    wall.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    frame = io.BytesIO()
    wall.save(frame, "JPEG", quality=80)
    path.write_bytes(frame.getvalue() * 30)
    return path


@contextmanager
def phone_with_camera(
    chromium: Browser, app: RunningApp, film: Path, **different: object
) -> Iterator[BrowserContext]:
    """A phone whose camera looks at this film."""
    flag = f"--use-file-for-fake-video-capture={film}"
    asked = {"permissions": ["geolocation", "camera"]} | different
    with phone_of_its_own(chromium, app, flag, **asked) as context:
        yield context


def ready(context: BrowserContext, phone_number: str) -> Page:
    """Logged in, with the day's data and the app's files on the phone."""
    page = context.new_page()
    log_in(page, phone_number, PASSWORD)
    expect(page.get_by_role("link", name=re.compile("开始巡查|巡查中"))).to_be_visible()
    wait_until(page, "() => navigator.serviceWorker?.controller !== null", 40)
    return page


def test_floors_and_a_fault_without_network(
    app: RunningApp, open_phone: Callable[..., BrowserContext]
) -> None:
    context = open_phone()
    page = ready(context, member_of(app, GRID))
    context.set_offline(True)
    page.goto("/patrol")
    page.get_by_role("button", name="开始巡查", exact=True).click()
    house = page.locator(".fg-house").first
    storeys = house.locator(".fg-storey > span")
    expect(storeys.first).to_have_text("楼顶")
    assert storeys.all_inner_texts()[1:4] == ["6层", "5层", "4层"]
    page.get_by_role("button", name="到达1栋1单元6层楼梯间").click()
    expect(page.get_by_text("已到 1 处")).to_be_visible()

    page.get_by_role("button", name="对照清单查：1栋楼顶").click()
    expect(page.get_by_role("heading", name="1栋楼顶")).to_be_visible()
    fault = page.get_by_role("button", name=re.compile("^有问题：.*没有堆放易燃物"))
    fault.click()
    expect(page.get_by_label("位置")).to_have_value("1栋楼顶")
    expect(page.locator("[role=radio][aria-checked=true]").first).to_be_visible()
    expect(page.get_by_label("说明（可不填）")).to_have_value(re.compile("^不符合：楼顶"))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("隐患已记下")).to_be_visible()
    page.get_by_role("button", name=re.compile("^不涉及：安全出口")).click()
    page.get_by_role("button", name="记下到达，1 项有问题").click()
    expect(page.get_by_text("已到 2 处")).to_be_visible()

    context.set_offline(False)
    wait_until(page, ALL_SENT, 40)
    ((how, checklist, fine, findings, kept),) = app.rows(
        "select arrival.how, arrival.checklist, arrival.all_fine, arrival.findings,"
        " (select count(*) from hazard where hazard.patrol_id = arrival.patrol_id"
        "  and hazard.category = 'combustible_pile') from arrival"
        " join check_point on check_point.id = arrival.check_point_id"
        " join grid on grid.id = arrival.grid_id"
        " where check_point.name = '1栋楼顶' and grid.code = :grid",
        grid=GRID,
    )
    assert (how, checklist, bool(fine), kept) == ("tap", "residence", False, 1)
    assert "no_flammables" in str(findings)
    assert "exits_open" in str(findings)


def test_a_code_before_the_camera_without_network(
    chromium: Browser, app: RunningApp, tmp_path: Path
) -> None:
    tag, name = tag_of(app, NEIGHBOUR)
    film = before_the_camera(f"{app.url}/p/{tag}", tmp_path / "wall.mjpeg")
    with phone_with_camera(chromium, app, film) as context:
        page = ready(context, member_of(app, NEIGHBOUR))
        page.goto("/patrol")
        expect(page.get_by_role("button", name="扫点位码")).to_be_visible()
        context.set_offline(True)
        page.get_by_role("button", name="扫点位码").click()
        page.get_by_role("button", name="从这里开始巡查").click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_text("已扫码")).to_be_visible()
        page.get_by_role("button", name="到了，一切正常").click()
        expect(page.get_by_text("已到 1 处")).to_be_visible()

        # The same code opened by the system's own camera app, still without network.
        page.goto(f"/p/{tag}")
        expect(page.get_by_role("heading", name=name)).to_be_visible()

        # Another grid's code, a payment code: words, and nothing recorded.
        foreign, _ = tag_of(app, GRID)
        page.goto(f"/p/{foreign}")
        expect(page.get_by_text("不认识的点位码")).to_be_visible()
        page.goto("/patrol?at=wxp://f2f0abcdefghij")
        expect(page.get_by_role("heading", name="不是点位码")).to_be_visible()
        context.set_offline(False)
        wait_until(page, ALL_SENT, 40)
    assert app.rows(
        "select arrival.how, count(*) from arrival join check_point"
        " on check_point.id = arrival.check_point_id where tag = :tag group by arrival.how",
        tag=tag,
    ) == [("qr", 1)]


def test_a_refused_camera_says_so_and_leads_back(
    chromium: Browser, app: RunningApp, tmp_path: Path
) -> None:
    film = before_the_camera("x", tmp_path / "wall.mjpeg")
    with phone_with_camera(chromium, app, film, permissions=["geolocation"]) as context:
        page = ready(context, member_of(app, GRID))
        page.goto("/patrol?scan=1")
        expect(page.get_by_text("没有相机权限")).to_be_visible()
        page.get_by_role("button", name="回楼层列表").click()
        expect(page.get_by_role("button", name="扫点位码")).to_be_visible()


def test_a_passer_by_reads_the_notice_and_the_secretary_prints(
    app: RunningApp,
    open_phone: Callable[..., BrowserContext],
    open_desk: Callable[..., BrowserContext],
) -> None:
    tag, name = tag_of(app, GRID)
    resident = open_phone().new_page()
    resident.goto(f"/p/{tag}")
    expect(resident.get_by_role("heading", name=name)).to_be_visible()
    expect(resident.get_by_role("link", name="火警 119")).to_be_visible()
    desk = open_desk().new_page()
    log_in(desk, SECRETARY, PASSWORD)
    desk.goto(f"/points/{GRID}/print")
    expect(desk.locator("svg").first).to_be_visible()
    assert desk.locator("li.code").count() > 10
