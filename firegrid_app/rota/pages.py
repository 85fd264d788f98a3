"""The sheet for the wall as HTML: Jinja2 escapes everything that comes from rows."""

from firegrid_app.rota.cards import SheetCard
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import templates


def sheet_page(card: SheetCard, language: str) -> str:
    """One month on one page of A4."""
    return (
        templates(__file__)
        .get_template("sheet.html")
        .render(
            t=lambda key, **values: say(f"notices.{key}", language, **values),
            lang=HTML_LANG[language],
            card=card,
        )
    )
