"""What is shown of a person, field by field: basis, who decided, until when; photos and badges."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from PIL import Image
from sqlmodel import select

from firegrid_app.access.rules import Role
from firegrid_app.access.tables import AuditEntry, Person, Post
from firegrid_app.boards.contacts import posted
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.grids.tables import Grid
from firegrid_app.posting.badges import check_badge, issue, withdraw
from firegrid_app.posting.deciding import decide, end_contact, post_person, set_phone
from firegrid_app.posting.service import posting_view
from firegrid_app.posting.tables import PostingDecision
from firegrid_app.refusals import Refused
from tests.cast import COMMUNITY, A, B
from tests.factories import NOW
from tests.photos.pictures import clean_jpeg

TODAY = NOW.date()


def acting(cast, use_case, *args, who="secretary", **more):
    with transaction() as session:
        return use_case(session, cast.actor(who), *args, now=NOW, **more)


def refused(code):
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def contact_id(name="姜龙"):
    with transaction() as session:
        query = select(PublicContact.id).where(PublicContact.display_name == name)
        return session.exec(query).one()


def shown(cast, name="姜龙", today=TODAY):
    with transaction() as session:
        grid = session.get_one(Grid, cast.grids["a"])
        return next(
            one for one in posted(session, [grid], today)[grid.id] if one.name in (name, "")
        )


def view(cast, who="secretary", code=A):
    with transaction() as session:
        return posting_view(session, cast.actor(who), code, NOW)


CONSENT = {"basis": "consent", "basis_words": "本人签字", "basis_on": TODAY}


def test_a_phone_is_shown_on_a_basis_and_hidden_again(cast, client):
    member = contact_id()
    acting(cast, decide, member, "phone", shown=True, basis="duty", basis_words="永街发〔2026〕5号")
    assert "138****0008" in client.get(f"/g/{A}").text.replace(" ", "")
    assert "13800000008" in client.get(f"/g/{A}/call/{member}").text.replace(" ", "")
    lines = {one.field: one for one in view(cast).contacts[1].fields}
    assert (lines["phone"].basis_words, lines["phone"].by) == ("永街发〔2026〕5号", "石珍")
    acting(cast, decide, member, "phone", shown=False)
    assert client.get(f"/g/{A}/call/{member}").status_code == 404
    with transaction() as session:
        steps = session.exec(select(AuditEntry.action).where(AuditEntry.action.contains("publish")))
        assert list(steps) == ["publish", "unpublish"]


def test_each_field_shows_its_basis_and_a_hidden_one_none(cast):
    lines = {one.field: one for one in view(cast).contacts[0].fields}
    assert (lines["phone"].basis, lines["phone"].basis_words) == ("duty", "永南街发〔2026〕3号")
    assert (lines["photo"].shown, lines["photo"].basis_words) == (False, "")


def test_what_is_shown_until_a_day_is_hidden_after_it(cast):
    acting(cast, decide, contact_id(), "phone", shown=True, ends_on=TODAY, **CONSENT)
    assert shown(cast).phone == "13800000008"
    assert shown(cast, today=TODAY + timedelta(days=1)).phone == ""


def test_duties_can_be_taken_off_a_board(cast, client):
    assert "每个工作日巡查网格不少于" in client.get(f"/g/{A}").text
    acting(cast, decide, contact_id(), "duties", shown=False)
    assert "每个工作日巡查网格不少于" not in client.get(f"/g/{A}").text


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ("address", CONSENT, "posting.unknown_field"),
        ("phone", {"basis": "whim", "basis_words": "x号"}, "posting.no_basis"),
        ("phone", {"basis": "duty", "basis_words": " "}, "posting.no_basis"),
        ("phone", {"basis": "duty", "basis_words": "字" * 71}, "posting.no_basis"),
        ("photo", {"basis": "duty", "basis_words": "永街发5号"}, "posting.needs_consent"),
        ("photo", {"basis": "consent", "basis_words": "签字"}, "posting.no_day"),
        ("name", {**CONSENT, "basis_on": TODAY + timedelta(days=1)}, "posting.bad_days"),
        ("name", {**CONSENT, "ends_on": TODAY - timedelta(days=1)}, "posting.bad_days"),
        ("name", {**CONSENT, "ends_on": date(2099, 1, 1)}, "posting.bad_days"),
    ],
)
def test_a_decision_without_its_basis_is_refused_and_nothing_is_shown(cast, field, given, code):
    member = contact_id()
    with refused(code):
        acting(cast, decide, member, field, shown=True, **given)
    with transaction() as session:
        assert session.exec(select(PostingDecision)).all() == []


@pytest.mark.parametrize("who", ["head_a", "member_a", "member_b", "other_secretary", "department"])
def test_only_who_decides_there_decides(cast, who):
    member = contact_id()
    for use_case, args in (
        (decide, (member, "name")),
        (end_contact, (member,)),
        (set_phone, (member, "02349800009")),
    ):
        more = {"shown": False} if use_case is decide else {}
        with refused("access.outside_grid"):
            acting(cast, use_case, *args, who=who, **more)
    with refused("posting.unknown_contact"):
        acting(cast, end_contact, 9999, who=who)


def test_who_holds_a_post_is_put_on_the_board_and_taken_off(cast, client):
    (member,) = view(cast, code=B).unposted
    assert member.name == "何芳"
    given = {"grid_code": B, "holder": member.value, "phone": "023-4980 0033"}
    acting(cast, post_person, basis_words="永街发〔2026〕5号", **given)
    page = client.get(f"/g/{B}").text
    assert "何芳" in page
    assert "02349800033" not in page
    assert view(cast, code=B).unposted == []
    contact = contact_id("何芳")
    acting(cast, end_contact, contact)
    acting(cast, end_contact, contact)
    assert "何芳" not in client.get(f"/g/{B}").text
    acting(cast, post_person, basis_words="永街发〔2026〕6号", **{**given, "phone": ""})
    assert "何芳" in client.get(f"/g/{B}").text
    assert "电话未公布" in client.get(f"/g/{B}").text


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"holder": "1:street_officer"}, "posting.no_post"),
        ({"holder": "'; drop"}, "posting.no_post"),
        ({"phone": "12ab"}, "posting.bad_phone"),
        ({"phone": "1" * 21}, "posting.bad_phone"),
        ({"basis_words": ""}, "posting.no_basis"),
        ({"grid_code": "nowhere"}, "grids.unknown"),
    ],
)
def test_a_wrong_line_is_refused_whole(cast, given, code):
    (member,) = view(cast, code=B).unposted
    right = {"grid_code": B, "holder": member.value, "phone": "", "basis_words": "永街发5号"}
    with refused(code):
        acting(cast, post_person, **{**right, **given})
    assert view(cast, code=B).contacts == []


def test_a_photo_is_cut_stripped_and_shown_only_by_consent(cast, make_client, client):
    person = cast.people["member_a"]
    with make_client(cast.tokens["secretary"]) as desk:
        assert "姜龙" in desk.get(f"/posting/face/{person}").text
        answer = desk.post(f"/posting/face/{person}", files={"photo": clean_jpeg()})
        assert "照片已保存" in answer.text
    assert [one.has_face for one in view(cast).contacts] == [False, True]
    member = contact_id()
    assert client.get(f"/g/{A}/face/{member}").status_code == 404
    assert "<img" not in client.get(f"/g/{A}").text
    acting(cast, decide, member, "photo", shown=True, **CONSENT)
    assert f"/g/{A}/face/{member}" in client.get(f"/g/{A}").text
    answer = client.get(f"/g/{A}/face/{member}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert "noindex" in answer.headers["x-robots-tag"]
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (360, 480)
        assert not image.getexif()
    acting(cast, decide, member, "photo", shown=False)
    assert client.get(f"/g/{A}/face/{member}").status_code == 404


@pytest.mark.parametrize("kind", ["notice", "badge"])
def test_a_photo_that_is_shown_is_printed(cast, make_client, kind):
    with make_client(cast.tokens["secretary"]) as desk:
        desk.post(f"/posting/face/{cast.people['member_a']}", files={"photo": clean_jpeg()})
        acting(cast, decide, contact_id(), "photo", shown=True, **CONSENT)
        badge_of(cast)
        answer = desk.get(f"/posting/{kind}/{A}")
    assert answer.headers["content-type"] == "application/pdf", answer.text
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(page.images) == 1


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff" + b"0" * 50])
def test_what_is_no_photo_is_refused_in_words(cast, make_client, data):
    with make_client(cast.tokens["secretary"]) as desk:
        answer = desk.post(f"/posting/face/{cast.people['member_a']}", files={"photo": data})
        assert answer.status_code == 422
        plain = desk.post(f"/posting/face/{cast.people['member_a']}", content=b"x")
        assert plain.status_code == 422
        huge = desk.post(
            f"/posting/face/{cast.people['member_a']}", content=b"0" * (15 * 1024 * 1024 + 1)
        )
        assert huge.status_code == 413
    assert [one.has_face for one in view(cast).contacts] == [False, False]


def holder_of(cast, who="member_a", role=Role.GRID_MEMBER):
    return f"{cast.people[who]}:{role}"


def badge_of(cast, who="secretary"):
    with transaction() as session:
        badge = issue(session, cast.actor(who), A, holder_of(cast), NOW)
        return badge.tag, badge.id


def verdict(tag, now=NOW):
    with transaction() as session:
        return check_badge(session, tag, now).verdict


def test_a_badge_is_genuine_until_it_is_over(cast, client):
    tag, _ = badge_of(cast)
    page = client.get(f"/b/{tag}")
    assert "这是有效的工作证" in page.text
    assert "姜龙" in page.text
    assert "noindex" in page.headers["x-robots-tag"]
    assert "no-store" in page.headers["cache-control"]
    assert verdict(tag, NOW + timedelta(days=366)) == "over"


@pytest.mark.parametrize("how", ["withdrawn", "post ended", "switched off", "issued again"])
def test_a_badge_that_is_over_names_nobody(cast, client, how):
    tag, badge = badge_of(cast)
    if how == "withdrawn":
        acting(cast, withdraw, badge)
        acting(cast, withdraw, badge)
    elif how == "issued again":
        assert verdict(badge_of(cast)[0]) == "genuine"
    else:
        with transaction() as session:
            if how == "switched off":
                session.get_one(Person, cast.people["member_a"]).switched_off_at = NOW
            else:
                post = select(Post).where(Post.person_id == cast.people["member_a"])
                session.exec(post).one().ends_on = TODAY - timedelta(days=1)
    page = client.get(f"/b/{tag}").text
    assert "已经失效" in page
    assert "姜龙" not in page


@pytest.mark.parametrize("tag", ["2222222222", "x", "%3Cscript%3E", "9" * 300])
def test_a_made_up_badge_is_told_from_ours(cast, client, tag):
    page = client.get(f"/b/{tag}").text
    assert "没有发过这张工作证" in page
    assert "<script" not in page


@pytest.mark.parametrize("who", ["head_a", "member_a", "other_secretary"])
def test_only_who_decides_there_issues_and_withdraws(cast, who):
    _, badge = badge_of(cast)
    with refused("access.outside_grid"):
        acting(cast, issue, A, holder_of(cast), who=who)
    with refused("access.outside_grid"):
        acting(cast, withdraw, badge, who=who)
    with refused("posting.unknown_badge"):
        acting(cast, withdraw, 9999, who=who)
    with refused("posting.no_post"):
        acting(cast, issue, A, holder_of(cast, "member_b"))


def test_badges_are_printed_with_number_name_and_days(cast, make_client):
    with make_client(cast.tokens["head_a"]) as desk:
        assert desk.get(f"/posting/badge/{A}").status_code == 409
        badge_of(cast)
        answer = desk.get(f"/posting/badge/{A}?languages=zh%2Bko")
        assert desk.get(f"/posting/badge/{B}").status_code == 403
        assert desk.get(f"/posting/badge/{A}?languages=xx").status_code == 404
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    words = page.extract_text()
    for said in ("姜龙", "2026-000", "2027-11-23", "격자원", "无照片"):
        assert said in words


def test_the_page_shows_a_grid_head_what_hangs_but_decides_nothing(cast):
    own = view(cast, "head_a", "")
    assert (own.code, own.may_approve, own.unposted, own.holders) == (A, False, [], [])
    assert own.buildings == ["1栋"]
    assert [one.name for one in own.places] == ["A记旅馆"]
    assert view(cast, "secretary", "").code == COMMUNITY
    with refused("access.outside_grid"):
        view(cast, "head_a", B)
    for who in ("member_a", "leader_a", "department"):
        with refused("access.not_allowed"):
            view(cast, who, "")
