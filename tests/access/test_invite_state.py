"""The invitation form: what can be chosen, mistakes beside their fields, the link at the end."""

import pytest
from sqlmodel import func, select

from firegrid_app.access.cards import GridChoice
from firegrid_app.access.invite_state import InviteState
from firegrid_app.access.people import people_in
from firegrid_app.access.state import LinkState, PeopleState
from firegrid_app.access.tables import Invitation, Person, Post
from firegrid_app.database import reading
from tests.cast import COMMUNITY, MONDAY_MORNING, A, B
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import click, goes_to, sent, tab

NEW = {"phone": "139 0000 1111", "name": " 林小雨 "}


def opened(cast, who, grid=None):
    form = tab(InviteState, cast.tokens[who])
    click(form.open_form())
    if grid:
        click(form.find_grid(grid))
        form.choose_grid(grid)
    return form


def link_of(form):
    return form._get_root_state().get_substate(LinkState.get_full_name().split("."))


def codes(form):
    return {field: said.code for field, said in form.mistakes.items()}


def count(table):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def posts_of(phone):
    with reading() as session:
        rows = session.exec(
            select(Post.role, Post.starts_on, Post.ends_on)
            .join(Person, Person.id == Post.person_id)
            .where(Person.phone == phone)
            .order_by(Post.id)
        )
        return [(role, str(first), str(last) if last else "") for role, first, last in rows]


def test_the_form_offers_only_posts_below_oneself(cast):
    assert opened(cast, "head_a").roles == ["grid_member", "building_leader"]
    assert opened(cast, "secretary").roles == ["grid_head", "grid_member", "building_leader"]
    assert opened(cast, "secretary").role == "grid_member"


@pytest.mark.parametrize("who", ["member_a", "department", "resident"])
def test_who_may_invite_nobody_gets_no_form(cast, who):
    form = opened(cast, who)
    assert (form.roles, form.said.code) == ([], "access.not_allowed")


def test_grids_to_choose_follow_the_post_and_ones_own_reach(cast):
    form = opened(cast, "secretary")
    assert [grid.code for grid in form.grids] == [COMMUNITY, A, B], "members also on level two"
    click(form.choose_role("grid_head"))
    assert [grid.code for grid in form.grids] == [A, B]
    click(form.find_grid("第2"))
    assert [grid.code for grid in form.grids] == [B]
    click(form.find_grid("泸州街"))
    assert form.grids == []
    assert "泸州街" not in sent(form)


def test_an_invited_member_gets_a_link_shown_once(cast):
    form = opened(cast, "secretary", A)
    events = click(form.send(NEW))
    assert goes_to(events) == ["show_only"]
    assert link_of(form).name == "林小雨"
    assert "/invitation#" in link_of(form).link
    assert form.roles == [], "the form is put away"
    assert posts_of("13900001111") == [("grid_member", "2026-11-23", "")]


def test_a_post_can_begin_later_and_end(cast):
    form = opened(cast, "secretary", A)
    click(form.send({**NEW, "starts_on": "2026-12-01", "ends_on": "2027-11-30"}))
    assert posts_of("13900001111") == [("grid_member", "2026-12-01", "2027-11-30")]
    with reading() as session:
        cards = people_in(session, cast.actor("secretary"), MONDAY_MORNING, "林小雨")
    assert cards[0].posts[0].coming, "listed although it has not begun"


def test_all_mistakes_are_told_at_once_and_nothing_is_written(cast):
    form = opened(cast, "secretary")
    click(form.send({"phone": "1380013", "name": "", "starts_on": "soon"}))
    assert codes(form) == {
        "phone": "access.bad_phone",
        "name": "access.bad_name",
        "grid": "access.no_grid",
        "dates": "access.bad_date",
    }
    assert form.roles, "the form stays open"
    assert count(Person) == len(cast.people)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"phone": "13800000008"}, "phone", "access.phone_taken"),
        ({"phone": "13800000012", "name": "吴刚"}, "phone", "access.person_switched_off"),
        ({"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "dates", "access.bad_dates"),
    ],
)
def test_a_refusal_stands_beside_its_field(cast, changes, field, code):
    before = count(Person), count(Post), count(Invitation)
    form = opened(cast, "secretary", A)
    click(form.send({**NEW, **changes}))
    assert codes(form) == {field: code}
    assert link_of(form).link == ""
    assert (count(Person), count(Post), count(Invitation)) == before


def test_who_has_a_password_gets_the_post_and_no_link(cast):
    form = opened(cast, "secretary", B)
    click(form.send({"phone": "13800000008", "name": "姜龙"}))
    assert (form.given, link_of(form).link) == ("姜龙", "")
    assert len(posts_of("13800000008")) == 2


def test_choosing_a_grid_takes_its_mistake_away(cast):
    form = opened(cast, "secretary")
    click(form.send({"phone": "", "name": "林小雨"}))
    form.choose_grid(A)
    assert codes(form) == {"phone": "access.bad_phone"}


@pytest.mark.parametrize("who", ["head_a", "member_a", None])
def test_a_forged_form_gives_no_post_out_of_reach(cast, who):
    form = tab(InviteState, cast.tokens[who] if who else None)
    before = count(Person), count(Post), count(Invitation)
    form.role = "grid_member"
    form.grid = GridChoice(B, "")
    way = goes_to(click(form.send(NEW)))
    assert way == ([] if who else ["/login"])
    assert (count(Person), count(Post), count(Invitation)) == before
    assert link_of(form).link == ""


def test_nonsense_changes_nothing(cast):
    before = count(Person), count(Post), count(Invitation)
    form = opened(cast, "secretary", A)
    for argument in NONSENSE:
        click(form.find_grid(argument))
        click(form.choose_role(argument))
        form.choose_grid(argument)
        click(form.send(argument))
        click(form.send({"phone": argument, "name": argument, "starts_on": argument}))
    assert (count(Person), count(Post), count(Invitation)) == before


def test_the_list_then_shows_who_was_invited(cast):
    form = opened(cast, "secretary", A)
    click(form.send(NEW))
    page = form._get_root_state().get_substate(PeopleState.get_full_name().split("."))
    click(page.show_only("林小雨"))
    (card,) = page.people
    assert (card.name, card.has_password, card.managed) == ("林小雨", False, True)
