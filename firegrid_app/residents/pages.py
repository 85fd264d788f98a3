"""What residents see, as HTML that needs no script: the form, and where their report stands."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from firegrid_app.refusals import Refused
from firegrid_app.residents.cards import Draft, FollowCard, FormCard
from firegrid_app.residents.rules import (
    MOST_NAME,
    MOST_PHOTOS,
    MOST_WHERE,
    MOST_WORDS,
    OFFERED,
    in_fours,
)
from firegrid_app.routes import FOLLOW, board, follow, report_here
from firegrid_app.texts import HTML_LANG, catalogue, refusal, say
from firegrid_app.texts.paper import FORM_POLICY, other_languages, templates

HEADERS = {
    "Content-Security-Policy": FORM_POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": a browser then sends a form without its origin, and the guard refuses it.
    "Referrer-Policy": "same-origin",
}
"""Of every page here."""
NEVER_KEPT = {"Cache-Control": "private, no-store"}
"""Beside them, of what is one person's."""


def form_page(
    card: FormCard,
    language: str,
    *,
    chosen: bool,
    draft: Draft | None = None,
    refused: Refused | None = None,
) -> str:
    """The form of a grid; after a refusal with what was filled in, and what to mend."""
    return _page(
        "form.html",
        language,
        chosen,
        here=report_here(card.code),
        card=card,
        board=board(card.code),
        find=FOLLOW,
        offered=OFFERED,
        draft=draft or Draft(),
        mistake=refusal(refused.code, language, **refused.details) if refused else "",
        most={"where": MOST_WHERE, "words": MOST_WORDS, "name": MOST_NAME, "photos": MOST_PHOTOS},
    )


def follow_page(
    card: FollowCard,
    code: str,
    language: str,
    *,
    chosen: bool,
    address: str,
    new: bool = False,
    refused: Refused | None = None,
) -> str:
    """Where a report stands; `new`: it was sent just now, and here is what opens it again."""
    asked = {"where": card.where_words} | ({"lang": language} if chosen else {})
    return _page(
        "follow.html",
        language,
        chosen,
        here=follow(card.number, code),
        card=card,
        number=in_fours(card.number),
        code=in_fours(code),
        address=address,
        again=f"{card.report_again}?{urlencode(asked)}",
        new=new,
        mistake=refusal(refused.code, language, **refused.details) if refused else "",
    )


def find_page(
    language: str,
    *,
    chosen: bool,
    typed: tuple[str, str] = ("", ""),
    refused: Refused | None = None,
) -> str:
    """Number and secret, to be typed in; after a refusal as they were `typed`."""
    return _page(
        "find.html",
        language,
        chosen,
        here=FOLLOW,
        typed=typed,
        mistake=refusal(refused.code, language, **refused.details) if refused else "",
    )


def kind_of(language: str, category: str) -> str:
    """A kind of hazard in a resident's words; where there are none, in the trade's."""
    found = catalogue(language).get(f"residents.kind.{category}")
    return found or say(f"hazards.category.{category}", language)


def _page(template: str, language: str, chosen: bool, **values: Any) -> str:
    return (
        templates(__file__)
        .get_template(template)
        .render(
            t=lambda key, **gaps: say(f"residents.{key}", language, **gaps),
            kind_of=partial(kind_of, language),
            lang=HTML_LANG[language],
            keep=f"?lang={language}" if chosen else "",
            others=other_languages(language),
            **values,
        )
    )
