"""Pages kept in memory: handed out again while nothing changed, never after it did.

Others at the same PostgreSQL server commit too, and its mark then changes without us: there a page
is made once too often now and then, and only SQLite is held to how often.
"""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from firegrid_app import database as app_database
from firegrid_app.access.tables import Person, Post
from firegrid_app.boards import api
from firegrid_app.boards.kept import Shelf
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import mark, transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.posting.tables import PostingDecision
from tests.cast import A
from tests.factories import NOW, report


@pytest.fixture
def made(monkeypatch):
    """How often a page was made since."""
    count = []
    true_board = api.board
    monkeypatch.setattr(api, "board", lambda *given: count.append(1) or true_board(*given))
    api.PAGES.forget()
    yield count
    api.PAGES.forget()


def look(client, **params):
    return client.get(f"/g/{A}", params=params).text


def contact(session, name="龚丽"):
    return session.exec(select(PublicContact).where(PublicContact.display_name == name)).one()


def test_it_is_made_once_for_many(client, cast, made, database):
    pages = {look(client) for _ in range(5)}
    assert len(pages) == 1
    if database == "sqlite":
        assert len(made) == 1
    packed = client.get(f"/g/{A}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text in pages
    if database == "sqlite":
        assert len(made) == 1


def test_each_language_is_another_page(client, cast, made, database):
    english = look(client, lang="en")
    assert len({english, look(client, lang="zh_CN"), look(client)}) == 3
    assert len(made) >= 3
    assert look(client, lang="en") == english
    if database == "sqlite":
        assert len(made) == 3


def hide_the_name(session, cast):
    contact(session).publish_name = False


def decide_against_it(session, cast):
    session.add(
        PostingDecision(
            contact_id=contact(session).id,
            field="name",
            shown=False,
            decided_by_id=cast.people["secretary"],
            decided_at=NOW,
        )
    )


def end_the_post(session, cast):
    post = session.exec(select(Post).where(Post.person_id == cast.people["head_a"])).one()
    post.ends_on = NOW.date() - timedelta(days=1)


def switch_off(session, cast):
    session.get_one(Person, cast.people["head_a"]).switched_off_at = NOW


@pytest.mark.parametrize(
    "change",
    [hide_the_name, decide_against_it, end_the_post, switch_off],
    ids=lambda one: one.__name__,
)
def test_whoever_is_hidden_or_leaves_is_gone_with_the_next_look(client, cast, made, change):
    assert "龚丽" in look(client)
    with transaction() as session:
        change(session, cast)
    assert "龚丽" not in look(client)


def test_a_fields_last_day_ends_at_midnight_without_anybody_doing_anything(
    client, cast, made, clock
):
    with transaction() as session:
        contact(session).ends_on = date(2026, 11, 23)
    clock.moment = NOW.replace(hour=15, minute=59, second=59)  # 23:59:59 in Shanghai
    assert "龚丽" in look(client)
    clock.forward(seconds=1)
    assert "龚丽" not in look(client)


def test_another_outline_and_a_hazard_put_right_are_seen_at_once(client, cast, made):
    before = look(client)
    with transaction() as session:
        grid = session.get_one(Grid, cast.grids["b"])
        grid.outline = None
    drawn = look(client)
    assert drawn != before
    with transaction() as session:
        hazard = report(session, cast.actor("member_a"))
        hazard.status, hazard.closed_at = "closed", NOW
    assert "本月整改完成 1 处隐患" in look(client)


def test_what_is_rolled_back_changes_nothing(client, cast, made):
    look(client)
    with transaction() as session:
        hide_the_name(session, cast)
        session.flush()
        session.rollback()
    assert "龚丽" in look(client)


def test_made_up_papers_are_one_page_and_fill_nothing(client, cast, made, database):
    for made_up in ("x", "<b>", "9" * 400, "!"):
        assert "没有印过这个编号" in look(client, e=made_up)
    if database == "sqlite":
        assert len(made) == 1


def test_a_page_that_is_refused_is_not_kept(client, cast, made):
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).valid_to = date(2026, 10, 31)
    assert client.get(f"/g/{A}").status_code == 404
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).valid_to = None
    assert client.get(f"/g/{A}").status_code == 200


def test_the_shelf_holds_no_more_than_its_room(monkeypatch):
    monkeypatch.setattr("firegrid_app.boards.kept.mark", lambda: "unchanged")
    shelf = Shelf(most_bytes=10_000)
    for number in range(50):
        body = shelf.page(number, NOW, lambda: b"x" * 1000)
        assert body.plain == b"x" * 1000
    again = []
    shelf.page(49, NOW, lambda: again.append(49) or b"")
    shelf.page(0, NOW, lambda: again.append(0) or b"")
    assert again == [0]
    # One that is larger than the shelf is handed out all the same.
    assert len(shelf.page("large", NOW, lambda: b"x" * 20_000).plain) == 20_000
    assert shelf.page("small", NOW, lambda: b"small").plain == b"small"


def test_a_database_in_memory_is_never_taken_for_unchanged():
    memory = sa.create_engine("sqlite://")
    assert app_database._sqlite_mark(memory) != app_database._sqlite_mark(memory)


def test_the_mark_changes_with_each_commit_and_on_sqlite_only_then(cast, database):
    first = mark()
    if database == "sqlite":
        assert mark() == first
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).name = "第1网格"
        session.flush()
        before_commit = mark()
    after = mark()
    assert after not in (first, before_commit)
    if database == "sqlite":
        assert (before_commit, mark()) == (first, after)
