"""The minutes as HTML for A4: Jinja2 escapes everything that comes from rows."""

from firegrid_app.meetings.cards import MeetingCard
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import templates


def minutes_page(card: MeetingCard, language: str) -> str:
    """One meeting: who came, item by item, what was decided, the figures, room to sign."""
    return (
        templates(__file__)
        .get_template("minutes.html")
        .render(
            card=card,
            lang=HTML_LANG[language],
            t=lambda key, **values: say(f"meetings.{key}", language, **values),
            word=lambda key: say(key, language),
        )
    )
