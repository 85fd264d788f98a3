"""Find my grid, as HTML that needs no script: words, and a button that asks where one stands."""

import base64
import hashlib
from collections.abc import Sequence

from firegrid_app.refusals import Refused
from firegrid_app.residents.pages import HEADERS, NEVER_KEPT
from firegrid_app.routes import FIND_GRID, board, report_here
from firegrid_app.settings import settings
from firegrid_app.texts import HTML_LANG, refusal, say
from firegrid_app.texts.paper import FORM_POLICY, other_languages, templates
from firegrid_app.wayfinding.cards import FoundGrid
from firegrid_app.wayfinding.service import MOST

STANDING = """
const form = document.getElementById("standing");
if (navigator.geolocation && isSecureContext) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.lat.value = coords.latitude.toFixed(5);
      form.lon.value = coords.longitude.toFixed(5);
      form.accuracy.value = Math.round(coords.accuracy);
      form.submit();
    }, () => {
      button.disabled = false;
      document.getElementById("no").hidden = false;
    }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
}
"""
"""The one script there is: it asks where the phone is, when its owner presses the button."""
_ITS_HASH = base64.b64encode(hashlib.sha256(STANDING.encode()).digest()).decode()
FINDING = HEADERS | NEVER_KEPT
FINDING |= {"Content-Security-Policy": f"{FORM_POLICY}; script-src 'sha256-{_ITS_HASH}'"}
"""Of the page with that script."""


def grids_page(
    language: str,
    *,
    chosen: bool,
    words: str = "",
    found: Sequence[FoundGrid] | None = None,
    refused: Refused | None = None,
) -> str:
    """Find one's grid; `found` is None before anything was asked."""
    return (
        templates(__file__)
        .get_template("grids.html")
        .render(
            t=lambda key, **gaps: say(f"wayfinding.{key}", language, **gaps),
            lang=HTML_LANG[language],
            keep=f"?lang={language}" if chosen else "",
            others=other_languages(language),
            here=FIND_GRID,
            words=words,
            found=found,
            most=MOST,
            board=board,
            report_here=report_here,
            hotline=settings().supervision_phone,
            chosen_language=language,
            script=STANDING,
            mistake=refusal(refused.code, language, **refused.details) if refused else "",
        )
    )
