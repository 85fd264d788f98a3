"""The exposure board: only long-overdue listed hazards of organisations, by two, off by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.exposure.board import exposed_board
from firegrid_app.exposure.service import (
    approve,
    count_to_approve,
    exposure_of,
    propose,
    take_down,
)
from firegrid_app.exposure.state import ExposureState
from firegrid_app.exposure.tables import Exposure, ExposureApproval
from firegrid_app.hazards.major import delist, list_it
from firegrid_app.hazards.rules.steps import Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard
from firegrid_app.messages import waiting
from firegrid_app.places.tables import Place
from firegrid_app.refusals import Refused
from tests.cast import COUNTY, OTHER_STREET, STREET, A
from tests.desk.test_desk_state import NONSENSE
from tests.factories import NOW, report
from tests.tabs import click, tab

LATER = NOW + timedelta(days=40)
UNTIL = LATER.date() + timedelta(days=30)
WORDS = "老板张三拒不整改"


@pytest.fixture
def hazard(cast):
    """Major, listed until ten days after it was found, of premises; long overdue at `LATER`."""
    with transaction() as session:
        officer = cast.actor("officer")
        made = report(
            session, officer, severity="major", words=WORDS, where_words="3栋",
            place_id=cast.places["a"],
        )  # fmt: skip
        list_it(
            session, officer, made.id, number="永府督〔2026〕3号",
            until=NOW.date() + timedelta(days=10), responsible="某某公司", decided_by="区政府",
            now=NOW,
        )  # fmt: skip
        return made.id


def ask(session, cast, hazard, who="officer", **changes):
    values = {"ends_on": UNTIL, "is_organisation": True, "now": LATER} | changes
    return propose(session, cast.actor(who), hazard, **values)


def board(code=STREET, now=LATER):
    with reading() as session:
        return exposed_board(session, code, now).lines


def third(cast):
    """The administrator, as another person with the same post."""
    return replace(cast.actor("administrator"), person_id=cast.people["other_officer"])


def shown(cast, hazard):
    with transaction() as session:
        row = ask(session, cast, hazard).id
        approve(session, cast.actor("administrator"), row, LATER)
    assert board() == ()
    with transaction() as session:
        approve(session, third(cast), row, LATER)
    return row


def test_it_is_shown_once_two_others_agreed_and_not_before(cast, hazard, session):
    shown(cast, hazard)
    (line,) = board()
    name = session.exec(select(Place.name).where(Place.id == cast.places["a"])).one()
    assert (line.name, line.grid_name, line.category) == (name, "小桥子社区", "route_blocked")
    assert (line.listing, line.listed_on) == ("永府督〔2026〕3号", "2026-11-23")
    assert (line.due_on, line.until) == ("2026-12-03", UNTIL.isoformat())
    assert board(COUNTY) == (line,)
    assert board(OTHER_STREET) == ()


def test_nobody_agrees_to_their_own_or_twice(cast, hazard):
    with transaction() as session:
        row = ask(session, cast, hazard).id
        approve(session, cast.actor("administrator"), row, LATER)
        for who in ("officer", "administrator"):
            with pytest.raises(Refused) as refused:
                approve(session, cast.actor(who), row, LATER)
            assert refused.value.code == "exposure.second_person"
    assert board() == ()


def test_a_proposal_is_told_of_to_whoever_may_still_say_yes(cast, hazard):
    def told(who, now=LATER):
        with reading() as session:
            return count_to_approve(session, who, now)

    officer, administrator = cast.actor("officer"), cast.actor("administrator")
    with transaction() as session:
        row = ask(session, cast, hazard).id
    assert (told(officer), told(administrator), told(third(cast))) == (0, 1, 1)
    for who in ("other_officer", "secretary", "member_a"):
        assert told(cast.actor(who)) == 0
    assert told(administrator, LATER + timedelta(days=31)) == 0, "its day is over"
    with transaction() as session:
        approve(session, administrator, row, LATER)
    assert (told(administrator), told(third(cast))) == (0, 1)
    with reading() as session:
        assert waiting._exposures(session, third(cast), LATER) == {"exposures": 1}
    with transaction() as session:
        approve(session, third(cast), row, LATER)
    fourth = replace(administrator, person_id=cast.people["head_a"])
    assert told(fourth) == 0, "two are enough"


def test_the_public_page_says_no_words_of_anybody_and_is_not_kept(cast, hazard, make_client,
                                                                  monkeypatch):  # fmt: skip
    shown(cast, hazard)
    monkeypatch.setattr("firegrid_app.exposure.api.clock.now", lambda: LATER)
    for language in ("zh_CN", "en", "ko"):
        answer = make_client(None).get(f"/exposed/{STREET}?lang={language}")
        assert answer.status_code == 200
        assert "永府督〔2026〕3号" in answer.text
        for word in ("张三", "3栋", "某某公司", "<script", "曹英"):
            assert word not in answer.text
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert make_client(None).get(f"/exposed/{A}").status_code == 404


@pytest.mark.parametrize("ending", ["day", "closed", "delisted", "set anew", "by hand"])
def test_it_goes_by_itself(cast, hazard, ending):
    row = shown(cast, hazard)
    now = LATER
    with transaction() as session:
        officer = cast.actor("officer")
        if ending == "day":
            now = LATER + timedelta(days=31)
        elif ending == "by hand":
            take_down(session, officer, row, "单位已整改，材料在核", LATER)
        elif ending == "set anew":
            session.get(Hazard, hazard).due_on = UNTIL
        else:
            move(session, cast.actor("member_a"), hazard, Step.CORRECTED, "", LATER)
            if ending in ("closed", "delisted"):
                delist(session, officer, hazard, "现场核实", LATER)
            if ending == "closed":
                session.get(Hazard, hazard).status = "closed"
    assert board(now=now) == ()


def test_what_was_put_right_stays_until_it_is_looked_at_and_says_so(cast, hazard):
    shown(cast, hazard)
    with transaction() as session:
        move(session, cast.actor("member_a"), hazard, Step.CORRECTED, "", LATER)
    (line,) = board()
    assert line.corrected_on == LATER.date().isoformat()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"now": NOW + timedelta(days=19)}, "exposure.not_overdue"),
        ({"is_organisation": False}, "exposure.no_organisation"),
        ({"ends_on": LATER.date()}, "exposure.bad_day"),
        ({"ends_on": date(2028, 1, 1)}, "exposure.bad_day"),
    ],
)
def test_what_cannot_be_exposed_is_refused(cast, hazard, changes, code):
    with transaction() as session, pytest.raises(Refused) as refused:
        ask(session, cast, hazard, **changes)
    assert refused.value.code == code


def test_neither_a_home_nor_what_is_not_listed_and_none_twice(cast, hazard):
    with transaction() as session:
        officer = cast.actor("officer")
        plain = report(session, officer, place_id=cast.places["a"]).id
        with pytest.raises(Refused) as refused:
            ask(session, cast, plain)
        assert refused.value.code == "exposure.not_listed"
        ask(session, cast, hazard)
        with pytest.raises(Refused) as refused:
            ask(session, cast, hazard)
        assert refused.value.code == "exposure.there_already"
    with transaction() as session:
        session.get(Hazard, hazard).place_id = None
        session.exec(select(Exposure)).one().taken_down_at = LATER
        with pytest.raises(Refused) as refused:
            ask(session, cast, hazard)
        assert refused.value.code == "exposure.no_organisation"


@pytest.mark.parametrize("who", ["other_officer", "secretary", "head_a", "member_a", "member_b"])
def test_who_grades_no_major_hazards_there_has_no_say(cast, hazard, who):
    with transaction() as session:
        row = ask(session, cast, hazard).id
        actor = cast.actor(who)
        for call in (
            lambda: propose(session, actor, hazard, ends_on=UNTIL, is_organisation=True, now=LATER),
            lambda: approve(session, actor, row, LATER),
            lambda: take_down(session, actor, row, "x", LATER),
        ):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.code in ("access.outside_grid", "access.not_allowed")
        line = exposure_of(session, actor, hazard, LATER)
        assert (line.id, line.may_propose, line.name) == (0, False, "")


def test_taking_down_needs_a_reason_and_happens_once(cast, hazard, session):
    row = shown(cast, hazard)
    with transaction() as writing:
        officer = cast.actor("officer")
        for number, reason, code in (
            (row, " ", "exposure.no_reason"),
            (99, "x", "exposure.unknown"),
        ):
            with pytest.raises(Refused) as refused:
                take_down(writing, officer, number, reason, LATER)
            assert refused.value.code == code
        take_down(writing, officer, row, "已整改", LATER)
        with pytest.raises(Refused) as refused:
            approve(writing, cast.actor("administrator"), row, LATER)
        assert refused.value.code == "exposure.unknown"
    assert len(session.exec(select(ExposureApproval)).all()) == 2


def test_the_desk_proposes_and_sees_how_it_stands(cast, hazard):
    until = NOW.date() + timedelta(days=30)
    with transaction() as session:
        session.get(Hazard, hazard).due_on = NOW.date() - timedelta(days=20)
    page = tab(ExposureState, cast.tokens["officer"])
    click(page.load(str(hazard)))
    assert (page.line.may_propose, page.line.id) == (True, 0)
    # Who confirms that a name is nobody's reads it.
    assert page.line.name == "A记旅馆"
    click(page.propose({"ends_on": until.isoformat()}))
    assert page.said.code == "exposure.no_organisation"
    click(page.propose({"ends_on": "", "is_organisation": "on"}))
    assert page.said.code == "exposure.bad_day"
    click(page.propose({"ends_on": until.isoformat(), "is_organisation": "on"}))
    assert (page.said.code, page.line.proposed_by, page.line.may_approve) == ("", "曹英", False)
    other = tab(ExposureState, cast.tokens["administrator"])
    click(other.load(str(hazard)))
    assert other.line.may_approve is True
    click(other.approve(other.line.id))
    assert (other.line.approved_by, other.line.shown) == (("文静",), False)
    click(other.take_down({"reason": ""}))
    assert other.said.code == "exposure.no_reason"
    click(other.take_down({"reason": "材料有误"}))
    assert (other.line.id, other.line.may_propose) == (0, True)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_any_argument_is_taken_calmly(cast, hazard, nonsense):
    page = tab(ExposureState, cast.tokens["officer"])
    for handler in (page.load, page.propose, page.approve, page.take_down):
        click(handler(nonsense))
    with reading() as session:
        assert session.exec(select(Exposure)).all() == []
