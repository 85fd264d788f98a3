"""The quiz on 一懂三会: for everybody, in every language, and it keeps nothing."""

import re

import pytest

from firegrid_app.texts import LANGUAGES, say
from firegrid_app.training.quiz import ANSWERS, QUESTIONS, quiz_page
from tests.cast import tag_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_one_right_answer_and_says_why(language):
    page = quiz_page(language)
    assert page.count("<details>") == len(QUESTIONS) * len(ANSWERS)
    assert page.count("✓") == len(QUESTIONS)
    for question in QUESTIONS:
        assert say(f"quiz.{question.code}.why", language) in page


def test_all_four_parts_are_asked():
    assert {one.part for one in QUESTIONS} == {"know", "call", "put_out", "escape"}
    assert {one.right for one in QUESTIONS} == set(ANSWERS), "the right one is not always the same"


def test_nobody_is_asked_who_they_are_and_nothing_is_sent(client, cast):
    answer = client.get("/quiz", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert not re.search(r"<(form|input|script)\b", answer.text)
    assert "form-action 'none'" in answer.headers["content-security-policy"]
    assert client.get("/quiz?lang=ko").text != answer.text
    assert client.get("/quiz?lang=xx").status_code == 200


def test_whoever_scans_a_code_on_a_wall_is_offered_it(client, cast):
    assert 'href="/quiz' in client.get(f"/p/{tag_of('a2')}").text
