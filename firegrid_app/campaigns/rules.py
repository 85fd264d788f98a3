"""Questions asked at a door (an XLSForm subset), answers to them, and what counts as done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

KINDS = ("single", "multiple", "number", "text", "photo", "sign")
PICTURED = frozenset({"photo", "sign"})
"""Answered by pictures; a signature (责任书, 告知书) is one, of the name written on the phone."""
MOST_QUESTIONS = 30
MOST_CHOICES = 12
LONGEST_WORDS = 120
LONGEST_DAYS = 366
LARGEST_NUMBER = 100_000
LONGEST_TEXT = 500
LONGEST_PAPER = 2_000
"""Signs of what a resident reads and signs."""
LONGEST_LEAFLET = 600
MOST_LEAFLET_LINES = 24
"""Its words: what can be read at a door, and set on half a sheet beside a picture."""
MOST_PHOTOS = 3
"""To one question; a knock has nine in all."""
MOST_PHOTO_QUESTIONS = 3
ANSWERED = "met"
"""Only who was met can have answered."""
DONE = ("met", "refused", "vacant")
"""What counts as done unless a campaign says otherwise."""


class DoorState(StrEnum):
    """How far a campaign is at one door. Once done it stays done, whatever comes after."""

    DONE = "done"
    BACK = "back"
    """Tried, and to be tried again."""
    NEVER = "never"


@dataclass(frozen=True)
class Choice:
    """One answer to choose; `hazard` is the category of hazard it opens, empty for none."""

    code: str
    words: dict[str, str]
    hazard: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `show_if` names a question before it and the choice that makes this one asked.

    A code stands for its words for ever: other words are another question.
    """

    code: str
    kind: str
    words: dict[str, str]
    choices: tuple[Choice, ...] = ()
    required: bool = False
    show_if: tuple[str, str] | None = None
    paper: str = ""
    """What is signed, word by word; of `sign` only. An edition never changes, so it stays so."""


Questions = tuple[Question, ...]
Answers = Mapping[str, Any]
"""By question: a choice's code, several codes, a number, words, or ids of photos."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with questions or answers: a refusal's code and what fills its gaps."""

    code: str
    gaps: dict[str, Any] = field(default_factory=dict)


def is_asked(question: Question, answers: Answers) -> bool:
    """Is this question asked, with these answers so far? (`isAsked` in `phone/doors/asking.js`)"""
    if question.show_if is None:
        return True
    of, choice = question.show_if
    given = answers.get(of)
    return given == choice or (isinstance(given, list | tuple) and choice in given)


def answers_wrong(questions: Questions, answers: Answers, outcome: str) -> Wrong | None:
    """Is an answer outside the questions: unknown, not asked, or none it can have?

    That a required question was left out is the phone's to ask about; a knock is never refused for
    it.
    """
    if answers and outcome != ANSWERED:
        return Wrong("campaigns.nobody_met")
    known = {question.code: question for question in questions}
    for code, given in answers.items():
        question = known.get(code)
        if question is None:
            return Wrong("campaigns.answer_outside", {"question": code})
        if not is_asked(question, answers) or not _fits(question, given):
            return Wrong("campaigns.answer_outside", {"question": question.words})
    return None


def _fits(question: Question, given: Any) -> bool:
    codes = {choice.code for choice in question.choices}
    if question.kind == "single":
        return isinstance(given, str) and given in codes
    if question.kind == "multiple":
        several = isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
        return several and 0 < len(given) == len(set(given)) and set(given) <= codes
    if question.kind == "number":
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        return is_number and 0 <= given <= LARGEST_NUMBER
    if question.kind in PICTURED:
        several = isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
        most = 1 if question.kind == "sign" else MOST_PHOTOS
        return several and 0 < len(given) == len(set(given)) <= most
    return isinstance(given, str) and 0 < len(given.strip()) <= LONGEST_TEXT


def questions_wrong(questions: Questions) -> Wrong | None:
    """Can these questions be asked one after the other?"""
    if len(questions) > MOST_QUESTIONS:
        return Wrong("campaigns.too_many_questions", {"most": MOST_QUESTIONS})
    if sum(question.kind in PICTURED for question in questions) > MOST_PHOTO_QUESTIONS:
        return Wrong("campaigns.too_many_photos", {"most": MOST_PHOTO_QUESTIONS})
    before: dict[str, Question] = {}
    for question in questions:
        if question.kind not in KINDS:
            return Wrong("campaigns.bad_kind")
        if not _is_said(question.words):
            return Wrong("campaigns.bad_words", {"most": LONGEST_WORDS})
        if question.kind == "sign" and not 4 <= len(question.paper) <= LONGEST_PAPER:
            return Wrong("campaigns.no_paper", {"most": LONGEST_PAPER})
        chosen = question.kind in ("single", "multiple")
        if chosen and not 2 <= len(question.choices) <= MOST_CHOICES:
            return Wrong("campaigns.bad_choices", {"most": MOST_CHOICES})
        if not all(_is_said(choice.words) for choice in question.choices):
            return Wrong("campaigns.bad_words", {"most": LONGEST_WORDS})
        if question.show_if is not None:
            of, choice = question.show_if
            codes = {one.code for one in before[of].choices} if of in before else set()
            if choice not in codes:
                return Wrong("campaigns.bad_show_if", {"question": question.words})
        before[question.code] = question
    return None


def _is_said(words: Mapping[str, str]) -> bool:
    said = words.get("zh_CN", "")
    return bool(said.strip()) and all(len(one) <= LONGEST_WORDS for one in words.values())


def dates_wrong(starts_on: date, ends_on: date, today: date) -> Wrong | None:
    """A campaign that ends before it starts, is over already, or never ends."""
    if ends_on < starts_on:
        return Wrong("campaigns.ends_before_start")
    if ends_on < today:
        return Wrong("campaigns.over_already")
    if (ends_on - starts_on).days > LONGEST_DAYS:
        return Wrong("campaigns.too_long", {"most": LONGEST_DAYS})
    return None


def state_of(outcomes: Iterable[str], done: Iterable[str]) -> DoorState:
    """How far a campaign is at a door, of how each of its knocks there ended."""
    found = set(outcomes)
    if not found:
        return DoorState.NEVER
    return DoorState.DONE if found & set(done) else DoorState.BACK


def photos_named(questions: Questions, answers: Answers) -> dict[str, str]:
    """Photos that answers name, each with the question it answers."""
    return {
        photo: question.code
        for question in questions
        if question.kind in PICTURED
        for photo in answers.get(question.code, ())
    }
