"""Questions of a campaign as the desk reads them, in the language of who reads."""

from firegrid_app.campaigns.cards import QuestionLine
from firegrid_app.campaigns.rules import Choice, Question, Questions
from firegrid_app.texts import words_in


def question_lines(questions: Questions, language: str) -> list[QuestionLine]:
    """One line a question, in their order."""
    known = {one.code: one for one in questions}
    return [
        QuestionLine(
            code=one.code,
            kind=one.kind,
            words=words_in(one.words, language),
            choices=" / ".join(
                words_in(choice.words, language) + ("（!）" if choice.hazard else "")
                for choice in one.choices
            ),
            show_if=_asked_when(one, known, language),
            required=one.required,
            paper=one.paper,
        )
        for one in questions
    ]


def conditions_of(questions: Questions, language: str) -> list[tuple[str, str]]:
    """What a further question can hang on: `question=choice`, and how it reads."""
    return [
        (f"{one.code}={choice.code}", _condition(one, choice, language))
        for one in questions
        for choice in one.choices
    ]


def _asked_when(question: Question, known: dict[str, Question], language: str) -> str:
    if question.show_if is None:
        return ""
    of = known[question.show_if[0]]
    choice = next(one for one in of.choices if one.code == question.show_if[1])
    return _condition(of, choice, language)


def _condition(of: Question, choice: Choice, language: str) -> str:
    return f"{words_in(of.words, language)} = {words_in(choice.words, language)}"
