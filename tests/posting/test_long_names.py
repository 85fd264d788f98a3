"""Names as long as they can be kept stand whole on every paper; longer ones are refused."""

import io
from datetime import date

import pypdf
import pytest
from sqlmodel import select

from firegrid_app.access.tables import Person
from firegrid_app.boards.tables import PublicContact
from firegrid_app.database import transaction
from firegrid_app.equipment.keeping import add_equipment
from firegrid_app.grids.tables import Grid
from firegrid_app.places.filing import describe_place
from firegrid_app.places.tables import Place
from firegrid_app.posting.badges import issue
from firegrid_app.refusals import Refused
from firegrid_app.texts import LANGUAGES, refusal
from tests.cast import COMMUNITY, A
from tests.factories import NOW

HAN = "阿卜杜热西提买买提艾山江吾斯曼库尔班尼亚孜图尔荪帕提古丽热依汗阿依努尔木合塔尔"
LONGEST = {"person": 40, "grid": 60, "place": 80}


def long_name(kind, script):
    most = LONGEST[kind]
    if script == "han":
        return (HAN * 3)[:most]
    if script == "latin":
        return ("Abdurahman Imammeteli " * 5)[: most - 1] + "x"
    return ("M1" * most)[:most]


@pytest.fixture(params=["han", "latin", "unbroken"])
def names(request, cast):
    """Everybody and everything in a is called as long as the register allows."""
    made = {kind: long_name(kind, request.param) for kind in LONGEST}
    with transaction() as session:
        session.get_one(Grid, cast.grids["a"]).name = made["grid"]
        place = session.get_one(Place, cast.places["a"])
        place.name, place.responsible_person = made["place"], made["person"]
        session.get_one(Person, cast.people["head_a"]).name = made["person"]
        head = session.exec(select(PublicContact).where(PublicContact.display_name == "龚丽")).one()
        head.display_name = made["person"]
        issue(session, cast.actor("secretary"), A, f"{head.person_id}:grid_head", NOW)
    return made


def words_of(answer):
    assert answer.status_code == 200, answer.text
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in document.pages)
    return "".join(text.replace("\u200b", "").replace("\x00", "").split())


@pytest.mark.parametrize(
    ("paper", "named"),
    [
        ("board/{A}", ("grid", "person")),
        ("notice/{A}?of=1栋", ("grid", "person")),
        ("cards/{A}", ("grid", "person")),
        ("badge/{A}", ("grid", "person")),
        ("sign/{A}?of={place}", ("place", "person")),
        ("pack/{COMMUNITY}", ("grid",)),
    ],
)
def test_the_longest_names_stand_whole_on_every_paper(cast, names, make_client, paper, named):
    path = paper.format(A=A, COMMUNITY=COMMUNITY, place=cast.places["a"])
    with make_client(cast.tokens["secretary"]) as client:
        words = words_of(client.get(f"/posting/{path}"))
    for kind in named:
        assert "".join(names[kind].split()) in words, kind
    assert "…" not in words


def test_the_public_page_holds_them_too(cast, names, client):
    page = client.get(f"/g/{A}").text
    assert names["grid"] in page
    assert names["person"] in page


@pytest.mark.parametrize("field", ["responsible_person", "manager", "address", "facilities"])
def test_200_letters_are_refused_and_nothing_of_them_is_kept(cast, field):
    words = {"responsible_person": "石珍强", "facilities": "灭火器"} | {field: "网" * 400}
    with pytest.raises(Refused, match=r"places\.too_long") as found, transaction() as session:
        describe_place(
            session, cast.actor("head_a"), cast.places["a"],
            words=words, standing="", standing_reason="", now=NOW,
        )  # fmt: skip
    for language in LANGUAGES:
        said = refusal("places.too_long", language, **found.value.details)
        assert "400" in said
        assert str(found.value.details["most"]) in said
    with transaction() as session:
        assert session.get_one(Place, cast.places["a"]).responsible_person == "石珍强"
        assert session.get_one(Place, cast.places["a"]).facilities == ""


@pytest.mark.parametrize("field", ["name", "where", "keeper"])
def test_equipment_with_200_letters_is_refused(cast, field):
    given = {
        "grid_code": A, "kind": "hydrant", "name": "消火栓", "spot": "", "where": "东门",
        "amount": "1", "keeper": "石珍强", "keeper_phone": "", "tested_on": date(2026, 11, 1),
        "months": "",
    } | {field: "M" * 200}  # fmt: skip
    with pytest.raises(Refused, match=r"places\.too_long"), transaction() as session:
        add_equipment(session, cast.actor("head_a"), now=NOW, **given)
