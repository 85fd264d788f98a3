"""The documents keep up with the code: every setting, every room, every link, every picture."""

import re
from pathlib import Path

import pytest

from firegrid_app.settings import Settings

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = [*READMES, "CONTRIBUTING.md", *(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_explained_in_both_readmes(readme, field):
    assert f"FIREGRID_{field.upper()}`" in (ROOT / readme).read_text(encoding="utf-8")


def test_the_architecture_has_a_sentence_for_every_room_and_no_other():
    rooms = {path.parent.name for path in (ROOT / "firegrid_app").glob("*/__init__.py")}
    told = re.findall(r"^\| `(\w+)/` \| .+ \|$", _text("docs/architecture.md"), flags=re.MULTILINE)
    assert sorted(told) == sorted(rooms | {"pilot"})


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_into_the_project_leads_somewhere(document):
    base = (ROOT / document).parent
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", _text(document))
    assert [target for target in targets if not (base / target).exists()] == []


def _text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")
