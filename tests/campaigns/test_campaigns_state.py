"""The page of campaigns by its handlers: made, asked, looked at, ended; any argument."""

import pytest
from sqlmodel import select

from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.database import reading
from tests.cast import A
from tests.desk.test_desk_state import NONSENSE
from tests.tabs import click, goes_to, tab

FORM = {
    "name": "冬季敲门", "purpose": "三清三关", "starts_on": "2026-11-23", "ends_on": "2026-12-31",
    "done met": "on", "done vacant": "on", f"part {A}": "on",
}  # fmt: skip


def opened(cast, who="secretary", language="zh_CN"):
    page = tab(CampaignsState, cast.tokens.get(who), language)
    click(page.load())
    return page


def test_a_campaign_is_made_asked_looked_at_and_ended(cast):
    page = opened(cast)
    page.ask("campaign")
    click(page.make(FORM | {"ends_on": "2026-11-22"}))
    assert (page.form_said.code, page.form) == ("campaigns.ends_before_start", "campaign")
    click(page.make(FORM | {"ends_on": "x"}))
    assert page.form_said.code == "access.bad_date"
    click(page.make({**FORM, "done met": "", "done vacant": ""}))
    assert page.form_said.code == "campaigns.nothing_is_done"
    click(page.make(FORM))
    assert (page.form, page.card.name, page.card.total.doors) == ("", "冬季敲门", 6)
    assert page.card.done_outcomes == ["met", "vacant"]
    page.ask("question")
    click(page.add_question({"kind": "single", "words": "烟感", "choices": "有\n没有"}))
    assert (page.card.edition, page.card.questions[-1].words) == (2, "烟感")
    click(page.move_question(page.card.questions[-1].code))
    click(page.drop_question("gas"))
    assert (page.card.edition, len(page.card.questions)) == (4, 7)
    click(page.look_at(f"{A}|1栋"))
    assert len(page.card.picture) == 3
    click(page.look_at(f"{A}|1栋"))
    assert page.card.picture == []
    page.ask("dates")
    click(page.change_dates({"starts_on": "2026-11-23", "ends_on": "2026-11-20"}))
    assert (page.form_said.code, page.form) == ("campaigns.ends_before_start", "dates")
    click(page.change_dates({"starts_on": "2026-11-23", "ends_on": "2027-01-31"}))
    assert (page.form, page.card.ends_on, page.view.campaigns[0].ends_on) == (
        "", "2027-01-31", "2027-01-31",
    )  # fmt: skip
    click(page.end())
    assert ([one.standing for one in page.view.campaigns], page.card.may_change) == (
        ["ended"], False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "condition"),
    [
        ("zh_CN", "关气源：离家关气，软管阀门完好 = 有隐患"),
        ("en", "Gas off when leaving, hose and valve sound = Fault"),
        ("ko", "가스 끄기: 나갈 때 가스를 잠그고 호스와 밸브가 온전하다 = 우환 있음"),
    ],
)
def test_questions_are_read_and_refused_in_the_readers_language(cast, language, condition):
    page = opened(cast, language=language)
    click(page.make(FORM))
    words, _, choice = condition.partition(" = ")
    (line,) = [line for line in page.card.questions if line.words == words]
    assert choice in line.choices
    assert ("gas=fault", condition) in page.card.conditions
    click(page.add_question({"kind": "text", "words": "哪里", "show_if": "gas=fault"}))
    assert page.card.questions[-1].show_if == condition
    click(page.drop_question("gas"))
    assert page.form_said.code == "campaigns.bad_show_if"
    assert page.form_said.gaps["question"] == "哪里", "somebody's own words are in one language"
    click(page.add_question({"kind": "text", "words": "何时", "show_if": "gas=never"}))
    assert page.form_said.gaps["question"] == "何时"


def test_who_may_not_is_sent_home(cast):
    assert goes_to(click(tab(CampaignsState, cast.tokens["member_a"]).load())) == ["/"]
    assert goes_to(click(tab(CampaignsState).load())) == ["/login"]


def test_any_argument_is_borne(cast):
    page = opened(cast)
    click(page.make(FORM))
    for argument in NONSENSE:
        for name in ("pick", "open", "look_at", "make", "add_question", "drop_question"):
            click(getattr(page, name)(argument))
        page.ask(argument)
        assert page.phase == "ready"
    with reading() as session:
        assert len(session.exec(select(Campaign)).all()) == 1
