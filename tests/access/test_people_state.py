"""The people page's state: lists, links, switching off and on, posts that end."""

import pytest
from sqlmodel import func, select

from firegrid_app.access.passwords import hash_token
from firegrid_app.access.state import LinkState, PeopleState
from firegrid_app.access.tables import Invitation, LoginSession, Person, Post
from firegrid_app.database import reading, transaction
from tests.cast import OTHER_COMMUNITY, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import ORIGIN, click, goes_to, sent, settle, tab


def opened(cast, who):
    page = tab(PeopleState, cast.tokens[who])
    click(page.load())
    return page


def names(page):
    return {person.name for person in page.people}


def link_of(page):
    return page._get_root_state().get_substate(LinkState.get_full_name().split("."))


def step(page, what, subject, **form) -> list[str]:
    page.ask(what, subject)
    return goes_to(click(page.go_ahead(form)))


def is_off(key, cast):
    with reading() as session:
        return session.get(Person, cast.people[key]).switched_off_at is not None


def post_of(key, cast):
    """Id and last day of somebody's only post."""
    with reading() as session:
        return session.exec(
            select(Post.id, Post.ends_on).where(Post.person_id == cast.people[key])
        ).one()


def footprint():
    """What a step could have changed, in figures."""
    with reading() as session:
        return (
            session.scalar(select(func.count()).select_from(Invitation)),
            session.exec(select(Person.id, Person.switched_off_at).order_by(Person.id)).all(),
            session.exec(select(Post.id, Post.ends_on).order_by(Post.id)).all(),
            session.exec(
                select(func.count())
                .select_from(LoginSession)
                .where(LoginSession.revoked_at.is_not(None))
            ).one(),
        )


def test_a_secretary_sees_the_community_and_what_may_be_done(cast):
    page = opened(cast, "secretary")
    assert page.phase == "ready"
    assert names(page) == {"石珍", "龚丽", "姜龙", "何芳", "罗强", "吴刚"}
    assert page.total == 6
    managed = {card.name: card.managed for card in page.people}
    assert (managed["石珍"], managed["姜龙"]) == (False, True)


def test_nothing_private_travels(cast):
    page = opened(cast, "head_a")
    travelled = sent(page)
    assert "姜龙" in travelled
    with reading() as session:
        hashes = set(session.exec(select(Person.password_hash)))
    for private in (*hashes, "password_hash", "何芳", "汪洋", "第2网格", "token"):
        assert private not in travelled


@pytest.mark.parametrize("who", ["member_a", "member_b", "department", "leader_a", "resident"])
def test_who_manages_nobody_is_told_so(cast, who):
    page = opened(cast, who)
    assert (page.phase, page.said.code) == ("broken", "access.not_allowed")
    assert page.people == []


def test_nobody_is_sent_to_the_log_in(cast):
    page = tab(PeopleState, None)
    for handled in (page.load(), page.search("龚"), page.of_grid(A), page.turn(1), page.show_all()):
        assert goes_to(click(handled)) == ["/login"]
    before = footprint()
    for what in ("link", "off", "on", "end", "keep"):
        assert step(page, what, cast.people["member_a"], last_day="2026-12-01") == ["/login"]
    assert footprint() == before
    assert "姜龙" not in sent(page)


def test_the_list_is_narrowed_to_a_grid_in_reach_only(cast):
    page = opened(cast, "secretary")
    click(page.of_grid(B))
    assert names(page) == {"何芳"}
    click(page.of_grid(OTHER_COMMUNITY))
    assert page.said.code == "access.outside_grid"
    assert names(page) == {"何芳"}
    click(page.show_only("姜"))
    assert names(page) == {"姜龙"}


def test_a_new_link_is_shown_with_its_code_and_put_away(cast, clock):
    page = opened(cast, "head_a")
    step(page, "link", cast.people["member_a"])
    link = link_of(page)
    start = f"{ORIGIN}/invitation#"
    assert link.link.startswith(start)
    assert link.picture.startswith("data:image/svg+xml")
    assert link.name == "姜龙"
    with reading() as session:
        kept = session.exec(select(Invitation.token_hash)).one()
    assert kept == hash_token(link.link.removeprefix(start))
    click(page.load())
    assert link.link, "a socket that blinked does not take it away"
    clock.forward(minutes=6)
    click(page.load())
    assert link.link == link.picture == ""


def test_the_public_address_stands_in_the_link_where_one_is_set(cast, monkeypatch):
    from firegrid_app.settings import settings

    monkeypatch.setenv("FIREGRID_PUBLIC_URL", "https://firegrid.example.cn/")
    settings.cache_clear()
    page = opened(cast, "head_a")
    step(page, "link", cast.people["member_a"])
    assert link_of(page).link.startswith("https://firegrid.example.cn/invitation#")


def test_switching_off_asks_first(cast):
    page = opened(cast, "head_a")
    before = footprint()
    page.ask("off", cast.people["member_a"])
    assert footprint() == before
    page.drop()
    click(page.go_ahead({}))
    assert page.step_said.code == "invalid"
    assert footprint() == before


def test_switched_off_and_on_again(cast):
    page = opened(cast, "head_a")
    step(page, "off", cast.people["member_a"])
    assert is_off("member_a", cast)
    assert next(card for card in page.people if card.name == "姜龙").switched_off
    step(page, "link", cast.people["member_a"])
    assert page.step_said.code == "access.person_switched_off"
    step(page, "on", cast.people["member_a"])
    assert (page.step_said.code, page.done) == ("", "on")
    assert not is_off("member_a", cast)


@pytest.mark.parametrize("what", ["link", "off", "on"])
@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("head_a", "member_b"),
        ("head_a", "secretary"),
        ("head_a", "head_a"),
        ("other_secretary", "member_a"),
        ("secretary", "officer"),
        ("member_b", "member_a"),
    ],
)
def test_people_out_of_reach_are_refused(cast, what, who, whom):
    page = tab(PeopleState, cast.tokens[who])
    before = footprint()
    step(page, what, cast.people[whom])
    assert page.step_said.code == "access.outside_grid"
    assert footprint() == before
    assert link_of(page).link == ""


def test_a_post_gets_a_last_day_and_loses_it_again(cast):
    page = opened(cast, "secretary")
    post = post_of("member_b", cast)
    step(page, "end", post.id, last_day="2026-11-30")
    assert post_of("member_b", cast).ends_on.isoformat() == "2026-11-30"
    shown = next(card for card in page.people if card.name == "何芳").posts[0]
    assert shown.ends_on == "2026-11-30"
    step(page, "keep", post.id)
    assert post_of("member_b", cast).ends_on is None


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("", "access.bad_date"),
        ("2026-13-01", "access.bad_date"),
        ("soon", "access.bad_date"),
        ("1999-01-01", "access.bad_dates"),
    ],
)
def test_a_last_day_that_is_none_is_refused_beside_the_button(cast, day, code):
    page = opened(cast, "secretary")
    post = post_of("member_b", cast)
    step(page, "end", post.id, last_day=day)
    assert (page.step_said.code, page.asked, page.subject) == (code, "end", post.id)
    assert post_of("member_b", cast).ends_on is None


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("head_a", "member_b"),
        ("head_a", "head_a"),
        ("member_a", "member_a"),
        ("secretary", "officer"),
    ],
)
def test_only_who_may_fill_a_post_may_end_it(cast, who, whose):
    page = tab(PeopleState, cast.tokens[who])
    step(page, "end", post_of(whose, cast).id, last_day="2026-12-31")
    assert page.step_said.code == "access.outside_grid"
    assert post_of(whose, cast).ends_on is None


def test_nonsense_changes_nothing(cast):
    page = opened(cast, "secretary")
    before = footprint()
    for argument in NONSENSE:
        for handler in (page.search, page.of_grid, page.turn):
            click(handler(argument))
            click(page.show_all())
        for what in ("link", "off", "on", "end", "keep", argument):
            page.ask(what, 70 if argument == 7 else argument)
            click(page.go_ahead(argument))
            page.drop()
    assert footprint() == before
    assert page.total == 6


def test_a_page_beyond_the_last_is_the_last(cast):
    page = opened(cast, "secretary")
    settle(page)
    click(page.turn(99))
    assert (page.page, page.pages, len(page.people)) == (1, 1, 6)


def test_an_ended_post_leaves_the_list_with_its_person(cast):
    with transaction() as session:
        post = session.exec(select(Post).where(Post.person_id == cast.people["member_b"])).one()
        post.ends_on = post.starts_on
    assert "何芳" not in names(opened(cast, "secretary"))


def test_those_who_never_came_are_found_at_once_and_invited(cast):
    with transaction() as session:
        session.get(Person, cast.people["member_b"]).password_hash = None
    page = opened(cast, "secretary")
    click(page.only_waiting())
    assert (names(page), page.total, page.waiting) == ({"何芳"}, 1, True)
    step(page, "first", cast.people["member_b"])
    assert link_of(page).link.startswith(ORIGIN)
    assert page.done == "first"
    click(page.only_waiting())
    assert page.total == 6
