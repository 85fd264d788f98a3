"""Premises of a member's grid with their check point, put on the register past the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from firegrid_app.access.tables import Person, Post
from firegrid_app.database import make_engine
from firegrid_app.grids.tables import Grid
from firegrid_app.places.tables import Place, StreetLetter
from firegrid_app.points.tables import CheckPoint
from tests.journeys.conftest import RunningApp


def put_premises(app: RunningApp, phone: str, name: str) -> int:
    """Their id; nobody has signed a letter there."""
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        grid_id = session.exec(select(Post.grid_id).join(Person).where(Person.phone == phone)).one()
        place = Place(code=f"J.{uuid4().hex[:8]}", name=name, category="小饭店", grid_id=grid_id)
        session.add(place)
        session.flush()
        point = CheckPoint(
            code=place.code, grid_id=grid_id, name=name, kind="place", place_id=place.id
        )
        session.add(point)
        session.commit()
        place_id = place.id or 0
    engine.dispose()
    return place_id


@contextmanager
def the_streets_own_letter(app: RunningApp, phone: str, lines: list[str]) -> Iterator[None]:
    """The street of this member's grid has premises sign these words, the title first; for other
    journeys the letter that ships stands again."""
    engine = make_engine(app.database_url)
    with Session(engine) as session:
        person, path = session.exec(
            select(Person.id, Grid.path)
            .join(Post, Post.person_id == Person.id)
            .join(Grid, Grid.id == Post.grid_id)
            .where(Person.phone == phone)
        ).one()
        street = session.exec(
            select(Grid.id).where(col(Grid.code).in_(path.split("/")), Grid.level == 1)
        ).one()
        letter = StreetLetter(
            grid_id=street, words={"zh_CN": lines}, made_by_id=person, made_at=datetime.now(UTC)
        )
        session.add(letter)
        session.commit()
        try:
            yield
        finally:
            letter.ended_at = datetime.now(UTC)
            session.commit()
    engine.dispose()


def write(page: Page, *points: tuple[float, float]) -> None:
    """A stroke on the pad, from point to point in shares of its width and height."""
    box = page.locator("canvas.fg-pad").bounding_box()
    assert box is not None
    (x, y), *rest = points
    page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.mouse.down()
    for x, y in rest:
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=5)
    page.mouse.up()


def sign_the_letter(page: Page, name: str) -> None:
    """On a walk, at the check point of these premises."""
    # Premises are a group of their own, shut while a building is open.
    page.locator(".fg-house-name[aria-expanded=false]", has_text="场所").click()
    page.get_by_role("button", name=f"对照清单查：{name}").click()
    page.get_by_role("button", name="签责任书").click()
    page.get_by_role("button", name="请负责人签名").click()
    write(page, (0.1, 0.3), (0.5, 0.8), (0.9, 0.2))
    page.get_by_role("button", name="签好了").click()
    page.get_by_label("签字人姓名").fill("石珍强")
    page.get_by_role("dialog").get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_text("责任书有效")).to_be_visible()
