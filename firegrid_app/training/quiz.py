"""The quiz on 一懂三会 (LY-43, YC-38): an offer to everybody, on a public page without script.

Nobody is asked who they are, and nothing of it is kept: there are no scores of people (C.12).
"""

from dataclasses import dataclass

from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import other_languages, templates


@dataclass(frozen=True)
class Question:
    """A question; its words are the texts `quiz.<code>`, `.a`, `.b`, `.c` and `.why`."""

    code: str
    part: str
    """One of the four: know the danger, call, put out, escape."""
    right: str


QUESTIONS = (
    Question("socket", "know", "b"),
    Question("ebike", "know", "c"),
    Question("call", "call", "a"),
    Question("gas", "call", "b"),
    Question("pan", "put_out", "c"),
    Question("extinguisher", "put_out", "a"),
    Question("smoke", "escape", "b"),
    Question("lift", "escape", "a"),
)
ANSWERS = ("a", "b", "c")


def quiz_page(language: str) -> str:
    """All questions; a tap on an answer unfolds whether it is right, and why."""
    return (
        templates(__file__)
        .get_template("one_know.html")
        .render(
            t=lambda key, **values: say(f"quiz.{key}", language, **values),
            lang=HTML_LANG[language],
            others=other_languages(language),
            questions=QUESTIONS,
            answers=ANSWERS,
        )
    )
