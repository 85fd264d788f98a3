"""Questions, answers to them, dates, and when a door is done."""

from datetime import date, timedelta

import pytest

from firegrid_app.campaigns.asking import kept_questions, read_questions, three_clear
from firegrid_app.campaigns.rules import (
    DONE,
    MOST_QUESTIONS,
    Choice,
    DoorState,
    Question,
    answers_wrong,
    dates_wrong,
    is_asked,
    questions_wrong,
    state_of,
)
from firegrid_app.hazards.rules.kinds import CATEGORIES

TODAY = date(2026, 11, 23)


def choice(code):
    return Choice(code, {"zh_CN": code})


GAS = Question("gas", "single", {"zh_CN": "气"}, (choice("fine"), choice("fault")), True)
WHICH = Question(
    "which",
    "multiple",
    {"zh_CN": "哪里"},
    (choice("hose"), choice("valve")),
    False,
    ("gas", "fault"),
)
MANY = Question("many", "number", {"zh_CN": "份"})
WORDS = Question("words", "text", {"zh_CN": "话"})
ASKED = (GAS, WHICH, MANY, WORDS)


def test_what_ships_is_three_clears_and_three_shut_offs_with_hazards_that_exist():
    shipped = three_clear()
    assert [one.code for one in shipped] == [
        "corridor", "balcony", "kitchen", "power", "fire", "gas", "leaflets",
    ]  # fmt: skip
    assert questions_wrong(shipped) is None
    known = {category.code for category in CATEGORIES}
    opened = {one.hazard for q in shipped for one in q.choices if one.hazard}
    assert opened <= known
    assert len(opened) == 4
    assert all({"zh_CN", "en"} <= set(one.words) for one in shipped)
    assert read_questions(kept_questions(shipped)) == shipped


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"gas": "fine"},
        {"gas": "fault", "which": ["hose", "valve"]},
        {"many": 0, "words": "好"},
        {"many": 2.5},
    ],
)
def test_answers_that_were_asked_for_are_taken(answers):
    assert answers_wrong(ASKED, answers, "met") is None


@pytest.mark.parametrize(
    "answers",
    [
        {"other": "x"},
        {"gas": "perhaps"},
        {"gas": ["fine"]},
        {"gas": 1},
        {"which": ["hose"]},
        {"gas": "fine", "which": ["hose"]},
        {"gas": "fault", "which": []},
        {"gas": "fault", "which": ["hose", "hose"]},
        {"gas": "fault", "which": "hose"},
        {"many": -1},
        {"many": 100_001},
        {"many": True},
        {"many": "3"},
        {"words": "  "},
        {"words": "x" * 501},
    ],
)
def test_an_answer_outside_the_questions_is_told_by_its_question(answers):
    assert answers_wrong(ASKED, answers, "met").code == "campaigns.answer_outside"


def test_nobody_met_has_answered_nothing():
    assert answers_wrong(ASKED, {"gas": "fine"}, "no_answer").code == "campaigns.nobody_met"
    assert answers_wrong(ASKED, {}, "no_answer") is None


def test_a_question_hangs_on_one_before_it():
    assert is_asked(WHICH, {"gas": "fault"})
    assert not is_asked(WHICH, {})
    assert questions_wrong(ASKED) is None
    wrong = questions_wrong((WHICH, GAS))
    assert (wrong.code, wrong.gaps) == ("campaigns.bad_show_if", {"question": WHICH.words})
    assert questions_wrong((GAS, Question("x", "text", {"zh_CN": "x"}, show_if=("gas", "no")))).code
    assert questions_wrong((Question("x", "single", {"zh_CN": "x"}, (choice("a"),)),)).code == (
        "campaigns.bad_choices"
    )
    assert questions_wrong((Question("x", "picture", {"zh_CN": "x"}),)).code == "campaigns.bad_kind"
    assert questions_wrong((Question("x", "text", {"zh_CN": " "}),)).code == "campaigns.bad_words"
    many = tuple(Question(f"q{n}", "text", {"zh_CN": "x"}) for n in range(MOST_QUESTIONS + 1))
    assert questions_wrong(many).code == "campaigns.too_many_questions"


def test_a_campaign_does_not_end_before_it_starts():
    day = timedelta(days=1)
    assert dates_wrong(TODAY, TODAY, TODAY) is None
    assert dates_wrong(TODAY, TODAY - day, TODAY).code == "campaigns.ends_before_start"
    assert dates_wrong(TODAY - 9 * day, TODAY - day, TODAY).code == "campaigns.over_already"
    assert dates_wrong(TODAY, TODAY + 367 * day, TODAY).code == "campaigns.too_long"


def test_a_door_once_done_stays_done():
    assert state_of([], DONE) is DoorState.NEVER
    assert state_of(["no_answer", "let"], DONE) is DoorState.BACK
    assert state_of(["met", "no_answer"], DONE) is DoorState.DONE
