"""The child process of the press: files on stdin, a PDF on stdout. It imports nothing of ours.

A process of its own because a page must not hold up the server: it has a deadline, its memory has
a ceiling and is given back, and nothing of the server is in its environment.
"""

import base64
import json
import sys

MOST_MEMORY = 1536 * 1024 * 1024
"""Address space in bytes; a board with photos takes about a quarter of it."""


def main() -> int:
    """Set what stdin asks for; 1 and the reason on stderr when it cannot be set."""
    _hold_memory()
    import typst

    asked = json.load(sys.stdin)
    files = {name: base64.b64decode(held) for name, held in asked["files"].items()}
    try:
        pdf = typst.compile(  # type: ignore[type-var]
            files,
            font_paths=asked["fonts"],
            ignore_system_fonts=True,
            format=asked["format"],
            ppi=60,
        )
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


def _hold_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the deadline alone holds it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main())
