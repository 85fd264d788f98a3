"""The README's pictures, taken from a running app with pilot data: a day is made, then looked at.

.venv/bin/python scripts/screenshots.py http://127.0.0.1:8000
"""

import io
import os
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PASSWORD = "firegrid-2026"  # noqa: S105 - the pilot's, printed by `make run`
SECRETARY, MEMBER, GRID = "10000000002", "10000000004", "500118003001001"
HEIGHT = 800


def photo_of_a_stairwell() -> bytes:
    """A picture that stands for one: steps of grey."""
    image = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    target = io.BytesIO()
    image.save(target, "JPEG")
    return target.getvalue()


def open_page(browser: Browser, url: str, width: int, scheme: str = "light") -> Page:
    """A page in Chinese, of a phone where it is narrow."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": HEIGHT},
        is_mobile=width < 600,
        has_touch=width < 600,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=scheme,
        geolocation={"latitude": 29.3574, "longitude": 105.9165, "accuracy": 12},
        permissions=["geolocation"],
        ignore_https_errors=True,
    )
    return context.new_page()


def log_in(page: Page, phone: str) -> None:
    """Enter by the log-in page."""
    page.goto("/login")
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/login" not in address)


def make_a_day(page: Page) -> None:
    """Walk, find a hazard, knock at some doors."""
    page.goto("/patrol")
    start = page.get_by_role("button", name="开始巡查")
    page.get_by_role("heading", name="点位").or_(start).first.wait_for()
    if start.is_visible():
        start.click()
    page.get_by_role("button", name=re.compile("一切正常")).first.click()
    page.get_by_role("link", name="发现隐患").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_stairwell()}
    )
    page.get_by_role("radio", name="飞线充电").click()
    page.get_by_label("位置").fill("2栋1单元3楼")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("隐患已存在手机上").wait_for()
    page.goto("/doors")
    for number, outcome in enumerate(("已见面", "无人应答", "已见面", "改天再来")):
        page.locator(".fg-door").nth(number).click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile(outcome)).first.click()
        page.get_by_role("dialog").wait_for(state="hidden")
    page.goto("/")
    page.get_by_text("记录都已送到服务器").wait_for()


def take(page: Page, address: str, name: str, settle: int = 2500) -> Path:
    """One picture, once the page has come to rest."""
    page.goto(address)
    page.wait_for_timeout(settle)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    return path


def beside(paths: list[Path], target: Path, gap: int = 16) -> None:
    """The pictures in a row, in few colours: a README is read over slow lines too."""
    pictures = [Image.open(path).convert("RGB") for path in paths]
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1)
    row = Image.new("RGB", (width, HEIGHT), "white")
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width + gap
    row.quantize(96).save(target, optimize=True)


def main(url: str) -> None:
    """Take all pictures of the app at this address."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("FIREGRID_TEST_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        phone = open_page(browser, url, 360)
        log_in(phone, MEMBER)
        make_a_day(phone)
        night = open_page(browser, url, 360, "dark")
        log_in(night, MEMBER)
        desk = open_page(browser, url, 1280)
        log_in(desk, SECRETARY)
        taken = [
            take(phone, "/", "home"),
            take(night, "/doors", "doors-at-night"),
            take(desk, "/desk", "desk", settle=6000),
            take(open_page(browser, url, 360), f"/g/{GRID}", "board"),
        ]
        browser.close()
    beside(taken, IMAGES / "overview.png")
    for path in taken:
        path.unlink()
    print(IMAGES / "overview.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the address of a running app with pilot data: http://127.0.0.1:8000")
    main(sys.argv[1])
