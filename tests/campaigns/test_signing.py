"""A paper signed at the door: fixed words, one picture, gone with the household."""

import pytest
from sqlmodel import select

from firegrid_app.campaigns import managing, service
from firegrid_app.campaigns.asking import questions_of
from firegrid_app.campaigns.listing import list_of
from firegrid_app.campaigns.rules import LONGEST_PAPER
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.households.one_door import erase
from firegrid_app.photos.tables import Photo
from firegrid_app.refusals import Refused
from firegrid_app.visits.tables import Visit
from tests.campaigns.test_campaigns import FINE, body, carried, make
from tests.cast import A
from tests.factories import NOW, announced, item, send
from tests.photos.pictures import clean_jpeg
from tests.tabs import click, tab

PAPER = "本户承诺：\n不堆放可燃杂物。"


def ask(session, cast, campaign, who="secretary", **changes):
    values = {
        "kind": "sign", "words": "消防安全责任书", "choices": "", "show_if": "",
        "required": False, "paper": PAPER, "now": NOW,
    }  # fmt: skip
    return managing.add_question(session, cast.actor(who), campaign.id, **values | changes)


@pytest.fixture
def signing(session, cast):
    """A campaign with a paper to sign at the end; the campaign and the question's code."""
    campaign = make(session, cast)
    ask(session, cast, campaign)
    session.commit()
    return campaign, questions_of(session, campaign.id, campaign.edition)[-1].code


def knock(cast, signing, photos, named=None):
    campaign, code = signing
    ids = [one["id"] for one in photos] if named is None else named
    given = body(cast, campaign, "a1", answers=FINE | {code: ids}, photos=photos)
    return item(cast, "member_a", "visit.log", given, version=3)


def test_the_paper_is_on_phones_word_by_word(session, cast, signing):
    (campaign,) = carried(session, cast)
    assert campaign.questions[-1] | {"code": ""} == {
        "code": "", "kind": "sign", "words": {"zh_CN": "消防安全责任书"}, "choices": [],
        "required": False, "show_if": None, "paper": PAPER,
    }  # fmt: skip
    assert "paper" not in campaign.questions[0]


def test_a_signature_is_kept_counted_and_seen_by_who_may(door, cast, session, signing):
    data = clean_jpeg()
    photo = announced(data)
    (answer,) = send(door("member_a"), knock(cast, signing, [photo]))
    assert answer["status"] == "created"
    put = door("member_a").put(f"/api/photos/{photo['id']}", content=data)
    assert put.json()["status"] == "created"
    session.rollback()
    actor = cast.actor("secretary")
    card = service.campaign_card(session, actor, signing[0].id, NOW, picture_of=f"{A}|1栋")
    assert [one.photos for one in card.photos] == [[photo["id"]]]
    assert card.questions[-1].paper == PAPER
    rows = list_of(session, actor, signing[0].id, "answers", "zh_CN")[2]
    assert ["消防安全责任书", "已签", 1] in rows
    assert door("member_b").get(f"/api/photos/{photo['id']}/screen").status_code == 403
    erase(session, actor, cast.doors["a1"], NOW)
    session.commit()
    assert session.exec(select(Photo)).all() == []
    (visit,) = session.exec(select(Visit)).all()
    assert signing[1] not in visit.answers


def test_two_signatures_words_and_a_picture_nobody_took_are_refused(door, cast, session, signing):
    photos = [announced(clean_jpeg()), announced(clean_jpeg((64, 48)))]
    for given in (
        knock(cast, signing, photos),
        knock(cast, signing, [], "张三"),
        knock(cast, signing, [], [photos[0]["id"]]),
    ):
        (answer,) = send(door("member_a"), given)
        assert answer["code"] == "campaigns.answer_outside"
    assert session.exec(select(Visit)).all() == []


@pytest.mark.parametrize("paper", ["", " \n ", "三个字", "字" * (LONGEST_PAPER + 1)])
def test_a_paper_without_words_or_with_too_many_is_refused(session, cast, paper):
    campaign = make(session, cast)
    with pytest.raises(Refused, match=r"^campaigns\.no_paper$"):
        ask(session, cast, campaign, paper=paper)
    assert campaign.edition == 1


def test_the_neighbouring_secretary_asks_for_no_signature(session, cast, signing):
    with pytest.raises(Refused, match=r"^access\.outside_grid$"):
        ask(session, cast, signing[0], "other_secretary")


def test_by_the_handlers_of_the_page(cast, session, signing):
    page = tab(CampaignsState, cast.tokens["secretary"])
    click(page.load())
    click(page.open(signing[0].id))
    form = {"kind": "sign", "words": "告知书", "choices": "", "show_if": "", "paper": ""}
    click(page.add_question(form))
    assert page.form_said.code == "campaigns.no_paper"
    click(page.add_question(form | {"paper": PAPER}))
    assert (page.form_said.code, page.card.questions[-1].paper) == ("", PAPER)
    # What stands in the form for signatures is no part of another question.
    click(page.add_question(form | {"kind": "text", "paper": PAPER}))
    assert page.card.questions[-1].paper == ""
