"""Some documents name a test for every promise they make; each of them is there."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DOCS, APP = TESTS.parent / "docs", TESTS.parent / "firegrid_app"


def promises(document: str) -> list[tuple[str, str]]:
    """What is promised and the test named for it: first and last cell of each row."""
    lines = (DOCS / document).read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [(row[0], row[-1]) for row in rows if row[-1] != "test" and set(row[0]) != {"-"}]


@pytest.mark.parametrize(
    ("document", "at_least"),
    [
        ("backup.md", 7),
        ("doors-and-shouts.md", 50),
        ("field-work.md", 40),
        ("hazards.md", 90),
        ("map-and-boards.md", 80),
        ("offline.md", 40),
    ],
)
def test_every_promise_names_a_test_there_is(document, at_least):
    promised = promises(document)
    assert len(promised) > at_least
    for promise, named in promised:
        if named == "the same":
            continue
        file, _, test = named.strip("`").partition("::")
        source = ((APP if file.startswith("phone/") else TESTS) / file).read_text("utf-8")
        wanted = f'("{test}"' if file.endswith(".js") else f"def {test or 'test_'}"
        assert wanted in source, promise
