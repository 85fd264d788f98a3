"""The work record as a page to print: Jinja2 escapes everything that people wrote."""

from firegrid_app import routes
from firegrid_app.texts import HTML_LANG, say
from firegrid_app.texts.paper import templates
from firegrid_app.training.coming import name_of
from firegrid_app.worklog.cards import LogCard, StreetLog


def log_page(card: LogCard | StreetLog, language: str) -> str:
    """One month: a row a day, of a street a row a community."""
    of_street = isinstance(card, StreetLog)
    return (
        templates(__file__)
        .get_template("street.html" if of_street else "month.html")
        .render(
            t=lambda key, **values: say(f"worklog.{key}", language, **values),
            weekday=lambda number: say(f"notices.rota_weekday.{number}", language),
            duty=lambda kind: say(f"duties.kind.{kind}", language),
            held=lambda one: name_of(one, language),
            at=lambda month, code=card.code: routes.work_log(code, month),
            lang=HTML_LANG[language],
            card=card,
        )
    )
