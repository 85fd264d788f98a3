"""YB-31 where a street asks for it: no field rights before the training is on record."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.access.field_rights import rule_of
from firegrid_app.access.rules import Action
from firegrid_app.access.service import actor_for_token, held_posts, me
from firegrid_app.access.tables import AuditEntry, Post
from firegrid_app.database import reading, transaction
from firegrid_app.refusals import Refused
from firegrid_app.shouts.tables import Shout
from firegrid_app.sync.tables import Unaccepted
from firegrid_app.training.before_post import ask_for_training
from firegrid_app.training.certificates import end_certificate
from firegrid_app.training.service import training_view
from firegrid_app.training.state import TrainingState
from firegrid_app.training.tables import PrePostRule
from tests.cast import COMMUNITY, COUNTY, OTHER_STREET, STREET, A, C
from tests.factories import NOW, hazard_body, item, send, shout_body, statuses
from tests.tabs import click, tab
from tests.training.days import TODAY, certificate, held

SINCE = TODAY - timedelta(days=3)


def ask(cast, who="officer", code=STREET, since=SINCE):
    with transaction() as session:
        ask_for_training(session, cast.actor(who), code, since, NOW)


def begin(cast, who, starts_on):
    """Their post began on this day."""
    with transaction() as session:
        for post in session.exec(select(Post).where(Post.person_id == cast.people[who])):
            post.starts_on = starts_on


def posts(cast, who):
    with reading() as session:
        held, _ = held_posts(session, {cast.people[who]}, NOW)[cast.people[who]]
        return held


def is_waiting(cast, who):
    return any(post.untrained for post in posts(cast, who))


@pytest.fixture
def new_member(cast):
    """member_a took the post after the day from which the street asks for the training."""
    ask(cast)
    begin(cast, "member_a", TODAY - timedelta(days=1))
    return cast


def shout(cast):
    return item(cast, "member_a", "shout.log", shout_body(grid=A))


def test_where_nobody_asks_for_it_everybody_records(cast, door):
    begin(cast, "member_a", TODAY)
    assert statuses(door("member_a"), shout(cast)) == ["created"]


def test_without_it_field_records_wait_and_hazards_do_not(new_member, door, session):
    cast = new_member
    (answer,) = send(door("member_a"), shout(cast))
    assert (answer["status"], answer["code"]) == ("refused", "access.training_first")
    assert "岗前培训" in answer["message"]
    hazard = item(cast, "member_a", "hazard.report", hazard_body())
    assert statuses(door("member_a"), hazard) == ["created"]
    assert session.exec(select(Shout)).all() == []
    assert session.exec(select(Unaccepted)).all() == []


def test_the_phone_knows_it_and_gets_no_doors(new_member, door):
    pack = door("member_a").get("/api/pack").json()
    assert pack["me"]["training_first"] is True
    assert pack["me"]["can_record"] is False
    assert pack["doors"] == []
    assert door("head_a").get("/api/pack").json()["me"]["training_first"] is False


@pytest.mark.parametrize("way", ["course", "certificate"])
def test_once_it_is_on_record_the_same_record_is_taken(new_member, door, way):
    cast = new_member
    one = shout(cast)
    assert statuses(door("member_a"), one) == ["refused"]
    with transaction() as session:
        if way == "course":
            held(session, cast.actor("secretary"), [cast.people["member_a"]], kind="pre_post")
        else:
            certificate(
                session,
                cast.actor("secretary"),
                cast.people["member_a"],
                kind="pre_post",
                expires_on=None,
            )
    assert statuses(door("member_a"), one) == ["created"]


def test_another_course_or_a_paper_that_ended_is_not_it(new_member):
    cast = new_member
    member = cast.people["member_a"]
    with transaction() as session:
        held(session, cast.actor("secretary"), [member], kind="topical")
        expired = {"issued_on": date(2024, 1, 1), "expires_on": TODAY - timedelta(days=1)}
        certificate(
            session, cast.actor("secretary"), member, kind="pre_post", number="OLD-1", **expired
        )
        ended = certificate(
            session, cast.actor("secretary"), member, kind="pre_post", number="OLD-2"
        )
        end_certificate(session, cast.actor("secretary"), ended.id, NOW)
    assert is_waiting(cast, "member_a")


def test_posts_begun_before_and_other_roles_stay_as_they_are(cast):
    ask(cast)
    begin(cast, "member_a", SINCE - timedelta(days=1))
    begin(cast, "secretary", TODAY)
    assert not is_waiting(cast, "member_a")
    assert not is_waiting(cast, "secretary")
    begin(cast, "member_a", SINCE)
    assert is_waiting(cast, "member_a")


def test_a_head_without_it_still_leads(cast):
    ask(cast)
    begin(cast, "head_a", TODAY)
    (post,) = posts(cast, "head_a")
    assert not post.gives(Action.RECORD)
    assert not post.gives(Action.SEE_CARE)
    assert post.gives(Action.REPORT_HAZARD)
    assert post.gives(Action.CLOSE_HAZARD)


def test_a_county_asks_for_all_its_streets_and_a_street_for_itself(cast):
    ask(cast, "administrator", COUNTY)
    begin(cast, "member_a", TODAY)
    assert is_waiting(cast, "member_a")
    ask(cast, since=None)
    assert not is_waiting(cast, "member_a")
    with reading() as session:
        assert rule_of(session, cast.paths["other_street"]).since_on == SINCE
        assert len(session.exec(select(PrePostRule)).all()) == 2


@pytest.mark.parametrize(
    ("who", "code", "since", "refused"),
    [
        ("secretary", STREET, SINCE, "access.outside_grid"),
        ("member_b", STREET, SINCE, "access.outside_grid"),
        ("other_officer", STREET, SINCE, "access.outside_grid"),
        ("officer", OTHER_STREET, SINCE, "access.outside_grid"),
        ("officer", COUNTY, SINCE, "access.outside_grid"),
        ("officer", COMMUNITY, SINCE, "training.street_or_county"),
        ("officer", STREET, date(1026, 1, 1), "training.day_far_off"),
        ("officer", "nowhere", SINCE, "grids.unknown"),
    ],
)
def test_only_who_manages_the_street_asks_for_it(cast, who, code, since, refused):
    with pytest.raises(Refused, match=f"^{refused}$"):
        ask(cast, who, code, since)
    with reading() as session:
        assert session.exec(select(PrePostRule)).all() == []


def test_who_asked_stands_in_the_log(cast, session):
    ask(cast)
    entries = session.exec(
        select(AuditEntry.subject).where(AuditEntry.action == "pre_post_rule")
    ).all()
    assert entries == [f"{STREET} {SINCE}"]


def test_the_neighbours_refusal_stays_the_neighbours(new_member, door):
    one = item(new_member, "member_a", "shout.log", shout_body(grid=C))
    (answer,) = send(door("member_a"), one)
    assert answer["code"] == "access.outside_grid"


def test_the_page_says_it_and_lets_the_street_set_it(cast):
    with reading() as session:
        found = training_view(session, cast.actor("officer"), STREET, NOW)
        assert (found.pre_post.since, found.pre_post.may_set) == ("", True)
        below = training_view(session, cast.actor("secretary"), COMMUNITY, NOW)
        assert below.pre_post.may_set is False
    ask(cast)
    with reading() as session:
        below = training_view(session, cast.actor("secretary"), COMMUNITY, NOW)
        assert below.pre_post.since == SINCE.isoformat()


def test_the_form_refuses_a_bad_day_beside_the_button_and_keeps_open(cast):
    page = tab(TrainingState, cast.tokens["officer"])
    click(page.load())
    click(page.pick(STREET))
    click(page.ask("pre_post"))
    click(page.ask_for_training({"since_on": "31.12."}))
    assert (page.form_said.code, page.form) == ("access.bad_date", "pre_post")
    click(page.ask_for_training({"since_on": SINCE.isoformat()}))
    assert (page.form_said.code, page.form) == ("", "")
    assert page.view.pre_post.since == SINCE.isoformat()
    click(page.ask_for_training({"since_on": ""}))
    assert page.view.pre_post.since == ""


def test_me_says_it(new_member):
    cast = new_member
    with reading() as session:
        actor = actor_for_token(session, cast.tokens["member_a"], NOW)
        assert me(session, actor, NOW).training_first is True
