"""What a page may load and run: Content-Security-Policy texts, with the hashes of its own scripts.

Reflex's pages carry inline scripts (the theme before the first paint, React Router's own loader)
whose text is fixed when they are built: every page names the hashes of its own and forbids others.
"""

import base64
import hashlib
from html.parser import HTMLParser

DATA_ONLY = "default-src 'none'; frame-ancestors 'self'"
"""For answers that are no page: JSON, photos, files."""

PICTURES = "img-src 'self' data: blob:"


class _InlineScripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def script_hashes(html: str) -> list[str]:
    """CSP sources of every inline script of a page, in order, each once."""
    parser = _InlineScripts()
    # A browser reads line ends as \n before it hashes.
    parser.feed(html.replace("\r\n", "\n"))
    parser.close()
    digests = (hashlib.sha256(text.encode()).digest() for text in parser.texts)
    return list(
        dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    )


def page_policy(hashes: list[str]) -> str:
    """The policy of a page with these inline scripts; what it may connect to is added by request.

    Styles are inline in prerendered pages and in React's style attributes: they may be.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            PICTURES,
            "media-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def policy_of(html: str) -> str:
    """The policy for this very page."""
    return page_policy(script_hashes(html))
