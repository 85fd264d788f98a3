"""The exposure board as HTML that needs no script."""

from firegrid_app.exposure.cards import ExposedBoard
from firegrid_app.routes import exposed
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import other_languages, templates


def board_page(card: ExposedBoard, language: str, *, chosen: bool) -> str:
    """The page of a street or county; `chosen`: links keep the language."""
    return (
        templates(__file__)
        .get_template("board.html")
        .render(
            t=lambda key, **gaps: say(f"exposed.{key}", language, **gaps),
            kind_of=lambda code: say(f"hazards.category.{code}", language),
            card=card,
            here=exposed(card.code),
            lang=HTML_LANG[language],
            keep=f"?lang={language}" if chosen else "",
            others=other_languages(language),
        )
    )
