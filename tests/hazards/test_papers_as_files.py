"""The notice and the letter as PDF and Word: the same words as the page, photos and code inside."""

import io
import re
import zipfile
from uuid import UUID

import pypdf
import pytest
from docx import Document

from firegrid_app.database import transaction
from firegrid_app.hazards.papers import transfer
from firegrid_app.hazards.tables import Hazard
from tests.factories import NOW, announced, hazard_body, item, report, send
from tests.photos.pictures import clean_jpeg

HOSTILE = '<script>alert(1)</script> #read("/etc/passwd") {{ 7*7 }} $x$ \x07😀 & <w:p>'
SEEN = '<script>alert(1)</script> #read("/etc/passwd") {{ 7*7 }} $x$ 😀 & <w:p>'


@pytest.fixture
def hazard(cast) -> str:
    with transaction() as session:
        made = report(session, cast.actor("leader_a"), words=HOSTILE)
        transfer(session, cast.actor("head_a"), made.id, "消防救援大队", "多次劝导无效", NOW)
        return str(made.id)


def fetched(door, hazard, form, kind="notice", who="head_a", **headers):
    return door(who).get(f"/hazards/{hazard}/paper?kind={kind}&form={form}", headers=headers)


def words_in_pdf(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return "".join(page.extract_text() for page in reader.pages), reader


def words_in_word(answer):
    assert answer.status_code == 200, answer.text
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells), document


def plain(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "notice",
            (
                "整改告知书",
                "2026-11-30",
                "占用、堵塞",
                "《中华人民共和国消防法》第28条、第60条",
                "小桥子社区第1网格",
            ),
        ),
        ("transfer", ("移送函", "消防救援大队：", "多次劝导无效")),
    ],
)
def test_both_say_what_the_page_says_and_nobodys_name(door, hazard, kind, words):
    for said in (
        words_in_pdf(fetched(door, hazard, "pdf", kind))[0],
        words_in_word(fetched(door, hazard, "word", kind))[0],
    ):
        for one in words:
            assert one in plain(said)
        assert "罗强" not in said


def test_words_that_would_like_to_be_code_come_out_as_words(door, hazard):
    word, document = words_in_word(fetched(door, hazard, "word"))
    assert SEEN in word
    assert "script" not in {one.tag.rpartition("}")[2] for one in document.element.iter()}
    pdf = plain(words_in_pdf(fetched(door, hazard, "pdf"))[0])
    assert plain(SEEN.split("😀")[0]) in pdf


def test_a_very_long_story_goes_over_pages(cast, door):
    with transaction() as session:
        made = report(session, cast.actor("member_a"), words="纸" * 1000, where_words="长" * 120)
        hazard = str(made.id)
    said, _ = words_in_pdf(fetched(door, hazard, "pdf"))
    assert plain(said).count("纸") == 1000
    assert "纸" * 1000 in words_in_word(fetched(door, hazard, "word"))[0]


def test_photos_and_the_code_lie_inside(cast, door):
    data = clean_jpeg()
    photo = announced(data)
    sent = item(cast, "member_a", "hazard.report", hazard_body(photos=[photo]))
    send(door("member_a"), sent)
    put = door("member_a").put(
        f"/api/photos/{photo['id']}", content=data, headers={"content-type": "image/jpeg"}
    )
    assert put.status_code < 300, put.text
    _, reader = words_in_pdf(fetched(door, sent["id"], "pdf"))
    assert sum(len(page.images) for page in reader.pages) == 1
    answer = fetched(door, sent["id"], "word")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert sorted(one.rpartition(".")[2] for one in names if "media/" in one) == ["jpg", "png"]


def test_in_english_too(door, hazard):
    said, _ = words_in_word(fetched(door, hazard, "word", **{"accept-language": "en"}))
    assert "Hallway" in said or "escape" in said.casefold()


@pytest.mark.parametrize("form", ["pdf", "word"])
@pytest.mark.parametrize("who", ["member_a", "member_b", "other_officer", "department", "leader_a"])
def test_who_does_not_lead_there_gets_no_file(door, hazard, form, who):
    assert fetched(door, hazard, form, who=who).status_code == 403


def test_another_form_and_a_letter_that_is_none(cast, door, hazard):
    assert fetched(door, hazard, "exe").status_code == 404
    with transaction() as session:
        session.get(Hazard, UUID(hazard)).transferred_to = ""
    assert fetched(door, hazard, "pdf", "transfer").status_code == 409
