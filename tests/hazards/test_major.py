"""Major hazards: graded by who may, listed and delisted; closing with an after-photo."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from firegrid_app.database import reading, transaction
from firegrid_app.hazards.deadlines import set_terms, terms_of
from firegrid_app.hazards.lists import HIDDEN, open_hazards
from firegrid_app.hazards.major import delist, grade, list_it
from firegrid_app.hazards.moves import grid_of, last_steps
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.rules.deadlines import SHIPPED, Terms
from firegrid_app.hazards.rules.steps import Status, Step
from firegrid_app.hazards.service import move
from firegrid_app.hazards.tables import Hazard, HazardListing
from firegrid_app.hazards.trail import faults, trail
from firegrid_app.hazards.views import hazard_detail
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from tests.cast import STREET
from tests.factories import NOW, report
from tests.tabs import click, sent, tab

TODAY = date(2026, 11, 23)
NOTICE = {
    "number": "永政督〔2026〕3号",
    "until": date(2027, 1, 15),
    "responsible": "某商贸公司 王某",
    "decided_by": "区人民政府",
}


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def suspected(session, cast):
    return report(session, cast.actor("member_a"), NOW, severity="suspected_major")


def photo(session, hazard, purpose="after", stored=True):
    session.add(
        Photo(
            id=uuid4(),
            record_kind="hazard",
            record_id=hazard.id,
            grid_id=hazard.grid_id,
            person_id=hazard.person_id,
            purpose=purpose,
            sha256="0" * 64,
            taken_at=NOW,
            stored_at=NOW if stored else None,
        )
    )
    session.flush()


def test_graded_major_it_has_the_terms_of_major_from_today(session, cast, suspected):
    later = NOW + timedelta(days=2)
    grade(session, cast.actor("officer"), suspected.id, "major", "集体讨论，符合直接判定", later)
    assert (suspected.severity, suspected.due_on) == ("major", date(2026, 12, 25))
    assert terms_of(session, suspected) == SHIPPED["major"]
    assert faults(suspected, trail(session, suspected.id)) == ()


def test_graded_down_it_keeps_its_first_day(session, cast):
    made = report(session, cast.actor("member_a"), NOW - timedelta(days=20), severity="general")
    grade(session, cast.actor("officer"), made.id, "suspected_major", "要专家看", NOW)
    grade(session, cast.actor("officer"), made.id, "general", "专家认定不构成", NOW)
    assert made.due_on == date(2026, 11, 10), "a grade is no way to win time"


@pytest.mark.parametrize(
    ("who", "severity", "note", "code"),
    [
        ("member_a", "major", "x", r"access\.outside_grid"),
        ("head_a", "major", "x", r"access\.outside_grid"),
        ("secretary", "major", "x", r"access\.outside_grid"),
        ("department", "major", "x", r"access\.outside_grid"),
        ("other_officer", "major", "x", r"access\.outside_grid"),
        ("officer", "major", " ", r"hazards\.say_why"),
        ("officer", "huge", "x", r"hazards\.unknown_severity"),
        ("officer", "suspected_major", "x", r"hazards\.graded_so"),
    ],
)
def test_who_may_not_grade_and_what_is_no_grade(
    session, cast, suspected, who, severity, note, code
):
    with refused(code):
        grade(session, cast.actor(who), suspected.id, severity, note, NOW)
    assert suspected.steps == 1


@pytest.fixture
def listed(session, cast, suspected):
    officer = cast.actor("officer")
    grade(session, officer, suspected.id, "major", "符合直接判定", NOW)
    list_it(session, officer, suspected.id, **NOTICE, now=NOW)
    return suspected


def test_listed_with_number_dates_and_who_answers(session, cast, listed):
    row = session.exec(select(HazardListing)).one()
    assert (row.number, row.listed_on, row.due_on) == (NOTICE["number"], TODAY, NOTICE["until"])
    assert row.responsible == NOTICE["responsible"]
    assert (listed.listing, listed.due_on) == (NOTICE["number"], NOTICE["until"])
    with refused(r"hazards\.listed_already"):
        list_it(session, cast.actor("officer"), listed.id, **NOTICE, now=NOW)
    with refused(r"hazards\.still_listed"):
        grade(session, cast.actor("officer"), listed.id, "general", "x", NOW)
    assert faults(listed, trail(session, listed.id)) == ()


@pytest.mark.parametrize(
    ("who", "changes", "code"),
    [
        ("officer", {}, r"hazards\.not_major"),
        ("secretary", {}, r"access\.outside_grid"),
        ("other_officer", {}, r"access\.outside_grid"),
    ],
)
def test_what_is_not_graded_major_is_not_listed(session, cast, suspected, who, changes, code):
    with refused(code):
        list_it(session, cast.actor(who), suspected.id, **NOTICE | changes, now=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, r"hazards\.listing_incomplete"),
        ({"responsible": ""}, r"hazards\.listing_incomplete"),
        ({"until": TODAY - timedelta(days=1)}, r"hazards\.listing_ends_before"),
    ],
)
def test_a_listing_that_is_not_whole_is_refused(session, cast, suspected, changes, code):
    grade(session, cast.actor("officer"), suspected.id, "major", "x", NOW)
    with refused(code):
        list_it(session, cast.actor("officer"), suspected.id, **NOTICE | changes, now=NOW)


def test_put_right_delisted_re_checked_each_by_somebody_who_may(session, cast, listed):
    head, officer = cast.actor("head_a"), cast.actor("officer")
    with refused(r"hazards\.already_closed"):
        delist(session, officer, listed.id, "还没整改", NOW)
    move(session, cast.actor("member_a"), listed.id, Step.CORRECTED, "", NOW)
    photo(session, listed)
    with refused(r"hazards\.still_listed"):
        move(session, head, listed.id, Step.CLOSED, "", NOW)
    with refused(r"hazards\.say_why"):
        delist(session, officer, listed.id, "", NOW)
    with refused(r"access\.outside_grid"):
        delist(session, head, listed.id, "x", NOW)
    delist(session, officer, listed.id, "现场核查合格", NOW)
    assert listed.listing == ""
    assert session.exec(select(HazardListing.delisted_on)).one() == TODAY
    with refused(r"hazards\.not_listed"):
        delist(session, officer, listed.id, "再销", NOW)
    move(session, head, listed.id, Step.CLOSED, "", NOW)
    assert listed.status == Status.CLOSED
    assert faults(listed, trail(session, listed.id)) == ()


def test_whoever_put_it_right_does_not_take_it_off_the_list(session, cast, listed):
    officer, head = cast.actor("officer"), cast.actor("head_a")
    assert not hazard_detail(session, officer, listed.id, NOW).needs_another
    move(session, officer, listed.id, Step.CORRECTED, "", NOW)
    with refused(r"hazards\.second_person"):
        delist(session, officer, listed.id, "合格", NOW)
    # They are told why the button is not there; who could not delist anyway has no use for it.
    assert hazard_detail(session, officer, listed.id, NOW).needs_another
    assert not hazard_detail(session, head, listed.id, NOW).needs_another


@pytest.mark.parametrize("there", [None, ("scene", True), ("before", True), ("after", False)])
def test_a_grade_that_wants_an_after_photo_is_not_closed_without_one(
    session, cast, suspected, there
):
    move(session, cast.actor("member_a"), suspected.id, Step.CORRECTED, "", NOW)
    if there:
        photo(session, suspected, *there)
    with refused(r"hazards\.after_photo_missing"):
        move(session, cast.actor("head_a"), suspected.id, Step.CLOSED, "", NOW)
    photo(session, suspected)
    move(session, cast.actor("head_a"), suspected.id, Step.CLOSED, "", NOW)
    assert suspected.status == Status.CLOSED


def test_a_street_may_want_one_for_every_general_hazard_from_now_on(session, cast):
    before = report(session, cast.actor("member_a"))
    terms = Terms(5, 2, 2, True)
    set_terms(session, cast.actor("officer"), STREET, "general", "", terms, NOW)
    after = report(session, cast.actor("member_a"))
    for one in (before, after):
        move(session, cast.actor("member_a"), one.id, Step.CORRECTED, "", NOW)
    move(session, cast.actor("head_a"), before.id, Step.CLOSED, "", NOW)
    with refused(r"hazards\.after_photo_missing"):
        move(session, cast.actor("head_a"), after.id, Step.CLOSED, "", NOW)


@pytest.mark.parametrize(
    ("reader", "known"),
    [
        ("member_a", False),
        ("department", False),
        ("head_a", True),
        ("secretary", True),
        ("officer", True),
        ("leader_a", True),
    ],
)
def test_a_whistleblowers_name_is_only_for_who_must_know(cast, reader, known):
    with transaction() as session:
        made = report(session, cast.actor("leader_a"))
        move(session, cast.actor("leader_a"), made.id, Step.URGED, "", NOW)
        hazard = str(made.id)
    actor = cast.actor(reader)
    with reading() as session:
        row = session.exec(select(Hazard)).one()
        grid = grid_of(session, row)
        (card,) = open_hazards(session, [grid.id], TODAY, reader=actor)
        last = last_steps(session, actor, grid.path, [row.id])[hazard]
    assert {card.reporter_name, last.person_name} == {"罗强" if known else HIDDEN}
    panel = tab(HazardState, cast.tokens[reader])
    click(panel.open_hazard(hazard))
    assert ("罗强" in sent(panel)) is known


def test_graded_and_listed_from_the_panel(cast):
    with transaction() as session:
        hazard = str(report(session, cast.actor("member_a"), severity="suspected_major").id)
    panel = tab(HazardState, cast.tokens["officer"])
    click(panel.open_hazard(hazard))
    assert "graded" in panel.detail.steps
    assert "listed" not in panel.detail.steps
    click(panel.ask_step("graded"))
    click(panel.take_step({"severity": "major", "note": "符合直接判定"}))
    assert "listed" in panel.detail.steps
    click(panel.ask_step("listed"))
    for form in ({}, {"number": "督3号", "until": "nonsense", "responsible": "王某"}):
        click(panel.take_step(form))
        assert panel.step_said.code == "hazards.listing_incomplete"
    click(panel.take_step({"number": "督3号", "until": "2027-01-15", "responsible": "王某"}))
    assert [one.number for one in panel.detail.listings] == ["督3号"]
    assert panel.detail.row.listing == "督3号"
